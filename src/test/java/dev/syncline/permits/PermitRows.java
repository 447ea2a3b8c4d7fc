package dev.syncline.permits;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.syncline.source.SourceRow;

/** Rows of a feed as a test needs them. */
final class PermitRows {
    private final Map<String, @Nullable Object> cells;

    private PermitRows(Map<String, @Nullable Object> cells) {
        this.cells = cells;
    }

    /** A row with nothing but its key. */
    static PermitRows aRow() {
        return new PermitRows(new LinkedHashMap<>()).with("PERMIT_NUM", "21 178362 BLD");
    }

    /** A row with a value in each of the 32 columns of the live feed, in its order and with its types. */
    static PermitRows aFullRow() {
        return new PermitRows(new LinkedHashMap<>())
                .with("_id", 152892L)
                .with("PERMIT_NUM", "21 178362 BLD")
                .with("REVISION_NUM", "00")
                .with("PERMIT_TYPE", "Small Residential Projects")
                .with("STRUCTURE_TYPE", "Laneway / Rear Yard Suite")
                .with("WORK", "New Laneway / Rear Yard Suite")
                .with("STREET_NUM", "14")
                .with("STREET_NAME", "GRANDVIEW")
                .with("STREET_TYPE", "AVE")
                .with("STREET_DIRECTION", "E")
                .with("POSTAL", "M4K")
                .with("GEO_ID", "815154")
                .with("WARD_GRID", "S1428")
                .with("APPLICATION_DATE", "2018-10-03")
                .with("ISSUED_DATE", "2019-12-23")
                .with("COMPLETED_DATE", "2021-02-28")
                .with("STATUS", "Inspection")
                .with("DESCRIPTION", "Proposed new laneway suite.")
                .with("CURRENT_USE", "Sfd")
                .with("PROPOSED_USE", "2 Unit Lane Suite")
                .with("DWELLING_UNITS_CREATED", "1")
                .with("DWELLING_UNITS_LOST", "2")
                .with("EST_CONST_COST", "90,000.00")
                .with("ASSEMBLY", new BigDecimal("1.5"))
                .with("INSTITUTIONAL", new BigDecimal("2.5"))
                .with("RESIDENTIAL", 39L)
                .with("BUSINESS_AND_PERSONAL_SERVICES", new BigDecimal("3.5"))
                .with("MERCANTILE", new BigDecimal("4.5"))
                .with("INDUSTRIAL", new BigDecimal("5.5"))
                .with("INTERIOR_ALTERATIONS", new BigDecimal("6.5"))
                .with("DEMOLITION", new BigDecimal("7.5"))
                .with("BUILDER_NAME", "BUILDER 17");
    }

    static SourceRow rowOf(Map<String, @Nullable Object> cells) {
        return new SourceRow(0, "/0", cells, new byte[0]);
    }

    PermitRows with(String column, @Nullable Object cell) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(cells);
        more.put(column, cell);
        return new PermitRows(more);
    }

    PermitRows without(String column) {
        Map<String, @Nullable Object> fewer = new LinkedHashMap<>(cells);
        fewer.remove(column);
        return new PermitRows(fewer);
    }

    Map<String, @Nullable Object> cells() {
        return new LinkedHashMap<>(cells);
    }

    SourceRow row() {
        return rowOf(cells);
    }
}

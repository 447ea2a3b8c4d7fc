package dev.syncline.permits;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.ingest.MappedRow;
import dev.syncline.ingest.RowRejected;
import dev.syncline.platform.ErrorCode;

import static dev.syncline.permits.PermitRows.aFullRow;
import static dev.syncline.permits.PermitRows.aRow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PermitMapperTest {
    private static final List<String> SPEC_ONLY = List.of(
            "CITY", "BUILDING_TYPE", "CATEGORY", "OWNER", "WARD", "COUNCIL_DISTRICT", "HOUSING_UNITS", "STOREYS");

    private final PermitMapper mapper = new PermitMapper();

    @Test
    @DisplayName("S1-22: all 32 columns of the live feed map")
    void mapsEveryColumnOfTheLiveFeed() {
        // When
        MappedRow permit = mapper.map(aFullRow().row());

        // Then
        assertThat(permit.key()).isEqualTo("21 178362 BLD--00");
        assertThat(permit.fields())
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("permit_num", "21 178362 BLD"),
                        Map.entry("revision_num", "00"),
                        Map.entry("permit_type", "Small Residential Projects"),
                        Map.entry("structure_type", "Laneway / Rear Yard Suite"),
                        Map.entry("work", "New Laneway / Rear Yard Suite"),
                        Map.entry("street_num", "14"),
                        Map.entry("street_name", "GRANDVIEW"),
                        Map.entry("street_type", "AVE"),
                        Map.entry("street_direction", "E"),
                        Map.entry("city", "TORONTO"),
                        Map.entry("postal", "M4K"),
                        Map.entry("geo_id", "815154"),
                        Map.entry("ward", "14"),
                        Map.entry("ward_grid", "S1428"),
                        Map.entry("application_date", LocalDate.of(2018, 10, 3)),
                        Map.entry("issued_date", LocalDate.of(2019, 12, 23)),
                        Map.entry("completed_date", LocalDate.of(2021, 2, 28)),
                        Map.entry("status", "Inspection"),
                        Map.entry("description", "Proposed new laneway suite."),
                        Map.entry("current_use", "Sfd"),
                        Map.entry("proposed_use", "2 Unit Lane Suite"),
                        Map.entry("dwelling_units_created", 1),
                        Map.entry("dwelling_units_lost", 2),
                        Map.entry("housing_units", 0),
                        Map.entry("storeys", 0),
                        Map.entry("est_const_cost", new BigDecimal("9E+4")),
                        Map.entry("assembly_sqm", new BigDecimal("1.5")),
                        Map.entry("institutional_sqm", new BigDecimal("2.5")),
                        Map.entry("residential_sqm", new BigDecimal("39")),
                        Map.entry("business_personal_services_sqm", new BigDecimal("3.5")),
                        Map.entry("mercantile_sqm", new BigDecimal("4.5")),
                        Map.entry("industrial_sqm", new BigDecimal("5.5")),
                        Map.entry("interior_alterations_sqm", new BigDecimal("6.5")),
                        Map.entry("demolition_sqm", new BigDecimal("7.5")),
                        Map.entry("builder_name", "BUILDER 17"))));
    }

    @Test
    @DisplayName("S1-22: an absent column gives null or 0, as the same column with null does")
    void readsAnAbsentColumnLikeAnEmptyOne() {
        MappedRow bare = mapper.map(aRow().row());

        assertThat(bare.fields())
                .isEqualTo(new TreeMap<>(Map.of(
                        "permit_num", "21 178362 BLD",
                        "revision_num", "00",
                        "city", "TORONTO",
                        "dwelling_units_created", 0,
                        "dwelling_units_lost", 0,
                        "housing_units", 0,
                        "storeys", 0)));
        for (String column : aFullRow().cells().keySet()) {
            if (!column.equals("PERMIT_NUM")) {
                assertThat(mapper.map(aRow().with(column, null).row()).hash())
                        .as(column)
                        .isEqualTo(bare.hash());
            }
        }
        for (String column : SPEC_ONLY) {
            assertThat(mapper.map(aRow().with(column, null).row()).hash())
                    .as(column)
                    .isEqualTo(bare.hash());
        }
    }

    @Test
    @DisplayName("S1-22: the columns that only the spec has map where they are")
    void mapsTheColumnsOfTheSpec() {
        MappedRow permit = mapper.map(aRow().with("CITY", "ETOBICOKE")
                .with("BUILDING_TYPE", "House")
                .with("CATEGORY", "Residential")
                .with("OWNER", " J. Doe ")
                .with("WARD", 5L)
                .with("WARD_GRID", "S1428")
                .with("COUNCIL_DISTRICT", "South")
                .with("HOUSING_UNITS", "3")
                .with("STOREYS", 2L)
                .row());

        assertThat(permit.fields())
                .containsEntry("city", "ETOBICOKE")
                .containsEntry("building_type", "House")
                .containsEntry("category", "Residential")
                .containsEntry("owner", "J. Doe")
                .containsEntry("ward", "5")
                .containsEntry("ward_grid", "S1428")
                .containsEntry("council_district", "South")
                .containsEntry("housing_units", 3)
                .containsEntry("storeys", 2);
    }

    @Test
    void namesEveryFieldThatItCanGive() {
        assertThat(mapper.fields())
                .hasSize(39)
                .containsAll(mapper.map(aFullRow().row()).fields().keySet());
    }

    @Test
    void leavesTheRowNumberRankAndSearchIndexOut() {
        MappedRow permit = mapper.map(
                aFullRow().with("rank", 0.0706241).with("_full_text", "'14':6").row());
        assertThat(permit.hash()).isEqualTo(mapper.map(aFullRow().row()).hash());
    }

    @Test
    void rejectsAListOrAnObjectInAMappedCellOnly() {
        RowRejected rejected = catchThrowableOfType(
                RowRejected.class,
                () -> mapper.map(aFullRow().with("DESCRIPTION", List.of("a")).row()));

        assertThat(rejected.code()).isEqualTo(ErrorCode.CELL_NOT_SCALAR);
        assertThat(rejected.column()).isEqualTo("DESCRIPTION");
        assertThat(mapper.map(aFullRow().with("LINKS", Map.of("a", List.of())).row())
                        .hash())
                .isEqualTo(mapper.map(aFullRow().row()).hash());
    }

    @Test
    @DisplayName("S1-28: the row number is the rank, however it is written")
    void ranksByRowNumber() {
        assertThat(mapper.rank(aRow().with("_id", 152892L).row())).isEqualTo(152892);
        assertThat(mapper.rank(aRow().with("_id", " 152892 ").row())).isEqualTo(152892);
        assertThat(mapper.rank(aRow().with("_id", new BigDecimal("152892.0")).row()))
                .isEqualTo(152892);
        assertThat(mapper.rank(aRow().row())).isEqualTo(Long.MIN_VALUE);
        assertThat(mapper.rank(aRow().with("_id", null).row())).isEqualTo(Long.MIN_VALUE);
        assertThat(mapper.rank(aRow().with("_id", "first").row())).isEqualTo(Long.MIN_VALUE);
        assertThat(mapper.rank(aRow().with("_id", List.of(1)).row())).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void readsKeyAndRankFromTheKeyColumnsAlone() {
        Map<String, Object> cells = aFullRow().cells();
        cells.keySet().retainAll(mapper.keyColumns());

        assertThat(mapper.key(PermitRows.rowOf(cells)))
                .isEqualTo(mapper.map(aFullRow().row()).key());
        assertThat(mapper.rank(PermitRows.rowOf(cells))).isEqualTo(152892);
    }
}

package dev.syncline.permits;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.MappedRow;
import dev.syncline.ingest.RowMapper;
import dev.syncline.source.CellText;
import dev.syncline.source.SourceRow;

import static dev.syncline.permits.PermitField.area;
import static dev.syncline.permits.PermitField.cost;
import static dev.syncline.permits.PermitField.count;
import static dev.syncline.permits.PermitField.date;
import static dev.syncline.permits.PermitField.text;

/**
 * A row of the building-permits feed as the permit that we keep: the 32 columns of the live feed and those of the spec that
 * it does not carry (S1-22). The feed's own row number, its search rank and its search index are no part of a permit.
 */
public final class PermitMapper implements RowMapper {
    private static final String ROW_NUMBER = "_id";

    /** Whatever matches fits into a long. */
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

    private static final List<PermitField> FIELDS = List.of(
            text("permit_type", "PERMIT_TYPE"),
            text("structure_type", "STRUCTURE_TYPE"),
            text("work", "WORK"),
            text("street_num", "STREET_NUM"),
            text("street_name", "STREET_NAME"),
            text("street_type", "STREET_TYPE"),
            text("street_direction", "STREET_DIRECTION"),
            text("city", "CITY").otherwise("TORONTO"),
            text("postal", "POSTAL"),
            text("geo_id", "GEO_ID"),
            text("building_type", "BUILDING_TYPE"),
            text("category", "CATEGORY"),
            date("application_date", "APPLICATION_DATE"),
            date("issued_date", "ISSUED_DATE"),
            date("completed_date", "COMPLETED_DATE"),
            text("status", "STATUS"),
            text("description", "DESCRIPTION"),
            cost("est_const_cost", "EST_CONST_COST"),
            text("builder_name", "BUILDER_NAME"),
            text("owner", "OWNER"),
            count("dwelling_units_created", "DWELLING_UNITS_CREATED"),
            count("dwelling_units_lost", "DWELLING_UNITS_LOST"),
            text("ward", "WARD").or("WARD_GRID", WardGrid::ward),
            text("ward_grid", "WARD_GRID"),
            text("council_district", "COUNCIL_DISTRICT"),
            text("current_use", "CURRENT_USE"),
            text("proposed_use", "PROPOSED_USE"),
            count("housing_units", "HOUSING_UNITS"),
            count("storeys", "STOREYS"),
            area("assembly_sqm", "ASSEMBLY"),
            area("institutional_sqm", "INSTITUTIONAL"),
            area("residential_sqm", "RESIDENTIAL"),
            area("business_personal_services_sqm", "BUSINESS_AND_PERSONAL_SERVICES"),
            area("mercantile_sqm", "MERCANTILE"),
            area("industrial_sqm", "INDUSTRIAL"),
            area("interior_alterations_sqm", "INTERIOR_ALTERATIONS"),
            area("demolition_sqm", "DEMOLITION"));

    private static final String PERMIT_NUM_FIELD = "permit_num";
    private static final String REVISION_NUM_FIELD = "revision_num";

    /** In the order of the table. */
    static final Set<String> NAMES = names();

    @Override
    public Set<String> keyColumns() {
        return Set.of(PermitKey.PERMIT_NUM, PermitKey.REVISION_NUM, ROW_NUMBER);
    }

    @Override
    public Set<String> criticalColumns() {
        return Set.of(
                PermitKey.PERMIT_NUM,
                PermitKey.REVISION_NUM,
                "STATUS",
                "PERMIT_TYPE",
                "STREET_NUM",
                "STREET_NAME",
                "RESIDENTIAL");
    }

    @Override
    public Set<String> fields() {
        return NAMES;
    }

    @Override
    public String key(SourceRow row) {
        return PermitKey.of(row).text();
    }

    /** The feed's row number (S1-28); a row without one gives way to any that has one. */
    @Override
    public long rank(SourceRow row) {
        return rank(row.cells().get(ROW_NUMBER));
    }

    @Override
    public MappedRow map(SourceRow row) {
        PermitKey key = PermitKey.of(row);
        SortedMap<String, Object> fields = new TreeMap<>();
        fields.put(PERMIT_NUM_FIELD, key.permitNum());
        fields.put(REVISION_NUM_FIELD, key.revisionNum());
        for (PermitField field : FIELDS) {
            Object value = field.in(row);
            if (value != null) {
                fields.put(field.name(), value);
            }
        }
        return MappedRow.of(key.text(), fields);
    }

    private static long rank(@Nullable Object cell) {
        if (cell instanceof Long number) {
            return number;
        }
        String text = cell instanceof String || cell instanceof Number ? CellText.of(cell) : null;
        boolean isNumber = text != null && WHOLE_NUMBER.matcher(text).matches();
        return isNumber ? Long.parseLong(text) : Long.MIN_VALUE;
    }

    private static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of(PERMIT_NUM_FIELD, REVISION_NUM_FIELD));
        FIELDS.forEach(field -> names.add(field.name()));
        return Collections.unmodifiableSet(names);
    }
}

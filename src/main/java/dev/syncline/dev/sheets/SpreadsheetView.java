package dev.syncline.dev.sheets;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

/** A spreadsheet as {@code spreadsheets.get} answers it. */
final class SpreadsheetView {
    private static final int ROW_PIXELS = 21;
    private static final int COLUMN_PIXELS = 100;

    private final String id;
    private final Workbook workbook;
    private final Calculation calculation;

    SpreadsheetView(String id, Workbook workbook) {
        this.id = id;
        this.workbook = workbook;
        this.calculation = new Calculation(workbook);
    }

    /**
     * @param ranges of which alone the tabs and cells are told; none for all
     * @param withCells whether the cells are told at all
     */
    void writeTo(JsonGenerator json, List<A1Range> ranges, boolean withCells) throws IOException {
        json.writeStartObject();
        json.writeStringField("spreadsheetId", id);
        json.writeObjectFieldStart("properties");
        json.writeStringField("title", workbook.title());
        json.writeStringField("locale", "en_US");
        json.writeStringField("autoRecalc", "ON_CHANGE");
        json.writeStringField("timeZone", workbook.zone().getId());
        json.writeEndObject();
        json.writeArrayFieldStart("sheets");
        for (Sheet sheet : workbook.sheets()) {
            List<Area> areas = ranges.stream()
                    .map(workbook::place)
                    .filter(place -> place.sheet() == sheet)
                    .map(Place::area)
                    .toList();
            if (ranges.isEmpty()) {
                areas = List.of(new Area(0, 0, sheet.grid().rows(), sheet.grid().columns()));
            }
            if (!areas.isEmpty()) {
                write(json, sheet, withCells ? areas : List.of());
            }
        }
        json.writeEndArray();
        json.writeStringField("spreadsheetUrl", "https://docs.google.com/spreadsheets/d/%s/edit".formatted(id));
        json.writeEndObject();
    }

    private void write(JsonGenerator json, Sheet sheet, List<Area> areas) throws IOException {
        json.writeStartObject();
        json.writeFieldName("properties");
        writeProperties(json, sheet, workbook.sheets().indexOf(sheet));
        if (!areas.isEmpty()) {
            json.writeArrayFieldStart("data");
            for (Area area : areas) {
                write(json, sheet, area);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    static void writeProperties(JsonGenerator json, Sheet sheet, int index) throws IOException {
        json.writeStartObject();
        json.writeNumberField("sheetId", sheet.id());
        json.writeStringField("title", sheet.title());
        json.writeNumberField("index", index);
        json.writeStringField("sheetType", "GRID");
        json.writeObjectFieldStart("gridProperties");
        json.writeNumberField("rowCount", sheet.grid().rows());
        json.writeNumberField("columnCount", sheet.grid().columns());
        writeUnlessZero(json, "frozenRowCount", sheet.frozenRows());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeUnlessZero(JsonGenerator json, String name, int number) throws IOException {
        if (number != 0) {
            json.writeNumberField(name, number);
        }
    }

    /** Rows up to the last that has a cell, each up to its last cell. */
    private void write(JsonGenerator json, Sheet sheet, Area area) throws IOException {
        json.writeStartObject();
        writeUnlessZero(json, "startRow", area.top());
        writeUnlessZero(json, "startColumn", area.left());
        int bottom = Math.min(area.bottom(), sheet.grid().keptRows());
        if (bottom > area.top()) {
            json.writeArrayFieldStart("rowData");
            for (int row = area.top(); row < bottom; row++) {
                writeRow(json, sheet, area, row);
            }
            json.writeEndArray();
        }
        writeSizes(json, "rowMetadata", area.rows(), ROW_PIXELS);
        writeSizes(json, "columnMetadata", area.columns(), COLUMN_PIXELS);
        json.writeEndObject();
    }

    private static void writeSizes(JsonGenerator json, String name, int count, int pixels) throws IOException {
        json.writeArrayFieldStart(name);
        for (int i = 0; i < count; i++) {
            json.writeStartObject();
            json.writeNumberField("pixelSize", pixels);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeRow(JsonGenerator json, Sheet sheet, Area area, int row) throws IOException {
        List<Cell> cells = sheet.grid().row(row);
        int right = Math.min(area.right(), cells.size());
        json.writeStartObject();
        if (right > area.left()) {
            json.writeArrayFieldStart("values");
            for (int column = area.left(); column < right; column++) {
                Cell cell = cells.get(column);
                write(json, cell, calculation.value(sheet, row, column, cell));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Cell cell, @Nullable Object value) throws IOException {
        json.writeStartObject();
        if (cell.entered() instanceof Formula formula) {
            json.writeObjectFieldStart("userEnteredValue");
            json.writeStringField("formulaValue", formula.text());
            json.writeEndObject();
        } else if (!cell.isBlank()) {
            writeValue(json, "userEnteredValue", cell.entered());
        }
        if (value != null) {
            writeValue(json, "effectiveValue", value);
            json.writeStringField("formattedValue", Shown.text(value, cell.format()));
        }
        if (cell.format() != null) {
            writeFormat(json, "userEnteredFormat", cell.format());
        }
        if (cell.format() != null || value != null) {
            writeFormat(json, "effectiveFormat", cell.format());
        }
        json.writeEndObject();
    }

    private static void writeValue(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        json.writeObjectFieldStart(name);
        if (value instanceof Double number) {
            json.writeFieldName("numberValue");
            Json.write(json, number.doubleValue());
        } else if (value instanceof Boolean flag) {
            json.writeBooleanField("boolValue", flag);
        } else if (value instanceof CellError error) {
            json.writeObjectFieldStart("errorValue");
            json.writeStringField("type", error.name());
            json.writeStringField("message", error.message());
            json.writeEndObject();
        } else {
            json.writeStringField("stringValue", String.valueOf(value));
        }
        json.writeEndObject();
    }

    private static void writeFormat(JsonGenerator json, String name, @Nullable NumberFormat format) throws IOException {
        json.writeObjectFieldStart(name);
        if (format != null) {
            json.writeObjectFieldStart("numberFormat");
            json.writeStringField("type", format.type().name());
            json.writeStringField("pattern", format.pattern());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}

package dev.syncline.dev.sheets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;

import dev.syncline.dev.sheets.Options.Dimension;
import dev.syncline.dev.sheets.Options.ValueInputOption;

/**
 * Values that were sent for a place. A null leaves its cell as it is, an empty text makes it blank.
 *
 * @param lines rows, or columns
 */
record ValueWrite(List<List<JsonNode>> lines, Dimension major) {

    /** What a write has changed. */
    record Written(Place place, int rows, int columns, int cells) {
        void writeTo(JsonGenerator json, String spreadsheet) throws IOException {
            json.writeStringField("spreadsheetId", spreadsheet);
            json.writeStringField("updatedRange", place.a1());
            if (cells > 0) {
                json.writeNumberField("updatedRows", rows);
                json.writeNumberField("updatedColumns", columns);
                json.writeNumberField("updatedCells", cells);
            }
        }
    }

    static ValueWrite of(JsonNode body) {
        List<List<JsonNode>> lines = new ArrayList<>();
        JsonNode values = body.path("values");
        for (int i = 0; i < values.size(); i++) {
            lines.add(line(values.get(i), i));
        }
        return new ValueWrite(lines, Options.dimension(body));
    }

    private static List<JsonNode> line(JsonNode values, int at) {
        if (!values.isArray()) {
            throw ApiException.invalid(
                    "Invalid value at 'data.values[%d]' (type.googleapis.com/google.protobuf.ListValue), %s"
                            .formatted(at, values));
        }
        List<JsonNode> line = new ArrayList<>();
        for (JsonNode value : values) {
            if (value.isContainerNode()) {
                String kind = value.getNodeType() == JsonNodeType.ARRAY ? "list_value" : "struct_value";
                throw ApiException.invalid("Invalid values[%d][%d]: %s %s".formatted(at, line.size(), kind, value));
            }
            line.add(value);
        }
        return line;
    }

    int rows() {
        return major == Dimension.ROWS ? lines.size() : longest();
    }

    int columns() {
        return major == Dimension.ROWS ? longest() : lines.size();
    }

    private int longest() {
        return lines.stream().mapToInt(List::size).max().orElse(0);
    }

    /** Into a range, which they must fit. */
    Written into(Workbook workbook, A1Range range, ValueInputOption input) {
        Sheet sheet = workbook.of(range);
        Area given = range.in(sheet.title(), sheet.grid());
        Area limit = range.isOrigin()
                ? new Area(
                        given.top(),
                        given.left(),
                        sheet.grid().rows(),
                        sheet.grid().columns())
                : given;
        if (rows() > limit.rows()) {
            throw tooMany(sheet, given, "row [%d]".formatted(limit.bottom() + 1));
        }
        if (columns() > limit.columns()) {
            throw tooMany(sheet, given, "column [%s]".formatted(A1.letters(limit.right())));
        }
        return at(workbook, sheet, given.top(), given.left(), input);
    }

    private static ApiException tooMany(Sheet sheet, Area area, String place) {
        return ApiException.invalid("Requested writing within range [%s], but tried writing to %s"
                .formatted(area.a1(sheet.title()), place));
    }

    /** From a cell on; the grid grows if it must. */
    Written at(Workbook workbook, Sheet sheet, int top, int left, ValueInputOption input) {
        Area area = new Area(top, left, top + Math.max(rows(), 1), left + Math.max(columns(), 1));
        sheet.checkEditable(area);
        int cells = 0;
        for (int i = 0; i < lines.size(); i++) {
            for (int j = 0; j < lines.get(i).size(); j++) {
                int row = top + (major == Dimension.ROWS ? i : j);
                int column = left + (major == Dimension.ROWS ? j : i);
                cells += put(sheet.grid(), row, column, lines.get(i).get(j), input) ? 1 : 0;
            }
        }
        workbook.checkSize();
        return new Written(new Place(sheet, area), rows(), columns(), cells);
    }

    private static boolean put(Grid grid, int row, int column, JsonNode value, ValueInputOption input) {
        if (value.isNull()) {
            return false;
        }
        Cell before = grid.get(row, column);
        grid.put(row, column, before.holding(cell(value, input, before)));
        return true;
    }

    private static Cell cell(JsonNode value, ValueInputOption input, Cell before) {
        if (value.isNumber()) {
            return new Cell(value.doubleValue(), null);
        }
        if (value.isBoolean()) {
            return new Cell(value.booleanValue(), null);
        }
        if (input == ValueInputOption.USER_ENTERED) {
            return UserEntry.parse(value.textValue(), before.format());
        }
        return value.textValue().isEmpty() ? Cell.BLANK : new Cell(value.textValue(), null);
    }
}

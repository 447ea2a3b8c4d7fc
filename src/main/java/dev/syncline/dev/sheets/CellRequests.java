package dev.syncline.dev.sheets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/** Requests of a batch that are about cells: their values and formats of numbers, and their order. */
final class CellRequests {
    private final Workbook workbook;

    private record Line(int row, List<Cell> cells, List<@Nullable Object> keys) {}

    CellRequests(Workbook workbook) {
        this.workbook = workbook;
    }

    /** Rows in another order. A formula refers to the cells of its own row as before; what else refers to the rows does not follow. */
    void sort(JsonNode request) {
        Sheet sheet = editable(request.path("range"));
        Area area = area(request.path("range"), sheet);
        JsonNode specs = request.path("sortSpecs");
        Calculation calculation = new Calculation(workbook);
        List<Line> lines = new ArrayList<>();
        for (int row = area.top(); row < area.bottom(); row++) {
            lines.add(line(sheet, area, row, specs, calculation));
        }
        lines.sort(order(specs));
        for (int i = 0; i < lines.size(); i++) {
            put(sheet.grid(), area, area.top() + i, lines.get(i));
        }
    }

    private static Line line(Sheet sheet, Area area, int row, JsonNode specs, Calculation calculation) {
        List<Cell> cells = new ArrayList<>();
        for (int column = area.left(); column < area.right(); column++) {
            cells.add(sheet.grid().get(row, column));
        }
        List<@Nullable Object> keys = new ArrayList<>();
        for (JsonNode spec : specs) {
            keys.add(calculation.value(sheet, row, spec.path("dimensionIndex").asInt()));
        }
        return new Line(row, cells, keys);
    }

    /** Blank cells come last, whichever way it is sorted. */
    private static Comparator<Line> order(JsonNode specs) {
        Comparator<Line> order = (one, other) -> 0;
        for (int i = 0; i < specs.size(); i++) {
            int key = i;
            Comparator<Object> values = Arithmetic::compare;
            boolean isDown = specs.get(i).path("sortOrder").asText().equals("DESCENDING");
            Comparator<Object> directed = Comparator.nullsLast(isDown ? values.reversed() : values);
            order = order.thenComparing(line -> line.keys().get(key), directed);
        }
        return order;
    }

    private static void put(Grid grid, Area area, int row, Line line) {
        for (int i = 0; i < line.cells().size(); i++) {
            Cell cell = moved(line.cells().get(i), row - line.row());
            boolean isThere = cell.equals(grid.get(row, area.left() + i));
            if (!isThere) {
                grid.put(row, area.left() + i, cell);
            }
        }
    }

    private static Cell moved(Cell cell, int rows) {
        return cell.entered() instanceof Formula formula
                ? new Cell(formula.referring(reference -> reference.moved(rows)), cell.format())
                : cell;
    }

    void update(JsonNode request) {
        boolean hasRange = request.has("range");
        Sheet sheet = editable(request.path(hasRange ? "range" : "start"));
        int top = request.at(hasRange ? "/range/startRowIndex" : "/start/rowIndex")
                .asInt();
        int left = request.at(hasRange ? "/range/startColumnIndex" : "/start/columnIndex")
                .asInt();
        checkStart(sheet, top, left);
        if (hasRange) {
            clear(sheet, area(request.path("range"), sheet), fields(request));
        }
        putAll(sheet, top, left, request.path("rows"), fields(request));
    }

    private static void checkStart(Sheet sheet, int row, int column) {
        Grid grid = sheet.grid();
        if (row >= grid.rows()) {
            throw ApiException.invalid(
                    "GridCoordinate.rowIndex[%d] is after last row in grid[%d]".formatted(row, grid.rows()));
        }
        if (column >= grid.columns()) {
            throw ApiException.invalid("GridCoordinate.columnIndex[%d] is after last column in grid[%d]"
                    .formatted(column, grid.columns()));
        }
    }

    /** What the rows do not cover of a range loses what the fields name. */
    private static void clear(Sheet sheet, Area area, String fields) {
        sheet.checkEditable(area);
        UnaryOperator<Cell> nothing = change(MissingNode.getInstance(), fields);
        for (int row = area.top(); row < Math.min(area.bottom(), sheet.grid().keptRows()); row++) {
            for (int column = area.left(); column < area.right(); column++) {
                sheet.grid().put(row, column, nothing.apply(sheet.grid().get(row, column)));
            }
        }
    }

    /** Below the last row that has data. */
    void append(JsonNode request) {
        Sheet sheet = editable(request);
        int row = sheet.grid().keptRows();
        while (row > 0 && sheet.grid().row(row - 1).stream().allMatch(Cell::isBlank)) {
            row--;
        }
        putAll(sheet, row, 0, request.path("rows"), fields(request));
    }

    private void putAll(Sheet sheet, int top, int left, JsonNode rows, String fields) {
        for (int i = 0; i < rows.size(); i++) {
            JsonNode values = rows.get(i).path("values");
            sheet.checkEditable(new Area(top + i, left, top + i + 1, left + values.size()));
            for (int j = 0; j < values.size(); j++) {
                Cell before = sheet.grid().get(top + i, left + j);
                sheet.grid()
                        .put(top + i, left + j, change(values.get(j), fields).apply(before));
            }
        }
        workbook.checkSize();
    }

    void repeat(JsonNode request) {
        Sheet sheet = editable(request.path("range"));
        Area area = area(request.path("range"), sheet);
        sheet.checkEditable(area);
        UnaryOperator<Cell> change = change(request.path("cell"), fields(request));
        for (int row = area.top(); row < area.bottom(); row++) {
            for (int column = area.left(); column < area.right(); column++) {
                sheet.grid().put(row, column, change.apply(sheet.grid().get(row, column)));
            }
        }
    }

    private static String fields(JsonNode request) {
        if (!request.path("fields").isTextual()) {
            throw ApiException.invalid(
                    "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
        }
        return request.path("fields").asText();
    }

    /** Only what the fields name is changed; where the new cell has nothing for it, it goes. */
    private static UnaryOperator<Cell> change(JsonNode data, String fields) {
        boolean ofValue = fields.contains("*") || fields.contains("userEnteredValue");
        boolean ofFormat = fields.contains("*") || fields.contains("userEnteredFormat");
        Object value = value(data.path("userEnteredValue"));
        NumberFormat format = format(data.at("/userEnteredFormat/numberFormat"));
        return before -> new Cell(ofValue ? value : before.entered(), ofFormat ? format : before.format());
    }

    private static @Nullable Object value(JsonNode value) {
        if (value.has("formulaValue")) {
            return Formula.of(value.get("formulaValue").asText());
        }
        if (value.has("numberValue")) {
            return value.get("numberValue").asDouble();
        }
        if (value.has("boolValue")) {
            return value.get("boolValue").asBoolean();
        }
        return value.has("stringValue") ? value.get("stringValue").asText() : null;
    }

    private static @Nullable NumberFormat format(JsonNode format) {
        if (format.isMissingNode()) {
            return null;
        }
        NumberFormat.Type type = Options.of("type", format.path("type").asText(), NumberFormat.Type.class);
        return new NumberFormat(type, format.path("pattern").asText());
    }

    private Sheet editable(JsonNode place) {
        int id = place.path("sheetId").asInt();
        Sheet sheet = workbook.find(id).orElseThrow(() -> ApiException.invalid("No grid with id: " + id));
        sheet.checkEditable();
        return sheet;
    }

    private static Area area(JsonNode range, Sheet sheet) {
        Integer bottom = range.has("endRowIndex")
                ? Integer.valueOf(range.get("endRowIndex").asInt())
                : null;
        Integer right = range.has("endColumnIndex")
                ? Integer.valueOf(range.get("endColumnIndex").asInt())
                : null;
        A1Range asked = new A1Range(
                ":",
                null,
                range.path("startRowIndex").asInt(),
                range.path("startColumnIndex").asInt(),
                bottom,
                right);
        return asked.in(sheet.title(), sheet.grid());
    }
}

package dev.syncline.dev.sheets;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import dev.syncline.dev.sheets.Json.Content;

/** Requests of a batch that are about tabs, rows and columns. */
final class SheetRequests {
    private final Workbook workbook;

    SheetRequests(Workbook workbook) {
        this.workbook = workbook;
    }

    Content add(JsonNode request) {
        JsonNode properties = request.path("properties");
        String title =
                properties.path("title").asText("Sheet" + (workbook.sheets().size() + 1));
        int id = properties.path("sheetId").asInt(workbook.freeId(title));
        if (workbook.find(id).isPresent()) {
            throw ApiException.invalid("Invalid value for sheetId: %d already exists.".formatted(id));
        }
        Sheet sheet = workbook.add(
                id, title, properties.path("index").asInt(workbook.sheets().size()));
        resize(sheet, properties.path("gridProperties"));
        int index = workbook.sheets().indexOf(sheet);
        return json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("addSheet");
            json.writeFieldName("properties");
            SpreadsheetView.writeProperties(json, sheet, index);
            json.writeEndObject();
            json.writeEndObject();
        };
    }

    private void resize(Sheet sheet, JsonNode grid) {
        int rows = grid.path("rowCount").asInt(sheet.grid().rows());
        int columns = grid.path("columnCount").asInt(sheet.grid().columns());
        if (rows < 1 || columns < 1) {
            throw ApiException.invalid("You can't delete all the rows on the sheet.");
        }
        sheet.grid().resize(rows, columns);
        sheet.freeze(grid.path("frozenRowCount").asInt(sheet.frozenRows()));
        workbook.checkSize();
    }

    void delete(JsonNode request) {
        Sheet sheet = sheet(request.path("sheetId"));
        if (workbook.sheets().size() == 1) {
            throw ApiException.invalid("You can't remove all the sheets in a document.");
        }
        workbook.sheets().remove(sheet);
    }

    void update(JsonNode request) {
        JsonNode properties = request.path("properties");
        Sheet sheet = sheet(properties.path("sheetId"));
        sheet.checkEditable();
        List<String> fields = List.of(request.path("fields").asText().split(","));
        if (!request.path("fields").isTextual()) {
            throw ApiException.invalid(
                    "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
        }
        if (isMeant(fields, "title") && properties.has("title")) {
            workbook.rename(sheet, properties.path("title").asText());
        }
        if (isMeant(fields, "index") && properties.has("index")) {
            workbook.sheets().remove(sheet);
            workbook.sheets()
                    .add(
                            Math.min(
                                    properties.path("index").asInt(),
                                    workbook.sheets().size()),
                            sheet);
        }
        if (isMeant(fields, "gridProperties")) {
            resize(sheet, properties.path("gridProperties"));
        }
    }

    private static boolean isMeant(List<String> fields, String name) {
        return fields.stream()
                .anyMatch(field -> field.equals("*") || field.strip().startsWith(name));
    }

    void insert(JsonNode request) {
        JsonNode range = request.path("range");
        Sheet sheet = sheet(range.path("sheetId"));
        sheet.checkEditable();
        boolean ofRows = ofRows(range);
        int from = range.path("startIndex").asInt();
        int to = range.path("endIndex").asInt();
        int size = ofRows ? sheet.grid().rows() : sheet.grid().columns();
        if (to <= from || from > size) {
            throw ApiException.invalid(
                    "range.startIndex[%d] must be before range.endIndex[%d] and within the grid".formatted(from, to));
        }
        workbook.insert(sheet, ofRows, from, to - from);
    }

    void deleteDimension(JsonNode request) {
        JsonNode range = request.path("range");
        Sheet sheet = sheet(range.path("sheetId"));
        sheet.checkEditable();
        boolean ofRows = ofRows(range);
        int size = ofRows ? sheet.grid().rows() : sheet.grid().columns();
        int from = range.path("startIndex").asInt();
        int to = range.path("endIndex").asInt(size);
        if (from >= size || to > size) {
            String name = ofRows ? "row" : "column";
            throw ApiException.invalid(
                    "Cannot delete a %s that doesn't exist. Tried to delete %s index %d but there are only %d %ss."
                            .formatted(name, name, Math.max(from, to - 1), size, name));
        }
        if (to - from >= size) {
            throw ApiException.invalid(
                    "You can't delete all the %s on the sheet.".formatted(ofRows ? "rows" : "columns"));
        }
        workbook.delete(sheet, ofRows, from, to);
    }

    void append(JsonNode request) {
        Sheet sheet = sheet(request.path("sheetId"));
        sheet.checkEditable();
        int more = request.path("length").asInt();
        boolean ofRows = ofRows(request);
        sheet.grid()
                .resize(sheet.grid().rows() + (ofRows ? more : 0), sheet.grid().columns() + (ofRows ? 0 : more));
        workbook.checkSize();
    }

    private static boolean ofRows(JsonNode node) {
        return Options.of("dimension", node.path("dimension").asText(), Options.Dimension.class)
                == Options.Dimension.ROWS;
    }

    private Sheet sheet(JsonNode id) {
        return workbook.find(id.asInt()).orElseThrow(() -> ApiException.invalid("No grid with id: " + id.asInt()));
    }
}

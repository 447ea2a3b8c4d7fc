package dev.syncline.dev.sheets;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import dev.syncline.dev.sheets.Json.Content;

/** {@code spreadsheets.batchUpdate}: all of the requests, or none. */
final class BatchUpdate {
    private static final Content NOTHING = json -> {
        json.writeStartObject();
        json.writeEndObject();
    };

    private final String id;
    private final Workbook workbook;

    BatchUpdate(String id, Workbook workbook) {
        this.id = id;
        this.workbook = workbook;
    }

    /** {@code spreadsheets.create}. */
    static StandInSpreadsheet create(String id, JsonNode body) {
        JsonNode properties = body.path("properties");
        StandInSpreadsheet spreadsheet = new StandInSpreadsheet(
                id,
                properties.path("title").asText("Untitled spreadsheet"),
                zone(properties.path("timeZone").asText("Etc/GMT")));
        List<String> titles = new ArrayList<>();
        body.path("sheets")
                .forEach(sheet -> titles.add(sheet.at("/properties/title").asText("Sheet" + (titles.size() + 1))));
        if (titles.isEmpty()) {
            titles.add("Sheet1");
        }
        titles.forEach(spreadsheet::addTab);
        return spreadsheet;
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw ApiException.invalid("Invalid properties.timeZone: " + name);
        }
    }

    /** @param withCells whether the answer's spreadsheet, if one is asked for, tells its cells */
    Content apply(JsonNode body, boolean withCells) {
        JsonNode requests = body.path("requests");
        if (requests.isEmpty()) {
            throw ApiException.invalid("Must specify at least one request.");
        }
        List<Content> replies = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            replies.add(reply(requests.get(i), i));
        }
        Optional<Content> updated = updated(body, withCells);
        return json -> {
            json.writeStartObject();
            json.writeStringField("spreadsheetId", id);
            json.writeArrayFieldStart("replies");
            for (Content reply : replies) {
                reply.writeTo(json);
            }
            json.writeEndArray();
            if (updated.isPresent()) {
                json.writeFieldName("updatedSpreadsheet");
                updated.get().writeTo(json);
            }
            json.writeEndObject();
        };
    }

    private void check(A1Range range) {
        var unused = workbook.place(range);
    }

    /** The spreadsheet as it is when all requests have been carried out. */
    private Optional<Content> updated(JsonNode body, boolean withCells) {
        if (!body.path("includeSpreadsheetInResponse").asBoolean()) {
            return Optional.empty();
        }
        List<A1Range> ranges = new ArrayList<>();
        body.path("responseRanges").forEach(range -> ranges.add(A1Range.parse(range.asText())));
        // Before anything is written: a range that is not there fails the batch.
        ranges.forEach(this::check);
        return Optional.of(json -> new SpreadsheetView(id, workbook).writeTo(json, ranges, withCells));
    }

    private Content reply(JsonNode request, int at) {
        Iterator<String> names = request.fieldNames();
        if (!names.hasNext()) {
            throw ApiException.invalid("Invalid requests[%d]: No request set.".formatted(at));
        }
        String name = names.next();
        try {
            return carryOut(name, request.get(name), at);
        } catch (ApiException e) {
            throw e.getMessage().startsWith("Invalid JSON") ? e : e.at("requests[%d].%s".formatted(at, name));
        }
    }

    private Content carryOut(String name, JsonNode request, int at) {
        SheetRequests sheets = new SheetRequests(workbook);
        CellRequests cells = new CellRequests(workbook);
        switch (name) {
            case "addSheet" -> {
                return sheets.add(request);
            }
            case "deleteSheet" -> sheets.delete(request);
            case "updateSheetProperties" -> sheets.update(request);
            case "insertDimension" -> sheets.insert(request);
            case "deleteDimension" -> sheets.deleteDimension(request);
            case "appendDimension" -> sheets.append(request);
            case "sortRange" -> cells.sort(request);
            case "updateCells" -> cells.update(request);
            case "repeatCell" -> cells.repeat(request);
            case "appendCells" -> cells.append(request);
            default ->
                throw ApiException.invalid(
                        "Invalid JSON payload received. Unknown name \"%s\" at 'requests[%d]': Cannot find field."
                                .formatted(name, at));
        }
        return NOTHING;
    }
}

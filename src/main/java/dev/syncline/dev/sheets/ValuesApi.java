package dev.syncline.dev.sheets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.syncline.dev.sheets.Json.Content;
import dev.syncline.dev.sheets.Options.InsertDataOption;
import dev.syncline.dev.sheets.Options.Render;
import dev.syncline.dev.sheets.Options.ValueInputOption;
import dev.syncline.dev.sheets.ValueWrite.Written;

/** {@code spreadsheets.values} of one spreadsheet. */
final class ValuesApi {
    private final String id;
    private final Workbook workbook;

    ValuesApi(String id, Workbook workbook) {
        this.id = id;
        this.workbook = workbook;
    }

    Content get(A1Range range, Options options) {
        ValueView view = new ValueView(workbook, options.render());
        Place place = workbook.place(range);
        return json -> view.writeTo(json, place);
    }

    Content batchGet(List<A1Range> ranges, Options options) {
        ValueView view = new ValueView(workbook, options.render());
        List<Place> places = ranges.stream().map(workbook::place).toList();
        return json -> {
            json.writeStartObject();
            json.writeStringField("spreadsheetId", id);
            json.writeArrayFieldStart("valueRanges");
            for (Place place : places) {
                view.writeTo(json, place);
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    Content update(A1Range range, JsonNode body, Options options) {
        ValueWrite values = ValueWrite.of(body);
        Written written = values.into(workbook, range, options.input());
        return updated(written, values, options);
    }

    private Content updated(Written written, ValueWrite values, Options options) {
        Optional<ValueView> view = view(options, values);
        return json -> {
            json.writeStartObject();
            written.writeTo(json, id);
            if (view.isPresent()) {
                json.writeFieldName("updatedData");
                view.get().writeTo(json, written.place());
            }
            json.writeEndObject();
        };
    }

    private Optional<ValueView> view(Options options, ValueWrite values) {
        Render render = options.responseRender(values.major());
        return options.includesValues() ? Optional.of(new ValueView(workbook, render)) : Optional.empty();
    }

    Content batchUpdate(JsonNode body, Options options) {
        ValueInputOption input = options.input();
        List<Content> responses = new ArrayList<>();
        List<Written> all = new ArrayList<>();
        for (JsonNode data : body.path("data")) {
            ValueWrite values = ValueWrite.of(data);
            Written written = write(values, data, input, all.size());
            all.add(written);
            responses.add(updated(written, values, options));
        }
        return json -> {
            json.writeStartObject();
            json.writeStringField("spreadsheetId", id);
            json.writeNumberField(
                    "totalUpdatedRows", all.stream().mapToInt(Written::rows).sum());
            json.writeNumberField(
                    "totalUpdatedColumns",
                    all.stream().mapToInt(Written::columns).sum());
            json.writeNumberField(
                    "totalUpdatedCells", all.stream().mapToInt(Written::cells).sum());
            Set<Integer> sheets = new LinkedHashSet<>();
            all.forEach(written -> sheets.add(written.place().sheet().id()));
            json.writeNumberField("totalUpdatedSheets", sheets.size());
            json.writeArrayFieldStart("responses");
            for (Content response : responses) {
                response.writeTo(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    private Written write(ValueWrite values, JsonNode data, ValueInputOption input, int at) {
        try {
            return values.into(workbook, A1Range.parse(data.path("range").asText()), input);
        } catch (ApiException e) {
            throw e.at("data[%d]".formatted(at));
        }
    }

    /** At the end of the last table of the range; where there is none, at the beginning of the range. */
    Content append(A1Range range, JsonNode body, Options options) {
        ValueWrite values = ValueWrite.of(body);
        Sheet sheet = workbook.of(range);
        Area area = workbook.place(range).area();
        Optional<Area> table = Table.lastIn(sheet.grid(), area);
        int top = table.map(Area::bottom).orElse(area.top());
        int left = table.map(Area::left).orElse(area.left());
        if (options.insertion() == InsertDataOption.INSERT_ROWS
                && top < sheet.grid().rows()) {
            sheet.checkEditable();
            workbook.insert(sheet, true, top, values.rows());
        }
        Written written = values.at(workbook, sheet, top, left, options.input());
        Content updates = updated(written, values, options);
        return json -> {
            json.writeStartObject();
            json.writeStringField("spreadsheetId", id);
            if (table.isPresent()) {
                json.writeStringField("tableRange", table.get().a1(sheet.title()));
            }
            json.writeFieldName("updates");
            updates.writeTo(json);
            json.writeEndObject();
        };
    }

    Content clear(A1Range range) {
        String cleared = cleared(range);
        return json -> {
            json.writeStartObject();
            json.writeStringField("spreadsheetId", id);
            json.writeStringField("clearedRange", cleared);
            json.writeEndObject();
        };
    }

    Content batchClear(List<A1Range> ranges) {
        List<String> cleared = new ArrayList<>();
        for (A1Range range : ranges) {
            cleared.add(clearedOf(range, cleared.size()));
        }
        return json -> {
            json.writeStartObject();
            json.writeStringField("spreadsheetId", id);
            json.writeArrayFieldStart("clearedRanges");
            for (String range : cleared) {
                json.writeString(range);
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    private String clearedOf(A1Range range, int at) {
        try {
            return cleared(range);
        } catch (ApiException e) {
            throw e.at("range[%d]".formatted(at));
        }
    }

    /** Takes the values away; the formats stay. */
    private String cleared(A1Range range) {
        Place place = workbook.place(range);
        place.sheet().checkEditable();
        Grid grid = place.sheet().grid();
        Area area = place.area();
        for (int row = area.top(); row < Math.min(area.bottom(), grid.keptRows()); row++) {
            for (int column = area.left();
                    column < Math.min(area.right(), grid.row(row).size());
                    column++) {
                grid.put(row, column, new Cell(null, grid.get(row, column).format()));
            }
        }
        return place.a1();
    }
}

package dev.syncline.dev.sheets;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.syncline.dev.sheets.Json.Content;

/** What the page shows: which spreadsheets and tabs there are, and the cells of one. */
final class PageView {
    private final SheetsStandIn standIn;

    PageView(SheetsStandIn standIn) {
        this.standIn = standIn;
    }

    /** @param query {@code spreadsheet} and {@code tab}; the first ones if they are not there */
    Content of(Map<String, List<String>> query) {
        List<StandInSpreadsheet> all = standIn.spreadsheets().stream()
                .sorted(Comparator.comparing(StandInSpreadsheet::id))
                .toList();
        Optional<StandInSpreadsheet> shown = all.stream()
                .filter(each -> query.getOrDefault("spreadsheet", List.of()).contains(each.id()))
                .findFirst()
                .or(() -> all.stream().findFirst());
        List<String> tab = query.getOrDefault("tab", List.of());
        return json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("spreadsheets");
            for (StandInSpreadsheet each : all) {
                json.writeString(each.id());
            }
            json.writeEndArray();
            if (shown.isPresent()) {
                write(json, shown.get().id(), shown.get().read(Workbook::copy), tab);
            }
            json.writeEndObject();
        };
    }

    private static void write(JsonGenerator json, String id, Workbook book, List<String> tab) throws IOException {
        json.writeStringField("spreadsheet", id);
        json.writeStringField("title", book.title());
        json.writeArrayFieldStart("tabs");
        for (Sheet sheet : book.sheets()) {
            json.writeString(sheet.title());
        }
        json.writeEndArray();
        Optional<Sheet> shown = book.sheets().stream()
                .filter(sheet -> tab.contains(sheet.title()))
                .findFirst()
                .or(() -> book.sheets().stream().findFirst());
        if (shown.isPresent()) {
            writeCells(json, book, shown.get());
        }
    }

    /** As they are shown, and as they were typed where that differs. */
    private static void writeCells(JsonGenerator json, Workbook book, Sheet sheet) throws IOException {
        Calculation calculation = new Calculation(book);
        Grid grid = sheet.grid();
        json.writeStringField("tab", sheet.title());
        json.writeArrayFieldStart("rows");
        for (int row = 0; row < grid.keptRows(); row++) {
            json.writeStartArray();
            for (int column = 0; column < grid.row(row).size(); column++) {
                Cell cell = grid.get(row, column);
                json.writeString(Shown.text(calculation.value(sheet, row, column, cell), cell.format()));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("formulas");
        for (int row = 0; row < grid.keptRows(); row++) {
            for (int column = 0; column < grid.row(row).size(); column++) {
                if (grid.get(row, column).entered() instanceof Formula formula) {
                    json.writeStringField(A1.name(row, column), formula.text());
                }
            }
        }
        json.writeEndObject();
    }
}

package dev.syncline.dev.sheets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import dev.syncline.dev.sheets.Options.DateTimeRenderOption;
import dev.syncline.dev.sheets.Options.Dimension;
import dev.syncline.dev.sheets.Options.Render;
import dev.syncline.dev.sheets.Options.ValueRenderOption;

/** The values of an area, as {@code spreadsheets.values} answers them: without blank cells and rows at the end. */
final class ValueView {
    private final Calculation calculation;
    private final Render render;

    ValueView(Workbook workbook, Render render) {
        this.calculation = new Calculation(workbook);
        this.render = render;
    }

    void writeTo(JsonGenerator json, Place place) throws IOException {
        json.writeStartObject();
        json.writeStringField("range", place.a1());
        json.writeStringField("majorDimension", render.major().name());
        List<List<Object>> lines = render.major() == Dimension.ROWS
                ? rows(place.sheet(), place.area())
                : columns(place.sheet(), place.area());
        if (!lines.isEmpty()) {
            json.writeArrayFieldStart("values");
            for (List<Object> line : lines) {
                writeLine(json, line);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeLine(JsonGenerator json, List<Object> line) throws IOException {
        json.writeStartArray();
        for (Object value : line) {
            Json.write(json, value);
        }
        json.writeEndArray();
    }

    private List<List<Object>> rows(Sheet sheet, Area area) {
        List<List<Object>> rows = new ArrayList<>();
        int bottom = Math.min(area.bottom(), sheet.grid().keptRows());
        for (int row = area.top(); row < bottom; row++) {
            List<Object> line = new ArrayList<>();
            int right = Math.min(area.right(), sheet.grid().row(row).size());
            for (int column = area.left(); column < right; column++) {
                line.add(shown(sheet, row, column));
            }
            trim(line, "");
            rows.add(line);
        }
        trim(rows, List.of());
        return rows;
    }

    private List<List<Object>> columns(Sheet sheet, Area area) {
        List<List<Object>> columns = new ArrayList<>();
        for (int column = area.left(); column < area.right(); column++) {
            List<Object> line = new ArrayList<>();
            int bottom = Math.min(area.bottom(), sheet.grid().keptRows());
            for (int row = area.top(); row < bottom; row++) {
                line.add(shown(sheet, row, column));
            }
            trim(line, "");
            columns.add(line);
        }
        trim(columns, List.of());
        return columns;
    }

    private static <T> void trim(List<T> list, T blank) {
        while (!list.isEmpty() && list.get(list.size() - 1).equals(blank)) {
            list.remove(list.size() - 1);
        }
    }

    private Object shown(Sheet sheet, int row, int column) {
        Cell cell = sheet.grid().get(row, column);
        if (cell.isBlank()) {
            return "";
        }
        if (render.values() == ValueRenderOption.FORMULA && cell.entered() instanceof Formula formula) {
            return formula.text();
        }
        Object value = calculation.value(sheet, row, column, cell);
        return render.values() == ValueRenderOption.FORMATTED_VALUE
                ? Shown.text(value, cell.format())
                : bare(value, cell.format());
    }

    private Object bare(@Nullable Object value, @Nullable NumberFormat format) {
        boolean isTimeAsText =
                render.times() == DateTimeRenderOption.FORMATTED_STRING && format != null && format.isTime();
        boolean isText = value == null || value instanceof CellError || isTimeAsText;
        return isText ? Shown.text(value, format) : value;
    }
}

package dev.syncline.roster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import org.jspecify.annotations.Nullable;

import dev.syncline.source.CellText;

/** A row as JSON, for whoever has to find out what was wrong with it: its beginning, well-formed, within what is kept of it. */
final class RowText {
    private static final JsonFactory JSON = new JsonFactory();
    /** So many bytes and one more cell are within the 2 KB that are kept of a rejected row. */
    private static final int ENOUGH = 1_600;

    private static final int LONGEST = 40;

    private RowText() {}

    static byte[] of(Map<String, @Nullable Object> cells) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (Map.Entry<String, @Nullable Object> cell : cells.entrySet()) {
                json.writeFieldName(cut(cell.getKey()));
                write(json, cell.getValue());
                json.flush();
                if (bytes.size() > ENOUGH) {
                    break;
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, @Nullable Object cell) throws IOException {
        if (cell instanceof Boolean ticked) {
            json.writeBoolean(ticked);
        } else if (cell instanceof BigDecimal number && Math.abs((long) number.scale()) <= LONGEST) {
            json.writeNumber(number);
        } else {
            json.writeString(cut(shown(cell)));
        }
    }

    /** Also repairs what UTF-8 cannot express. */
    private static String shown(@Nullable Object cell) {
        @Nullable String text = cell == null ? null : CellText.of(cell);
        return text == null ? "" : text;
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + '…';
    }
}

package dev.syncline.dev.sheets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.filter.FilteringGeneratorDelegate;
import com.fasterxml.jackson.core.filter.TokenFilter;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/** How answers are written. */
final class Json {
    static final ObjectMapper MAPPER = new ObjectMapper();
    /** Whole numbers above it are written with an exponent. */
    private static final double EXACT = 1L << 53;

    /** Something that is written as one JSON value. */
    interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private Json() {}

    static byte[] bytes(Content content, TokenFilter mask) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator plain = MAPPER.createGenerator(bytes);
                JsonGenerator json =
                        new FilteringGeneratorDelegate(plain, mask, TokenFilter.Inclusion.INCLUDE_ALL_AND_PATH, true)) {
            content.writeTo(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] bytes(Content content) {
        return bytes(content, TokenFilter.INCLUDE_ALL);
    }

    static void write(JsonGenerator json, double number) throws IOException {
        if (number == Math.rint(number) && Math.abs(number) < EXACT) {
            json.writeNumber((long) number);
        } else {
            json.writeNumber(number);
        }
    }

    /** A value of a cell, where it is a value of JSON too. */
    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Double number) {
            write(json, number.doubleValue());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString(Shown.general(value));
        }
    }
}

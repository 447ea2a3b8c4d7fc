package dev.syncline.source;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import org.jspecify.annotations.Nullable;

/** Reads the bytes of one object into cells. */
final class RecordParser {
    /** Beyond this an exact number is a trap: written out, {@code 1e999999999} would fill the memory. */
    private static final int MOST_DIGITS = 1000;

    private final JsonFactory json;
    private final Set<String> columns;
    private int capacity = 16;

    /** @param columns the only cells to read; empty for all of them */
    RecordParser(int maxDepth, Set<String> columns) {
        this.columns = Set.copyOf(columns);
        // A factory for each feed: the names that it remembers go with it.
        this.json = JsonFactory.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(MOST_DIGITS)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /**
     * The cells in their order; of two with one name the later.
     *
     * @throws IOException if the object is not well-formed; its message may quote the object
     * @throws ArithmeticException if a number cannot be represented
     */
    Map<String, @Nullable Object> parse(byte[] object) throws IOException {
        // Jackson takes a zero in the first bytes for UTF-16 or UTF-32.
        if (object.length > 3 && (object[1] == 0 || object[2] == 0)) {
            throw new JsonParseException(null, "zero byte");
        }
        try (JsonParser parser = json.createParser(object)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(parser, "not an object");
            }
            return columns.isEmpty() ? record(parser) : someCells(parser);
        }
    }

    private Map<String, @Nullable Object> someCells(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (columns.contains(name)) {
                cells.put(name, value(parser));
            } else {
                parser.skipChildren();
            }
        }
        return cells;
    }

    /** Records of one feed have the same columns, so the one before says how much room the next needs. */
    private Map<String, @Nullable Object> record(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> cells = object(parser, new LinkedHashMap<>(capacity));
        capacity = cells.size() * 4 / 3 + 1;
        return cells;
    }

    private static Map<String, @Nullable Object> object(JsonParser parser, Map<String, @Nullable Object> cells)
            throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            cells.put(name, value(parser));
        }
        return cells;
    }

    private static List<@Nullable Object> list(JsonParser parser) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NULL -> null;
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> parser.isNaN() ? (Object) parser.getDoubleValue() : exact(parser);
            case START_OBJECT -> object(parser, new LinkedHashMap<>());
            case START_ARRAY -> list(parser);
            default -> throw new JsonParseException(parser, "no value");
        };
    }

    private static Number whole(JsonParser parser) throws IOException {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue()
                : (Number) parser.getLongValue();
    }

    private static BigDecimal exact(JsonParser parser) throws IOException {
        BigDecimal number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) > MOST_DIGITS) {
            throw new ArithmeticException("exponent");
        }
        return number;
    }
}

package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** JSON as the database keeps it. What it could not keep is refused as an {@link IllegalArgumentException} that says why. */
final class JsonDocument {
    private static final int DEEPEST = 20;

    private JsonDocument() {}

    static Document of(JsonNode object) {
        return object(object, 1);
    }

    private static Document object(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("is nested deeper than " + DEEPEST + " levels");
        }
        Document document = new Document();
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            document.append(name(member.getKey()), value(member.getValue(), depth));
        }
        return document;
    }

    private static String name(String name) {
        if (name.isEmpty() || name.startsWith("$") || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("has a member whose name is empty, begins with $ or holds a NUL");
        }
        return name;
    }

    private static @Nullable Object value(JsonNode node, int depth) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node, depth + 1);
            case ARRAY -> list(node, depth + 1);
            case NUMBER -> number(node);
            case BOOLEAN -> node.booleanValue();
            case STRING -> node.textValue();
            default -> null;
        };
    }

    private static List<@Nullable Object> list(JsonNode node, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("is nested deeper than " + DEEPEST + " levels");
        }
        List<@Nullable Object> values = new ArrayList<>();
        node.forEach(element -> values.add(value(element, depth)));
        return values;
    }

    private static Number number(JsonNode node) {
        if (node.canConvertToInt() && node.isIntegralNumber()) {
            return node.intValue();
        }
        if (node.canConvertToLong() && node.isIntegralNumber()) {
            return node.longValue();
        }
        double number = node.doubleValue();
        if (node.isIntegralNumber() || Double.isInfinite(number)) {
            throw new IllegalArgumentException("has a number that is too large");
        }
        return number;
    }
}

package dev.syncline.platform;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;

/** The OpenAPI document that the application serves, and what it allows. Knows as much of JSON Schema as the document uses. */
final class ApiDescription {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private final JsonNode document;

    ApiDescription(String json) {
        document = read(json);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    /** One method of one path. */
    record Operation(String method, String path, JsonNode node) {
        Set<String> statuses() {
            Set<String> statuses = new TreeSet<>();
            node.path("responses").fieldNames().forEachRemaining(statuses::add);
            return statuses;
        }

        @Override
        public String toString() {
            return method.toUpperCase() + " " + path;
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        fields(document.path("paths")).forEach(path -> fields(path.getValue())
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method -> operations.add(new Operation(method.getKey(), path.getKey(), method.getValue()))));
        return operations;
    }

    /** What of an answer the document does not allow; empty when all of it is described. */
    List<String> violations(String method, String path, Response answer) {
        List<String> found = new ArrayList<>();
        JsonNode response = response(method, path, answer.statusCode());
        if (response.isMissingNode()) {
            found.add("status " + answer.statusCode() + " is not described");
            return found;
        }
        if (answer.asString().isEmpty()) {
            return response.has("content") ? List.of("a body is described, none came") : List.of();
        }
        String type = answer.contentType().replaceAll(";.*", "");
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            found.add("content type " + type + " is not described for status " + answer.statusCode());
            return found;
        }
        if (type.endsWith("json")) {
            check("", content.path("schema"), read(answer.asString()), found);
        }
        return found;
    }

    private JsonNode response(String method, String path, int status) {
        return operations().stream()
                .filter(operation -> operation.method().equalsIgnoreCase(method))
                .filter(operation -> matches(operation.path(), path.replaceAll("\\?.*", "")))
                .map(operation -> operation.node().path("responses").path(String.valueOf(status)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " " + path + " is not described"));
    }

    private static boolean matches(String template, String path) {
        return Pattern.matches(template.replaceAll("\\{[^}]+}", "[^/]+"), path);
    }

    /** Examples of bodies that their own schemas do not allow. */
    List<String> badExamples() {
        List<String> found = new ArrayList<>();
        for (Operation operation : operations()) {
            Stream<JsonNode> bodies = Stream.concat(
                    Stream.of(operation.node().path("requestBody")),
                    values(operation.node().path("responses")));
            bodies.flatMap(body -> fields(body.path("content")))
                    .forEach(content -> fields(content.getValue().path("examples"))
                            .forEach(example -> checkExample(operation, content, example, found)));
        }
        return found;
    }

    private void checkExample(
            Operation operation,
            Map.Entry<String, JsonNode> content,
            Map.Entry<String, JsonNode> example,
            List<String> found) {
        if (content.getKey().endsWith("json")) {
            check(
                    operation + " " + example.getKey(),
                    content.getValue().path("schema"),
                    example.getValue().path("value"),
                    found);
        }
    }

    // --- schemas

    private void check(String place, JsonNode schema, JsonNode value, List<String> found) {
        if (schema.isObject() && schema.isEmpty()) {
            // Anything goes.
            return;
        }
        if (schema.has("$ref")) {
            check(place, document.at(schema.get("$ref").asText().substring(1)), value, found);
        } else if (schema.has("anyOf")) {
            checkAny(place, schema.get("anyOf"), value, found);
        } else if (!isOfType(schema.path("type"), value)) {
            found.add(place + " is " + value.getNodeType() + ", not " + schema.path("type"));
        } else if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            found.add(place + " is " + value + ", none of " + schema.get("enum"));
        } else if (value.isObject()) {
            checkObject(place, schema, value, found);
        } else if (value.isArray()) {
            value.forEach(item -> check(place + "[]", schema.path("items"), item, found));
        } else if (schema.path("format").asText().equals("date-time") && value.isTextual() && !isInstant(value)) {
            found.add(place + " is no instant: " + value);
        }
    }

    private void checkAny(String place, JsonNode choices, JsonNode value, List<String> found) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode choice : choices) {
            List<String> why = new ArrayList<>();
            check(place, choice, value, why);
            if (why.isEmpty()) {
                return;
            }
            reasons.addAll(why);
        }
        found.addAll(reasons);
    }

    private void checkObject(String place, JsonNode schema, JsonNode value, List<String> found) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                found.add(place + "/" + name.asText() + " is missing");
            }
        });
        fields(value).forEach(field -> {
            String there = place + "/" + field.getKey();
            JsonNode described = schema.path("properties").path(field.getKey());
            JsonNode others = schema.path("additionalProperties");
            if (!described.isMissingNode()) {
                check(there, described, field.getValue(), found);
            } else if (others.isObject()) {
                check(there, others, field.getValue(), found);
            } else if (!others.asBoolean()) {
                found.add(there + " is not described");
            }
        });
    }

    private static boolean isOfType(JsonNode type, JsonNode value) {
        if (type.isMissingNode()) {
            return true;
        }
        Stream<JsonNode> types = type.isArray() ? values(type) : Stream.of(type);
        return types.anyMatch(name -> switch (name.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("no type of JSON Schema: " + name);
        });
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        return values(values).anyMatch(value::equals);
    }

    private static boolean isInstant(JsonNode value) {
        try {
            return Instant.parse(value.asText()) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static Stream<Map.Entry<String, JsonNode>> fields(JsonNode node) {
        Iterable<Map.Entry<String, JsonNode>> fields = node::fields;
        return StreamSupport.stream(fields.spliterator(), false);
    }

    private static Stream<JsonNode> values(JsonNode node) {
        Iterator<JsonNode> values = node.elements();
        Iterable<JsonNode> all = () -> values;
        return StreamSupport.stream(all.spliterator(), false);
    }
}

package dev.syncline.writeback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Reads the changes that callers queue. All of a request is right, or nothing of it is taken (S2-45). */
@ApplicationScoped
class Intake {
    private static final String ITEMS = "items";
    private static final String MODEL = "model";
    private static final String RECORD = "recordId";
    private static final String ACTION = "action";
    private static final String PAYLOAD = "payload";
    private static final Set<String> MEMBERS = Set.of(MODEL, RECORD, ACTION, PAYLOAD);
    private static final int LONGEST_ID = 200;
    private static final int NAMED = 5;
    private static final int SHOWN = 40;

    private final Models models;
    private final RecordMapper mapper;
    private final ObjectMapper json;
    private final WriteBackConfig.Intake limits;

    Intake(Models models, RecordMapper mapper, ObjectMapper json, WriteBackConfig config) {
        this.models = models;
        this.mapper = mapper;
        this.json = json;
        this.limits = config.intake();
    }

    /** What is wrong with one change. */
    private record Problem(ErrorCode code, String detail) {}

    /**
     * The changes, in their order. {@code REQUEST_TOO_LARGE}, {@code INVALID_REQUEST}, {@code MODEL_UNKNOWN} or
     * {@code CHANGE_INVALID}, naming the places in the batch.
     */
    List<RecordChange> read(byte[] body, String actor, String requestId) {
        if (body.length > limits.maxBytes().asLongValue()) {
            throw new SyncException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "the body has " + body.length + " bytes, at most "
                            + limits.maxBytes().asLongValue() + " are taken");
        }
        JsonNode root = parse(body);
        List<JsonNode> changes = changes(root);
        check(changes, root.has(ITEMS));
        return changes.stream().map(change -> change(change, actor, requestId)).toList();
    }

    private JsonNode parse(byte[] body) {
        try {
            JsonNode root = json.reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(body);
            if (root.isObject()) {
                checkTexts(root);
                return root;
            }
        } catch (IOException e) {
            // refused below
        }
        throw new SyncException(
                ErrorCode.INVALID_REQUEST, "the body must be a JSON object: a change, or {\"items\": […]}");
    }

    /** Half of a character cannot be stored: the database would hold another text. */
    private static void checkTexts(JsonNode root) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(root.toString())) {
            throw new SyncException(ErrorCode.CHANGE_INVALID, "a text holds half a character, an unpaired surrogate");
        }
    }

    private List<JsonNode> changes(JsonNode root) {
        if (!root.has(ITEMS)) {
            return List.of(root);
        }
        JsonNode items = root.get(ITEMS);
        if (root.size() > 1 || !items.isArray() || items.isEmpty() || items.size() > limits.maxChanges()) {
            throw new SyncException(
                    ErrorCode.CHANGE_INVALID,
                    "items must be a list of 1 to " + limits.maxChanges() + " changes, and the only member");
        }
        List<JsonNode> changes = new ArrayList<>();
        items.forEach(changes::add);
        return changes;
    }

    private void check(List<JsonNode> changes, boolean isBatch) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            String place = isBatch ? "items[" + i + "]: " : "";
            problem(changes.get(i))
                    .map(problem -> new Problem(problem.code(), place + problem.detail()))
                    .ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            Stream<String> more =
                    problems.size() > NAMED ? Stream.of((problems.size() - NAMED) + " more") : Stream.empty();
            String detail = Stream.concat(problems.stream().limit(NAMED).map(Problem::detail), more)
                    .collect(Collectors.joining("; "));
            throw new SyncException(problems.get(0).code(), detail);
        }
    }

    private Optional<Problem> problem(JsonNode change) {
        if (!change.isObject()) {
            return invalid("a change must be an object");
        }
        Set<String> others = new TreeSet<>();
        change.fieldNames().forEachRemaining(others::add);
        others.removeAll(MEMBERS);
        if (!others.isEmpty()) {
            return invalid(shown(others.iterator().next()) + " is not known here");
        }
        Optional<Model> model = models.find(text(change, MODEL));
        if (model.isEmpty()) {
            return Optional.of(new Problem(ErrorCode.MODEL_UNKNOWN, unknown(change.get(MODEL))));
        }
        if (action(change).isEmpty()) {
            return invalid("action must be one of CREATE, UPDATE, DELETE");
        }
        String id = text(change, RECORD);
        if (id.isBlank() || id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
            return invalid("recordId must be a text of 1 to " + LONGEST_ID + " characters");
        }
        JsonNode payload = change.get(PAYLOAD);
        return isMissing(payload)
                ? Optional.empty()
                : payloadProblem(model.get(), action(change).get(), payload);
    }

    private Optional<Problem> payloadProblem(Model model, Action action, JsonNode payload) {
        if (!payload.isObject()) {
            return invalid("payload must be an object");
        }
        try {
            Document fields = JsonDocument.of(payload);
            // Of a deleted record nothing is read.
            Optional<String> problem = action == Action.DELETE ? Optional.empty() : mapper.problemOf(model, fields);
            return problem.flatMap(why -> invalid("payload: " + why));
        } catch (IllegalArgumentException e) {
            return invalid("payload " + e.getMessage());
        }
    }

    private static Optional<Problem> invalid(String detail) {
        return Optional.of(new Problem(ErrorCode.CHANGE_INVALID, detail));
    }

    private String unknown(@Nullable JsonNode given) {
        String names = models.all().stream().map(Model::name).collect(Collectors.joining(", "));
        String what = isMissing(given) ? "no model is named" : "there is no model " + shown(given.asText());
        return what + "; there are " + names;
    }

    private static String shown(String text) {
        return '"' + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + '"';
    }

    private static boolean isMissing(@Nullable JsonNode node) {
        return node == null || node.isNull();
    }

    /** Empty where it is missing, or no text. */
    private static String text(JsonNode change, String member) {
        JsonNode node = change.get(member);
        return node == null || !node.isTextual() ? "" : node.textValue();
    }

    private static Optional<Action> action(JsonNode change) {
        String name = text(change, ACTION);
        return Stream.of(Action.values())
                .filter(action -> action.name().equals(name))
                .findFirst();
    }

    private static RecordChange change(JsonNode change, String actor, String requestId) {
        JsonNode payload = change.get(PAYLOAD);
        Document document = isMissing(payload) ? null : JsonDocument.of(payload);
        return new RecordChange(
                text(change, MODEL),
                RecordId.told(text(change, RECORD)),
                action(change).orElseThrow(),
                document,
                actor,
                requestId);
    }
}

package dev.syncline.writeback;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What callers may queue, without HTTP. */
class IntakeTest {
    private static final String GOOD = "{\"model\": \"Request\", \"action\": \"UPDATE\", \"recordId\": \"req-1\"}";

    private final WriteBackConfig config = Settings.shipped().config();
    private final Intake intake = new Intake(new Models(config), new RecordMapper(config), new ObjectMapper(), config);

    private List<RecordChange> read(String body) {
        return intake.read(body.getBytes(StandardCharsets.UTF_8), "write-back", "request-1");
    }

    private SyncException refusal(String body) {
        SyncException refusal = catchThrowableOfType(SyncException.class, () -> read(body));
        assertThat(refusal)
                .as(body.length() > 200 ? body.substring(0, 200) : body)
                .isNotNull();
        return refusal;
    }

    private static String change(String model, String action, String record, String payload) {
        return "{\"model\": %s, \"action\": %s, \"recordId\": %s, \"payload\": %s}"
                .formatted(model, action, record, payload);
    }

    private static String request(String payload) {
        return change("\"Request\"", "\"UPDATE\"", "\"req-1\"", payload);
    }

    private static String batch(int changes) {
        return IntStream.range(0, changes)
                .mapToObj(i -> change("\"Request\"", "\"UPDATE\"", "\"req-" + i + "\"", "null"))
                .collect(Collectors.joining(",", "{\"items\": [", "]}"));
    }

    @Test
    void takesOneChange() {
        assertThat(read(request("{\"customerName\": \"Ana\", \"pax\": 2, \"more\": {\"list\": [1, null, true, 2.5]}}")))
                .containsExactly(new RecordChange(
                        "Request",
                        "req-1",
                        Action.UPDATE,
                        new Document("customerName", "Ana")
                                .append("pax", 2)
                                .append("more", new Document("list", java.util.Arrays.asList(1, null, true, 2.5))),
                        "write-back",
                        "request-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockKT", "isLocked", "sheetRowIndex", "sheetSyncedAt", "requestId"})
    void takesAChangeOfAFieldThatNoColumnShows(String field) {
        String payload = "{\"" + field + "\": null}";

        assertThat(read(change("\"Revenue\"", "\"UPDATE\"", "\"rev-1\"", payload)))
                .singleElement()
                .satisfies(change -> assertThat(change.payload()).containsOnlyKeys(field));
    }

    @Test
    void knowsARecordByTheDigitsOfItsId() {
        assertThat(read("{\"items\": [" + change("\"Request\"", "\"UPDATE\"", "\"65F1C0FFEE65f1c0ffee65F1\"", "null")
                        + "," + change("\"Request\"", "\"UPDATE\"", "\"RQ-65F1\"", "null") + "]}"))
                .extracting(RecordChange::recordId)
                .containsExactly("65f1c0ffee65f1c0ffee65f1", "RQ-65F1");
        assertThat(RecordId.forms("65f1c0ffee65f1c0ffee65f1")).contains("65F1C0FFEE65F1C0FFEE65F1");
    }

    @Test
    @DisplayName("S2-45: half of a character is refused, for the database would hold another text")
    void refusesHalvesOfCharacters() {
        String id = change("\"Request\"", "\"UPDATE\"", "\"\\ud800x\"", "null");
        String value = change("\"Request\"", "\"UPDATE\"", "\"r1\"", "{\"notes\": \"\\udc00\"}");

        for (String body : List.of(id, value)) {
            assertThat(refusal(body).code()).isEqualTo(ErrorCode.CHANGE_INVALID);
        }
        assertThat(read(change("\"Request\"", "\"UPDATE\"", "\"\\ud83d\\ude00\"", "null")))
                .extracting(RecordChange::recordId)
                .containsExactly("\ud83d\ude00");
    }

    @Test
    void takesABatchInItsOrder() {
        List<RecordChange> changes = read("{\"items\": [" + GOOD + ","
                + change("\"Operator\"", "\"CREATE\"", "\"65f1c0ffee65f1c0ffee65f1\"", "null") + ","
                + change("\"Revenue\"", "\"DELETE\"", "\"rev-1\"", "{\"any\": \"thing\"}") + "]}");

        assertThat(changes)
                .extracting(change -> change.model() + " " + change.action() + " " + change.recordId())
                .containsExactly(
                        "Request UPDATE req-1", "Operator CREATE 65f1c0ffee65f1c0ffee65f1", "Revenue DELETE rev-1");
    }

    @Test
    @DisplayName("S2-45: a batch has 1 to 100 changes")
    void boundsTheBatch() {
        assertThat(read(batch(1))).hasSize(1);
        assertThat(read(batch(100))).hasSize(100);
        for (String body : List.of(batch(0), batch(101))) {
            SyncException refusal = refusal(body);
            assertThat(refusal.code()).isEqualTo(ErrorCode.CHANGE_INVALID);
            assertThat(refusal.detail()).startsWith("items must be a list of 1 to 100 changes");
        }
    }

    @Test
    @DisplayName("S2-45: a body has at most 100 KB")
    void boundsTheBody() {
        int most = 100 * 1024;
        String padding = " ".repeat(most - GOOD.length());

        assertThat(read(GOOD + padding)).hasSize(1);
        assertThat(refusal(GOOD + padding + " ").code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
        assertThat(refusal(request("{\"notes\": \"" + "é".repeat(most / 2) + "\"}"))
                        .code())
                .isEqualTo(ErrorCode.REQUEST_TOO_LARGE);
    }

    @Test
    @DisplayName("S2-45: an unknown model is refused when it is queued, and those that there are are named")
    void refusesUnknownModels() {
        SyncException refusal = refusal(change("\"Invoice\"", "\"UPDATE\"", "\"i-1\"", "null"));

        assertThat(refusal.code()).isEqualTo(ErrorCode.MODEL_UNKNOWN);
        assertThat(refusal.detail()).isEqualTo("there is no model \"Invoice\"; there are Operator, Request, Revenue");
        assertThat(refusal(change("null", "\"UPDATE\"", "\"i-1\"", "null")).detail())
                .startsWith("no model is named; there are");
        assertThat(refusal(change("7", "\"UPDATE\"", "\"i-1\"", "null")).code()).isEqualTo(ErrorCode.MODEL_UNKNOWN);
        assertThat(refusal(change("\"request\"", "\"UPDATE\"", "\"i-1\"", "null"))
                        .code())
                .isEqualTo(ErrorCode.MODEL_UNKNOWN);
    }

    static Stream<Arguments> wrong() {
        String good = "\"Request\"";
        String update = "\"UPDATE\"";
        String id = "\"req-1\"";
        return Stream.of(
                Arguments.of(change(good, "\"update\"", id, "null"), "action must be one of CREATE, UPDATE, DELETE"),
                Arguments.of(change(good, "\"UPSERT\"", id, "null"), "action must be one of"),
                Arguments.of(change(good, "null", id, "null"), "action must be one of"),
                Arguments.of(change(good, update, "\"\"", "null"), "recordId must be a text of 1 to 200 characters"),
                Arguments.of(change(good, update, "\"  \"", "null"), "recordId must be"),
                Arguments.of(change(good, update, "7", "null"), "recordId must be"),
                Arguments.of(change(good, update, "\"a\\u0000b\"", "null"), "recordId must be"),
                Arguments.of(change(good, update, "\"" + "x".repeat(201) + "\"", "null"), "recordId must be"),
                Arguments.of(request("\"text\""), "payload must be an object"),
                Arguments.of(request("[]"), "payload must be an object"),
                Arguments.of(request("{\"$where\": 1}"), "payload has a member whose name is empty, begins with $"),
                Arguments.of(request("{\"a\": {\"\": 1}}"), "payload has a member whose name"),
                Arguments.of(request("{\"pax\": 9223372036854775808}"), "payload has a number that is too large"),
                Arguments.of(request("{\"pax\": 1e400}"), "payload has a number that is too large"),
                Arguments.of(
                        request("{\"pax\": " + "[".repeat(50) + "]".repeat(50) + "}"),
                        "payload is nested deeper than 20 levels"),
                Arguments.of(
                        request("{\"a\": ".repeat(50) + "1" + "}".repeat(50)),
                        "payload is nested deeper than 20 levels"),
                Arguments.of(request("{\"supplier\": \"of an operator\"}"), "payload: "),
                Arguments.of(request("{\"pax\": \"many\"}"), "payload: "),
                Arguments.of("{\"items\": [], \"model\": \"Request\"}", "items must be a list"),
                Arguments.of("{\"items\": {}}", "items must be a list"),
                Arguments.of("{\"items\": [7]}", "items[0]: a change must be an object"),
                Arguments.of(GOOD.replace("}", ", \"mood\": 1}"), "\"mood\" is not known here"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    @DisplayName("S2-45: what is no change of the model is refused with the reason")
    void refusesWhatIsWrong(String body, String reason) {
        SyncException refusal = refusal(body);

        assertThat(refusal.code()).isEqualTo(ErrorCode.CHANGE_INVALID);
        assertThat(refusal.detail()).startsWith(reason);
    }

    @Test
    @DisplayName("S2-45: the places in a batch are named, the first five of them")
    void namesThePlaces() {
        String bad = change("\"Request\"", "\"MOVE\"", "\"req-1\"", "null");

        assertThat(refusal("{\"items\": [" + GOOD + "," + bad + "," + GOOD + "," + bad + "]}")
                        .detail())
                .isEqualTo("items[1]: action must be one of CREATE, UPDATE, DELETE;"
                        + " items[3]: action must be one of CREATE, UPDATE, DELETE");
        assertThat(refusal("{\"items\": [" + (bad + ",").repeat(7) + bad + "]}").detail())
                .endsWith("items[4]: action must be one of CREATE, UPDATE, DELETE; 3 more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[]", "7", "\"text\"", "{", "{\"model\":", "{} {}", "{}x", "\u0000", "nonsense"
            })
    void refusesWhatIsNoObject(String body) {
        assertThat(refusal(body).code()).isIn(ErrorCode.INVALID_REQUEST, ErrorCode.MODEL_UNKNOWN);
    }
}

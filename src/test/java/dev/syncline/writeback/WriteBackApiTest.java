package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.MongoDatabase;

import static dev.syncline.writeback.SalesDesk.change;
import static dev.syncline.writeback.SalesDesk.machine;
import static dev.syncline.writeback.SalesDesk.queue;
import static dev.syncline.writeback.SalesDesk.status;
import static dev.syncline.writeback.SalesDesk.write;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

/** What callers of the write-back may do over HTTP, and what they are told. */
@QuarkusTest
@TestProfile(SalesProfile.class)
class WriteBackApiTest {
    private static final String START = "/api/sync/write-back";
    private static final String QUEUE = "/api/sync/queue";
    private static final String NO_ID = "01890000-0000-7000-8000-000000000000";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    SalesDesk desk;

    @Inject
    QueueStore store;

    @Inject
    WriteLog log;

    @Inject
    MongoDatabase database;

    @BeforeEach
    void clear() {
        desk.clear();
    }

    private static RequestSpecification json(String body) {
        return given().contentType("application/json").body(body);
    }

    /** An item of a model without a spreadsheet, which has failed. */
    @CanIgnoreReturnValue
    private static String failed(String record) {
        String id = queue("Operator", "UPDATE", record);
        write();
        return id;
    }

    // --- starting

    @Test
    @DisplayName("S2-1: the secret and an admin start a run; nobody, a wrong secret and other people do not")
    void startsForWhoMay() {
        assertThat(machine().post(START + "?wait=true").statusCode()).isEqualTo(200);
        assertThat(given().post(START + "?wait=true").statusCode()).isEqualTo(200);

        for (RequestSpecification unknown :
                List.of(SignedIn.nobody(), SignedIn.nobody().header("Authorization", "Bearer wrong"))) {
            unknown.post(START)
                    .then()
                    .statusCode(401)
                    .body("success", is(false))
                    .body("error", is("Unauthorized"));
        }
        for (SamplePerson person : List.of(SamplePerson.viewer, SamplePerson.manager, SamplePerson.lead)) {
            SignedIn.as(person).post(START).then().statusCode(403).body("error", is("Admin only"));
        }
    }

    @Test
    @DisplayName("S2-1: nor by the address that all syncs share")
    void startsByNoOtherAddress() {
        String shared = "/api/syncs/writeback/runs";
        SignedIn.as(SamplePerson.manager).post(shared).then().statusCode(403);

        assertThat(desk.all("runs")).isEmpty();
        assertThat(given().post(shared + "?wait=true").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("C0-01: 202 at once with the run's id, the queue and the run")
    void answersAtOnce() {
        JsonPath answer = machine().post(START).then().statusCode(202).extract().jsonPath();

        assertThat(answer.getBoolean("success")).isTrue();
        assertThat(answer.getString("task_id")).isEqualTo(answer.getString("run.id"));
        assertThat(answer.getString("run.sync")).isEqualTo("writeback");
        assertThat(answer.getString("run.trigger.actor")).isEqualTo("write-back");
        assertThat(answer.<Object>get("result")).isNull();
        assertThat(answer.getMap("queueStats")).containsOnlyKeys("pending", "processing", "completed", "failed");
    }

    @Test
    @DisplayName(
            "S2-3: 200 though items failed; what was processed adds up, and the queue's counts are the collection's")
    void tellsWhatARunHasComeTo() {
        desk.request("req-1", "Ana", 2);
        desk.request("req-2", "Bea", 3);
        queue("Request", "CREATE", "req-1");
        queue("Request", "CREATE", "req-2");
        queue("Request", "DELETE", "req-3");
        queue("Operator", "UPDATE", "op-1");

        JsonPath answer = write();

        assertThat(answer.getMap("result"))
                .isEqualTo(Map.of("processed", 4, "succeeded", 2, "failed", 1, "skipped", 1));
        assertThat(answer.getMap("queueStats"))
                .isEqualTo(Map.of("pending", 0, "processing", 0, "completed", 3, "failed", 1));
        Map<String, Long> stored = desk.all("writeback_queue").stream()
                .collect(Collectors.groupingBy(item -> item.getString("status"), Collectors.counting()));
        assertThat(stored).isEqualTo(Map.of("COMPLETED", 3L, "FAILED", 1L));
        assertThat(desk.tab().get("B2")).isEqualTo("Ana");
    }

    @Test
    @DisplayName("S2-43: a second trigger is told of the run that is active, whoever started it")
    void refusesASecondRun() {
        String active = anActiveRun();

        for (RequestSpecification caller : List.of(machine(), given())) {
            JsonPath refusal =
                    caller.post(START).then().statusCode(409).extract().jsonPath();
            assertThat(refusal.getString("code")).isEqualTo("RUN_ACTIVE");
            assertThat(refusal.getString("activeRun.id")).isEqualTo(active);
        }
    }

    /** As another process runs it. */
    private String anActiveRun() {
        write();
        Document run = desk.all("runs").get(0);
        run.append("_id", "01a203ed-0000-7000-8000-000000000001")
                .append("state", "RUNNING")
                .append("activeFor", "writeback")
                .append("owner", "another-process")
                .append("updatedAt", Date.from(Instant.now().plusSeconds(600)));
        run.remove("completedAt");
        var unused = database.collection("runs").insertOne(run).await().atMost(PATIENCE);
        return run.getString("_id");
    }

    @Test
    @DisplayName("C0-08: a repeat of a key starts nothing; a wish that is not known is refused")
    void takesWishes() {
        Response first = machine().header("Idempotency-Key", "key-" + NO_ID).post(START + "?wait=true");
        Response again = machine().header("Idempotency-Key", "key-" + NO_ID).post(START + "?wait=true");
        assertThat(again.<String>path("run.id")).isEqualTo(first.path("run.id"));

        assertThat(json("{\"mode\": \"dry-run\", \"reason\": \"how many?\"}")
                        .post(START + "?wait=true")
                        .<String>path("run.reason"))
                .isEqualTo("how many?");
        for (String body : List.of("{\"mode\": \"mood\"}", "{\"mood\": 1}", "{")) {
            json(body).post(START).then().statusCode(400);
        }
        given().post(START + "?wait=perhaps").then().statusCode(400);
    }

    // --- the queue

    @Test
    @DisplayName("S2-10: an empty queue has zeros and null")
    void tellsOfAnEmptyQueue() {
        JsonPath status = status();

        assertThat(status.getMap("data.stats"))
                .isEqualTo(Map.of("pending", 0, "processing", 0, "completed", 0, "failed", 0));
        assertThat(status.getMap("data"))
                .containsEntry("lastProcessed", null)
                .containsEntry("oldestPending", null)
                .containsEntry("recentFailed", List.of())
                .containsEntry("recentLogs", List.of())
                .containsEntry("blocked", List.of());
    }

    @Test
    @DisplayName("S2-10: everybody gets counts and times; failed items and what was written are for admins")
    void keepsRecordsToAdmins() {
        desk.request("req-1", "Ana", 2);
        queue("Request", "CREATE", "req-1");
        failed("op-1");
        queue("Request", "UPDATE", "req-1");

        for (SamplePerson person : List.of(SamplePerson.viewer, SamplePerson.manager, SamplePerson.lead)) {
            JsonPath told = SignedIn.as(person)
                    .get(QUEUE)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(told.getMap("data.stats"))
                    .isEqualTo(Map.of("pending", 1, "processing", 0, "completed", 1, "failed", 1));
            assertThat(told.getString("data.lastProcessed")).isNotNull();
            assertThat(told.getString("data.oldestPending")).isNotNull();
            assertThat(told.getList("data.recentFailed")).isEmpty();
            assertThat(told.getList("data.recentLogs")).isEmpty();
        }
        SignedIn.nobody().get(QUEUE).then().statusCode(401);
        JsonPath told = status();
        assertThat(told.getMap("data.recentFailed[0]"))
                .containsOnlyKeys("id", "model", "action", "recordId", "lastError", "lastCode", "retries", "createdAt")
                .containsEntry("lastCode", "TARGET_NOT_CONFIGURED")
                .containsEntry("recordId", "op-1");
        assertThat(told.getList("data.recentLogs.status")).containsExactlyInAnyOrder("SUCCESS", "FAILED");
        String run = told.getString("data.recentLogs[0].run");
        SignedIn.as(SamplePerson.lead)
                .get("/api/runs/" + run + "/changes")
                .then()
                .statusCode(403);
    }

    @Test
    @DisplayName("S2-10: at most 10 failed items and 20 entries, the newest first")
    void boundsWhatItTells() {
        IntStream.range(10, 22).forEach(i -> queue("Operator", "UPDATE", "op-" + i));
        write();
        IntStream.range(22, 34).forEach(i -> queue("Operator", "UPDATE", "op-" + i));
        write();

        JsonPath told = status();

        assertThat(told.getList("data.recentFailed.recordId", String.class))
                .hasSize(10)
                .allSatisfy(record -> assertThat(record).isGreaterThan("op-23"));
        List<Instant> times = told.getList("data.recentLogs.at", String.class).stream()
                .map(Instant::parse)
                .toList();
        assertThat(times).hasSize(20).isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    @DisplayName("S2-41: what never reaches a sheet by itself is told in the API")
    void saysWhatIsNotSynced() {
        assertThat(SignedIn.as(SamplePerson.viewer).get(QUEUE).jsonPath().getList("data.notSynced", String.class))
                .anyMatch(line -> line.startsWith("Deletions"))
                .anyMatch(line -> line.contains("updatedAt"));
    }

    @Test
    @DisplayName("S2-46: a tab that cannot be written to is told to everybody, with the reason")
    void tellsOfBlockedTabs() {
        desk.request("req-1", "Ana", 2);
        var unused = desk.tab().set("B1", "Client");
        queue("Request", "CREATE", "req-1");
        write();

        JsonPath told = SignedIn.as(SamplePerson.viewer).get(QUEUE).jsonPath();

        assertThat(told.getString("data.blocked[0].model")).isEqualTo("Request");
        assertThat(told.getString("data.blocked[0].code")).isEqualTo("HEADER_MISMATCH");
        assertThat(told.getString("data.blocked[0].detail")).contains("Customer");
        assertThat(told.getInt("data.stats.pending")).isEqualTo(1);
    }

    // --- queueing

    @Test
    @DisplayName("S2-23: a repeat joins the item that waits; the machine's call is audited")
    void queuesChanges() {
        JsonPath first = queue(change("Request", "CREATE", "req-1"))
                .then()
                .statusCode(202)
                .extract()
                .jsonPath();
        JsonPath again = queue("{\"items\": [" + change("Request", "UPDATE", "req-1") + ","
                        + change("Operator", "UPDATE", "op-1") + "]}")
                .jsonPath();

        assertThat(first.getBoolean("data.items[0].coalesced")).isFalse();
        assertThat(again.getList("data.items.coalesced")).containsExactly(true, false);
        assertThat(again.getString("data.items[0].id")).isEqualTo(first.getString("data.items[0].id"));
        assertThat(again.getString("data.items[0].action")).isEqualTo("CREATE");
        assertThat(again.getInt("data.stats.pending")).isEqualTo(2);
        assertThat(desk.audited("CHANGES_QUEUED").get(0))
                .containsEntry("actor", "write-back")
                .containsEntry("target", "queue")
                .containsEntry("outcome", "2")
                .containsEntry("context", new Document("Operator", 1L).append("Request", 1L));
    }

    @Test
    @DisplayName("S2-45: what is not all right is not queued at all: too large, too many, unknown, not the model's")
    void refusesWhatIsNotRight() {
        String good = change("Request", "UPDATE", "req-1");
        String many = IntStream.range(0, 101)
                .mapToObj(i -> change("Request", "UPDATE", "req-" + i))
                .collect(Collectors.joining(",", "{\"items\": [", "]}"));

        assertThat(queue(good + " ".repeat(102_400)).statusCode()).isEqualTo(413);
        assertThat(queue(many).<String>path("code")).isEqualTo("CHANGE_INVALID");
        Response unknown = queue("{\"items\": [" + good + "," + change("Invoice", "UPDATE", "i-1") + "]}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.<String>path("code")).isEqualTo("MODEL_UNKNOWN");
        assertThat(unknown.<String>path("error"))
                .isEqualTo("items[1]: there is no model \"Invoice\"; there are Operator, Request, Revenue");
        Response foreign = queue(good.replace("}", ", \"payload\": {\"supplier\": \"of an operator\"}}"));
        assertThat(foreign.<String>path("code")).isEqualTo("CHANGE_INVALID");
        assertThat(queue("{").<String>path("code")).isEqualTo("INVALID_REQUEST");
        assertThat(queue("").<String>path("code")).isEqualTo("INVALID_REQUEST");
        assertThat(desk.queued()).isZero();
    }

    // --- items

    @Test
    @DisplayName("S2-42: an admin lists items, page by page, as narrow as is asked for")
    void listsItems() {
        IntStream.range(0, 3).forEach(i -> queue("Operator", "UPDATE", "op-" + i));
        write();
        queue("Request", "UPDATE", "req-1");

        JsonPath first = given().get(QUEUE + "/items?limit=3").jsonPath();
        JsonPath rest = given().queryParam("cursor", first.getString("nextCursor"))
                .get(QUEUE + "/items?limit=3")
                .jsonPath();
        List<String> records = new ArrayList<>(first.getList("items.recordId", String.class));
        records.addAll(rest.getList("items.recordId", String.class));
        assertThat(records).hasSize(4).startsWith("req-1").contains("op-0", "op-1", "op-2");
        assertThat(rest.<Object>get("nextCursor")).isNull();

        assertThat(records("status=FAILED")).containsExactlyInAnyOrder("op-0", "op-1", "op-2");
        assertThat(records("model=Request")).containsExactly("req-1");
        assertThat(records("code=TARGET_NOT_CONFIGURED&status=FAILED&model=Operator"))
                .hasSize(3);
        assertThat(records("code=ROW_GONE")).isEmpty();
        for (String query : List.of("status=LOST", "model=Invoice", "code=MOOD", "limit=0", "cursor=AAAA")) {
            given().get(QUEUE + "/items?" + query).then().statusCode(400);
        }
    }

    private static Set<String> records(String query) {
        return Set.copyOf(given().get(QUEUE + "/items?" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.recordId", String.class));
    }

    @Test
    @DisplayName("S2-42: a failed item is tried again from the start; who asked for it is on record")
    void retriesAnItem() {
        String id = failed("op-1");
        assertThat(given().get(QUEUE + "/items/" + id).<String>path("data.status"))
                .isEqualTo("FAILED");

        JsonPath retried = json("{\"overwrite\": true}")
                .post(QUEUE + "/items/" + id + "/retry")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(retried.getString("data.status")).isEqualTo("PENDING");
        assertThat(retried.getInt("data.retries")).isZero();
        assertThat(retried.getBoolean("data.overwrite")).isTrue();
        assertThat(retried.<Object>get("data.lastError")).isNull();
        assertThat(desk.audited("QUEUE_ITEM_RETRIED").get(0))
                .containsEntry("actor", "admin@example.org")
                .containsEntry("target", id)
                .containsEntry("outcome", "PENDING");
        given().post(QUEUE + "/items/" + id + "/retry")
                .then()
                .statusCode(409)
                .body("code", is("QUEUE_ITEM_NOT_FAILED"));
    }

    @Test
    @DisplayName("S2-42: all failed items of a model or a code are tried again")
    void retriesAll() {
        failed("op-1");
        failed("op-2");

        assertThat(retryAll("{\"model\": \"Request\"}")).isZero();
        assertThat(retryAll("{\"code\": \"TARGET_NOT_CONFIGURED\"}")).isEqualTo(2);
        assertThat(retryAll("{}")).isZero();
        assertThat(desk.audited("QUEUE_ITEMS_RETRIED")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(status().getInt("data.stats.pending")).isEqualTo(2);
        json("{\"model\": \"Invoice\"}").post(QUEUE + "/retry").then().statusCode(400);
    }

    private static int retryAll(String body) {
        return json(body)
                .post(QUEUE + "/retry")
                .then()
                .statusCode(200)
                .extract()
                .path("data.retried");
    }

    @Test
    @DisplayName("S2-42: an item is deleted; 404 for one that is not there, 409 for one that is worked on")
    void deletesAnItem() {
        String id = failed("op-1");

        given().delete(QUEUE + "/items/" + id).then().statusCode(200);
        assertThat(desk.queued()).isZero();
        assertThat(desk.audited("QUEUE_ITEM_DELETED").get(0))
                .containsEntry("actor", "admin@example.org")
                .containsEntry("target", id)
                .containsEntry("outcome", "FAILED");

        given().delete(QUEUE + "/items/" + id).then().statusCode(404);
        given().get(QUEUE + "/items/" + id).then().statusCode(404);
        given().post(QUEUE + "/items/" + id + "/retry").then().statusCode(404);

        String busy = queue("Request", "UPDATE", "req-1");
        assertThat(store.claim("a-worker", "a-run", 10, Set.of()).await().atMost(PATIENCE))
                .hasSize(1);
        for (Response refused :
                List.of(given().delete(QUEUE + "/items/" + busy), given().post(QUEUE + "/items/" + busy + "/retry"))) {
            refused.then().statusCode(409).body("code", is("QUEUE_ITEM_BUSY"));
        }
    }

    // --- the log and undo

    @Test
    @DisplayName("S2-4: every cell stands in the log: who, when, old, new")
    void logsEveryCell() {
        desk.request("req-1", "Ana", 2);
        queue("Request", "CREATE", "req-1");
        String first = write().getString("run.id");
        desk.request("req-1", "Bea", 2);
        queue("Request", "UPDATE", "req-1");
        String second = write().getString("run.id");

        JsonPath entries = log("?run=" + second);
        assertThat(entries.getList("items")).hasSize(1);
        assertThat(entries.getMap("items[0]"))
                .containsEntry("run", second)
                .containsEntry("model", "Request")
                .containsEntry("recordId", "req-1")
                .containsEntry("key", "req-1")
                .containsEntry("action", "WRITE_BACK_UPDATE")
                .containsEntry("status", "SUCCESS")
                .containsEntry("actor", "write-back")
                .containsEntry("row", 2);
        assertThat(entries.getList("items[0].cells"))
                .isEqualTo(List.of(Map.of(
                        "column",
                        "Customer",
                        "from",
                        Map.of("kind", "TEXT", "text", "Ana"),
                        "to",
                        Map.of("kind", "TEXT", "text", "Bea"),
                        "conflict",
                        false)));

        JsonPath page = log("?record=req-1&model=Request&limit=1");
        assertThat(page.getList("items.run")).containsExactly(second);
        assertThat(given().queryParam("cursor", page.getString("nextCursor"))
                        .get(START + "/log?record=req-1&model=Request&limit=1")
                        .jsonPath()
                        .getList("items.run"))
                .containsExactly(first);
        given().get(START + "/log?model=Invoice").then().statusCode(400);
        assertThat(log("?record=req-2").getList("items")).isEmpty();
    }

    private static JsonPath log(String query) {
        return given().get(START + "/log" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    @DisplayName("a run is undone by a run that says so, and both are on record")
    void undoesARun() {
        desk.request("req-1", "Ana", 2);
        queue("Request", "CREATE", "req-1");
        write();
        desk.request("req-1", "Bea", 2);
        queue("Request", "UPDATE", "req-1");
        String run = write().getString("run.id");
        assertThat(desk.tab().get("B2")).isEqualTo("Bea");

        JsonPath undone = json("{\"run\": \"" + run + "\", \"reason\": \"wrong name\"}")
                .post(START + "/undo?wait=true")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(desk.tab().get("B2")).isEqualTo("Ana");
        assertThat(undone.getString("run.reason")).isEqualTo("undo of run " + run + ": wrong name");
        assertThat(undone.getInt("result.succeeded")).isEqualTo(1);
        assertThat(log("?run=" + undone.getString("run.id")).getList("items.action"))
                .containsExactly("UNDO");
        assertThat(desk.audited("WRITE_BACK_UNDONE").get(0))
                .containsEntry("actor", "admin@example.org")
                .containsEntry("target", run)
                .containsEntry("outcome", undone.getString("run.id"));
    }

    @Test
    @DisplayName("a run that has changed nothing, or is none of ours, cannot be undone")
    void refusesToUndoNothing() {
        String empty = write().getString("run.id");

        json("{\"run\": \"" + empty + "\"}")
                .post(START + "/undo")
                .then()
                .statusCode(409)
                .body("code", is("RUN_NOT_UNDOABLE"));
        json("{\"run\": \"" + NO_ID + "\"}").post(START + "/undo").then().statusCode(404);
        for (String body : List.of("{}", "{\"run\": \" \"}", "{\"run\": null}", "{\"mood\": 1}")) {
            json(body).post(START + "/undo").then().statusCode(400);
        }
        given().post(START + "/undo").then().statusCode(400);
        assertThat(database.collection("runs")
                        .countDocuments(Filters.empty())
                        .await()
                        .atMost(PATIENCE))
                .isEqualTo(1);
        SignedIn.as(SamplePerson.lead).post(START + "/undo").then().statusCode(403);
        machine().post(START + "/undo").then().statusCode(403);
    }
}

package dev.syncline.status;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Multi;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

/** What was given up, over HTTP. A run of this application is given up after its first attempt. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class DeadLetterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LETTERS = "/api/dead-letters/";

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @Inject
    MongoDatabase database;

    @BeforeEach
    void fail() {
        scripted.does(
                scope -> Multi.createFrom().failure(new SyncException(ErrorCode.SOURCE_FAILED, "the source said 500")));
    }

    @AfterEach
    void clear() {
        RunCalls.cancelAll();
        scripted.does(scope -> ScriptedSync.succeeding());
    }

    @Test
    @DisplayName("S1-14: a dead letter is listed and shown with payload, attempts, last error and times")
    void isShown() {
        // When
        String id = given().contentType("application/json")
                .body("{\"mode\": \"dry-run\", \"reason\": \"to try it\"}")
                .post("/api/syncs/scripted/runs")
                .path("id");
        awaitLetter(id);

        // Then
        JsonPath letter =
                given().get(LETTERS + id).then().statusCode(200).extract().jsonPath();
        assertThat(letter.getString("state")).isEqualTo("OPEN");
        assertThat(letter.getString("sync")).isEqualTo("scripted");
        assertThat(letter.getString("payload.mode")).isEqualTo("dry-run");
        assertThat(letter.getString("payload.reason")).isEqualTo("to try it");
        assertThat(letter.getString("payload.trigger.actor")).isEqualTo("admin@example.org");
        assertThat(letter.getString("error.code")).isEqualTo("SOURCE_FAILED");
        assertThat(letter.getString("attempts[0].error.code")).isEqualTo("SOURCE_FAILED");
        assertThat(letter.getString("attempts[0].endedAt")).isNotNull();
        assertThat(letter.getString("failedAt")).isEqualTo(RunCalls.get(id).getString("completedAt"));
        assertThat(given().get("/api/dead-letters?sync=scripted&state=open")
                        .jsonPath()
                        .getList("items.id"))
                .contains(id);
        assertThat(given().get("/api/dead-letters?sync=other").jsonPath().getList("items.id"))
                .doesNotContain(id);
    }

    @Test
    @DisplayName("C0-33: the list is paged, newest first, and refuses values that do not exist")
    void isPaged() {
        List<String> ids = IntStream.range(0, 3).mapToObj(n -> givenUp()).toList();

        JsonPath first = given().get("/api/dead-letters?limit=2").jsonPath();
        JsonPath second = given().queryParam("cursor", first.getString("nextCursor"))
                .get("/api/dead-letters?limit=2")
                .jsonPath();

        assertThat(first.getList("items.id")).containsExactly(ids.get(2), ids.get(1));
        assertThat(second.getList("items.id")).startsWith(ids.get(0));
        given().get("/api/dead-letters?state=lost")
                .then()
                .statusCode(400)
                .body("detail", equalTo("state must be one of OPEN, REPLAYED, DISCARDED"));
        given().get("/api/dead-letters?sync=lost").then().statusCode(400).body("detail", startsWith("sync must be"));
        given().get("/api/dead-letters?cursor="
                        + given().get("/api/runs?limit=1").path("nextCursor"))
                .then()
                .statusCode(400);
    }

    @Test
    @DisplayName("S1-14, C0-48: a replay makes the run again with what it was asked for, and leaves an audit record")
    void isReplayed() {
        // Given
        String id = given().contentType("application/json")
                .body("{\"mode\": \"dry-run\"}")
                .post("/api/syncs/scripted/runs")
                .path("id");
        awaitLetter(id);
        scripted.does(scope -> ScriptedSync.succeeding());

        // When
        Response answer = SignedIn.as(SamplePerson.manager).post(LETTERS + id + "/replay");

        // Then
        String run = answer.then().statusCode(202).extract().path("id");
        assertThat(answer.header("Location")).endsWith("/api/runs/" + run);
        JsonPath ended = RunCalls.awaitEnd(run);
        assertThat(ended.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(ended.getString("mode")).isEqualTo("dry-run");
        assertThat(ended.getString("trigger.kind")).isEqualTo("retry");
        assertThat(ended.getString("trigger.actor")).isEqualTo("manager@example.org");
        assertThat(ended.getString("reason")).isEqualTo("replay of run " + id);
        JsonPath letter = given().get(LETTERS + id).jsonPath();
        assertThat(letter.getString("state")).isEqualTo("REPLAYED");
        assertThat(letter.getString("replay")).isEqualTo(run);
        assertThat(letter.getString("decidedBy")).isEqualTo("manager@example.org");
        assertThat(letter.getString("links.replay")).isNull();
        assertThat(audit("DEAD_LETTER_REPLAYED", id)).singleElement().satisfies(entry -> {
            assertThat(entry.getString("outcome")).isEqualTo(run);
            assertThat(entry.getString("actor")).isEqualTo("manager@example.org");
        });
        given().post(LETTERS + id + "/replay")
                .then()
                .statusCode(409)
                .body("code", equalTo("DEAD_LETTER_DECIDED"))
                .body("detail", equalTo("manager@example.org has replayed it already"));
    }

    @Test
    @DisplayName("S1-14: of many who replay at once one run comes, and the others are told")
    void isReplayedOnce() throws Exception {
        // Given
        String id = givenUp();
        scripted.does(ScriptedSync::hanging);

        // When
        var threads = Executors.newFixedThreadPool(8);
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 8)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> given().post(LETTERS + id + "/replay").statusCode(), threads))
                .toList();
        List<Integer> statuses = calls.stream().map(CompletableFuture::join).toList();
        threads.shutdown();

        // Then: who came while the one was just being stored may have been given the same run
        assertThat(statuses).contains(202).containsOnly(202, 409);
        assertThat(given().get("/api/runs?sync=scripted&trigger=retry&state=RUNNING")
                        .jsonPath()
                        .getList("items.reason"))
                .containsExactly("replay of run " + id);
        assertThat(runsFor(id)).hasSize(1);
    }

    @Test
    @DisplayName("S1-14: while another run is active a replay is refused and the letter stays open")
    void waitsForAnActiveRun() {
        // Given
        String id = givenUp();
        scripted.does(ScriptedSync::hanging);
        String active = RunCalls.start("scripted");

        // When
        given().post(LETTERS + id + "/replay")
                .then()
                .statusCode(409)
                .body("code", equalTo("RUN_ACTIVE"))
                .body("activeRun.id", equalTo(active));

        // Then
        JsonPath letter = given().get(LETTERS + id).jsonPath();
        assertThat(letter.getString("state")).isEqualTo("OPEN");
        assertThat(letter.getString("decidedBy")).isNull();
        assertThat(runsFor(id)).isEmpty();
    }

    @Test
    @DisplayName("S1-14: a replay whose process died before its run was stored goes on with the same call")
    void goesOnAfterACrash() {
        // Given: what such a process leaves
        String id = givenUp();
        scripted.does(scope -> ScriptedSync.succeeding());
        String promised = "01a203ed-510d-7000-89e6-" + id.substring(24);
        var unused = database.collection("dead_letters")
                .updateOne(
                        Filters.eq("_id", id),
                        Updates.combine(Updates.set("state", "REPLAYED"), Updates.set("replay", promised)))
                .await()
                .atMost(PATIENCE);

        // When
        String run = given().post(LETTERS + id + "/replay")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        // Then
        assertThat(run).isEqualTo(promised);
        assertThat(RunCalls.awaitEnd(run).getString("state")).isEqualTo("SUCCEEDED");
    }

    @Test
    @DisplayName("S1-14, C0-48: a discarded letter stays, with who, when and why, and is not replayed any more")
    void isDiscarded() {
        // Given
        String id = givenUp();

        // When
        given().contentType("application/json")
                .body("{\"reason\": \"the feed was down\"}")
                .post(LETTERS + id + "/discard")
                .then()
                .statusCode(200)
                .body("state", equalTo("DISCARDED"))
                .body("note", equalTo("the feed was down"))
                .body("decidedBy", equalTo("admin@example.org"));

        // Then
        assertThat(audit("DEAD_LETTER_DISCARDED", id)).hasSize(1);
        given().post(LETTERS + id + "/discard").then().statusCode(409).body("code", equalTo("DEAD_LETTER_DECIDED"));
        given().post(LETTERS + id + "/replay").then().statusCode(409).body("code", equalTo("DEAD_LETTER_DECIDED"));
        assertThat(runsFor(id)).isEmpty();
    }

    @Test
    @DisplayName("C0-31: what cannot be meant is refused in words")
    void refusesNonsense() {
        String id = givenUp();

        given().contentType("application/json")
                .body("{\"reason\": \"" + "x".repeat(501) + "\"}")
                .post(LETTERS + id + "/discard")
                .then()
                .statusCode(400);
        given().contentType("application/json")
                .body("{\"mood\": \"bad\"}")
                .post(LETTERS + id + "/discard")
                .then()
                .statusCode(400);
        given().get(LETTERS + "nonsense").then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        assertThat(given().get(LETTERS + id).jsonPath().getString("state")).isEqualTo("OPEN");
    }

    private String givenUp() {
        String run = RunCalls.runToEnd("scripted");
        awaitLetter(run);
        return run;
    }

    private static void awaitLetter(String run) {
        await().atMost(PATIENCE).until(() -> given().get(LETTERS + run).statusCode() == 200);
    }

    private List<Document> runsFor(String letter) {
        return find("runs", "reason", "replay of run " + letter);
    }

    private List<Document> audit(String action, String target) {
        return find("audit", "target", target).stream()
                .filter(entry -> action.equals(entry.getString("action")))
                .toList();
    }

    private List<Document> find(String collection, String field, String value) {
        return database.collection(collection)
                .find(Filters.eq(field, value))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }
}

package dev.syncline.status;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

/** Triggers: they answer at once, or with the end for who wants to wait, and a repeat starts nothing twice. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class StartTest {
    private static final String RUNS = "/api/syncs/scripted/runs";
    private static final int WAITING = 200;
    private static final String TOO_LONG = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"
            + "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @TestHTTPResource("/")
    URI root;

    @ConfigProperty(name = ApiProfile.SILENT_SOURCE)
    String silentSource;

    @AfterEach
    void endRuns() {
        RunCalls.cancelAll();
        scripted.does(scope -> ScriptedSync.succeeding());
    }

    @Test
    @DisplayName("C0-01, S1-19: a trigger answers within a second although its source never does")
    void answersBeforeTheSourceDoes() {
        // Given: the first request of its kind pays for classes that are loaded only once
        given().post(RUNS).then().statusCode(202);
        String feed = silentSource + "/permits.json";

        // When
        long before = System.nanoTime();
        Response answer = given().contentType("application/json")
                .body("{\"file_path\":\"" + feed + "\"}")
                .post("/api/sync");
        Duration took = Duration.ofNanos(System.nanoTime() - before);

        // Then
        String run = answer.then()
                .statusCode(202)
                .body("sync_run.status", equalTo("running"))
                .body("sync_run.completed_at", equalTo(null))
                .extract()
                .path("task_id");
        assertThat(took).isLessThan(Duration.ofSeconds(1));
        assertThat(answer.<String>path("sync_run.id")).isEqualTo(run);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> RunCalls.get(run).getString("progress.stage").equals("fetching"));
        assertThat(RunCalls.get(run).getString("state")).isEqualTo("RUNNING");
    }

    @Test
    @DisplayName("C0-01: a trigger asks no name server; what it says is found out by the run")
    void answersBeforeTheNameIsResolved() {
        String run = given().contentType("application/json")
                .body("{\"file_path\":\"" + ApiProfile.UNKNOWN_HOST + "/permits.json\"}")
                .post("/api/sync")
                .then()
                .statusCode(202)
                .extract()
                .path("task_id");

        assertThat(RunCalls.awaitEnd(run).getString("error.code")).isEqualTo("SOURCE_UNREACHABLE");
    }

    @Test
    @DisplayName("C0-01: the answer is 202 with Location, id, state and links, within a second")
    void answersWithEverythingToGoOn() {
        // Given
        scripted.does(ScriptedSync::hanging);
        given().get("/api/syncs").then().statusCode(200);

        // When
        long before = System.nanoTime();
        Response answer = given().post(RUNS);
        Duration took = Duration.ofNanos(System.nanoTime() - before);

        // Then
        String run = answer.then().statusCode(202).extract().path("id");
        assertThat(took).isLessThan(Duration.ofSeconds(1));
        assertThat(answer.header("Location")).endsWith("/api/runs/" + run);
        assertThat(answer.<String>path("state")).isEqualTo("QUEUED");
        assertThat(answer.<String>path("links.self")).isEqualTo("/api/runs/" + run);
        assertThat(answer.<String>path("links.events")).isEqualTo("/api/events?run=" + run);
        assertThat(answer.<String>path("links.cancel")).isEqualTo("/api/runs/" + run + "/cancel");
        given().get(answer.<String>path("links.self")).then().statusCode(200).body("id", equalTo(run));
    }

    @Test
    @DisplayName("C0-03: a second trigger gets 409 with all that is known of the active run")
    void refusesASecondRun() {
        scripted.does(ScriptedSync::hanging);
        String run = RunCalls.start("scripted");
        Awaitility.await().until(() -> RunCalls.get(run).getString("state").equals("RUNNING"));

        given().post(RUNS)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("RUN_ACTIVE"))
                .body("activeRun.id", equalTo(run))
                .body("activeRun.actor", equalTo("admin@example.org"))
                .body("activeRun.startedAt", equalTo(RunCalls.get(run).getString("startedAt")))
                .body("activeRun.progress.read", equalTo(0))
                .body("activeRun.links.events", equalTo("/api/events?run=" + run));
        given().get("/api/runs?sync=scripted&state=RUNNING").then().body("items", hasSize(1));
    }

    @Test
    @DisplayName("C0-08: the same key and body get the first answer, another body gets 422")
    void keepsTheFirstAnswerToAKey() {
        // Given
        String key = "key-" + System.nanoTime();
        Response first = started(key, "{\"reason\":\"one\"}");
        String run = first.then().statusCode(202).extract().path("id");
        RunCalls.awaitEnd(run);

        // Then
        started(key, "{\"reason\":\"one\"}")
                .then()
                .statusCode(202)
                .body("id", equalTo(run))
                .body("trigger.idempotencyKey", equalTo(key));
        started(key, "{\"reason\":\"two\"}")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        started(key, "{\"reason\":\"one\",\"mode\":\"dry-run\"}").then().statusCode(422);
        assertThat(started(key + "b", "{\"reason\":\"one\"}").<String>path("id"))
                .as("another key, another run")
                .isNotEqualTo(run);
    }

    private static Response started(String key, String body) {
        return given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post(RUNS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\u00e9", TOO_LONG})
    void refusesAKeyThatIsNone(String key) {
        given().header("Idempotency-Key", key)
                .post(RUNS)
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_PARAMETER"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=3", "respond-async, wait=3", "wait=\"3\"; foo=bar", "Wait = 3", "wait=999999"})
    @DisplayName("C0-09: Prefer: wait=N answers with the run that has ended")
    void waitsForTheEnd(String prefer) {
        given().header("Prefer", prefer)
                .post(RUNS)
                .then()
                .statusCode(200)
                .body("state", equalTo("SUCCEEDED"))
                .body("counts.added", equalTo(4))
                .body("counts.read", equalTo(9));
    }

    @Test
    @DisplayName("C0-09: ?wait=true answers with the run that has ended, and a failed one with its failure's status")
    void waitsAlsoByParameter() {
        given().post(RUNS + "?wait=true").then().statusCode(200).body("state", equalTo("SUCCEEDED"));

        scripted.does(scope -> {
            throw new SyncException(ErrorCode.FEED_EMPTY, "the feed holds no records");
        });
        given().post(RUNS + "?wait=true")
                .then()
                .statusCode(422)
                .body("state", equalTo("FAILED"))
                .body("error.code", equalTo("FEED_EMPTY"))
                .body("error.message", equalTo("the feed holds no records"))
                .body("error.nextStep", equalTo("Check the source; nothing was changed or closed."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=0", "wait=-1", "wait=soon", "wait", "return=minimal", "await=9", "wait=99999999999"})
    @DisplayName("C0-09: a preference that grants no time is answered at once")
    void doesNotWaitWithoutTime(String prefer) {
        scripted.does(ScriptedSync::hanging);

        given().header("Prefer", prefer).post(RUNS).then().statusCode(202).body("state", equalTo("QUEUED"));
    }

    @Test
    @DisplayName("C0-09: the wait is capped; when it is over, the answer is 202 with the run as it is then")
    void stopsWaiting() {
        scripted.does(ScriptedSync::hanging);

        long before = System.nanoTime();
        Response answer = given().header("Prefer", "wait=600").post(RUNS);
        Duration took = Duration.ofNanos(System.nanoTime() - before);

        answer.then().statusCode(202).body("state", equalTo("RUNNING"));
        assertThat(took).isBetween(Duration.ofSeconds(ApiProfile.MAX_WAIT_SECONDS), Duration.ofSeconds(30));
    }

    @Test
    @DisplayName("C0-09: 200 callers wait for one run without a thread or a loop of queries each")
    void manyWait() {
        // Given
        CompletableFuture<Void> gate = new CompletableFuture<>();
        scripted.does(scope ->
                Uni.createFrom().completionStage(gate).onItem().transformToMulti(open -> ScriptedSync.succeeding()));
        ExecutorService two = Executors.newFixedThreadPool(2);
        HttpClient client = HttpClient.newBuilder().executor(two).build();
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        String key = "many-" + System.nanoTime();

        // When
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, WAITING)
                .mapToObj(i -> client.sendAsync(waiting(key), BodyHandlers.ofString()))
                .toList();
        Awaitility.await("a second in which fewer queries are made than callers wait")
                .pollDelay(Duration.ofSeconds(1))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> CountedQueries.findsSinceLastAsked() < WAITING / 4);
        int threads = ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore;
        assertThat(answers).as("all of them wait").noneMatch(CompletableFuture::isDone);
        gate.complete(null);

        // Then
        Set<String> runs = new HashSet<>();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            HttpResponse<String> response =
                    answer.orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(response.statusCode()).isEqualTo(200);
            JsonPath run = JsonPath.from(response.body());
            assertThat(run.getString("state")).isEqualTo("SUCCEEDED");
            runs.add(run.getString("id"));
        }
        two.shutdownNow();
        assertThat(runs).as("one key, one run").hasSize(1);
        assertThat(threads).isLessThan(WAITING / 4);
    }

    private HttpRequest waiting(String key) {
        return HttpRequest.newBuilder(root.resolve(RUNS + "?wait=true"))
                .header("Authorization", SignedIn.bearer(SamplePerson.admin))
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.noBody())
                .build();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"mode\":\"fast\"}", "{\"mode\":1}", "{\"mode\":{}}", "[]", "\"live\"", "{", "{\"mode\":"})
    void refusesABodyThatMakesNoSense(String body) {
        given().contentType("application/json")
                .body(body)
                .post(RUNS)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", org.hamcrest.Matchers.not(org.hamcrest.Matchers.containsString("Exception")));
        given().get("/api/runs?sync=scripted&state=RUNNING").then().body("items", hasSize(0));
    }

    @Test
    @DisplayName("C0-13: a dry run is marked as one")
    void marksADryRun() {
        given().contentType("application/json")
                .body("{\"mode\":\"dry-run\",\"reason\":\"to see\"}")
                .header("Prefer", "wait=3")
                .post(RUNS)
                .then()
                .statusCode(200)
                .body("mode", equalTo("dry-run"))
                .body("reason", equalTo("to see"));
    }
}

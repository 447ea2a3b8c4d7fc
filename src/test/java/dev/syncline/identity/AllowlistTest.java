package dev.syncline.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.dev.SamplePerson;
import dev.syncline.status.RunCalls;
import dev.syncline.status.ScriptedSync;

import static dev.syncline.SignedIn.as;
import static dev.syncline.SignedIn.nobody;
import static dev.syncline.identity.AllowlistDesk.SAMPLES;
import static dev.syncline.identity.AllowlistDesk.await;
import static dev.syncline.identity.IdentitySettings.settings;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@TestProfile(IdentityProfile.class)
class AllowlistTest {
    private static final String PATH = "/api/config/allowlist";

    @Inject
    AllowlistDesk desk;

    @Inject
    AuditDesk audit;

    @Inject
    IdentityConfig product;

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @BeforeEach
    @AfterEach
    void reset() {
        desk.reset();
        audit.clear();
    }

    private static Response put(SamplePerson by, List<String> emails) {
        return putBody(by, new io.vertx.core.json.JsonArray(emails).encode());
    }

    private static Response putBody(SamplePerson by, String emails) {
        return as(by).contentType("application/json")
                .body("{\"emails\":" + emails + "}")
                .put(PATH);
    }

    private static List<String> samplesWithout(SamplePerson person) {
        return SAMPLES.stream().filter(email -> !email.equals(person.email())).toList();
    }

    @Test
    @DisplayName("S0-44: a lead reads the list, in the family's envelope")
    void isShown() {
        Response answer = as(SamplePerson.lead).get(PATH);

        answer.then().statusCode(200).body("error", nullValue()).body("$", hasKey("error"));
        JsonPath data = answer.jsonPath().setRootPath("data");
        assertThat(data.getList("allowlist")).isEqualTo(SAMPLES);
        assertThat(data.getList("diff.added")).isEmpty();
        assertThat(data.getList("diff.removed")).isEmpty();
        assertThat(data.getList("diff.unchanged")).isEqualTo(SAMPLES);
        assertThat(data.getString("metadata.lastUpdatedAt")).isEqualTo("2026-01-31T06:00:00Z");
        assertThat(data.getString("metadata.updatedBy")).isEqualTo("configuration");
        assertThat(answer.jsonPath().getMap("$").keySet()).isEqualTo(java.util.Set.of("data", "error"));
    }

    @Test
    @DisplayName("S0-44: a lead replaces the list; letter case and blanks do not count, and a repeat is one address")
    void isReplaced() {
        Instant before = Instant.now();
        List<String> wanted = List.of(
                "  New@Example.ORG ",
                "new@example.org",
                "NEW@EXAMPLE.ORG\t",
                "other@example.com",
                "Lead@Example.org",
                "admin@example.org",
                "manager@example.org");

        Response answer = put(SamplePerson.lead, wanted);

        answer.then().statusCode(200).body("error", nullValue());
        JsonPath data = answer.jsonPath().setRootPath("data");
        List<String> list = List.of(
                "admin@example.org", "lead@example.org", "manager@example.org", "new@example.org", "other@example.com");
        assertThat(data.getList("allowlist")).isEqualTo(list);
        assertThat(data.getList("diff.added")).isEqualTo(List.of("new@example.org", "other@example.com"));
        assertThat(data.getList("diff.removed")).isEqualTo(List.of("unverified@example.org", "viewer@example.org"));
        assertThat(data.getList("diff.unchanged")).isEqualTo(list.subList(0, 3));
        assertThat(data.getString("metadata.updatedBy")).isEqualTo("lead@example.org");
        assertThat(Instant.parse(data.getString("metadata.lastUpdatedAt")))
                .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        as(SamplePerson.admin)
                .get(PATH)
                .then()
                .body("data.allowlist", equalTo(list))
                .body("data.metadata.updatedBy", equalTo("lead@example.org"));
    }

    @Test
    @DisplayName("C0-48: a change of the list leaves one audit record, with who was added and removed")
    void isAudited() {
        as(SamplePerson.lead)
                .header("x-request-id", "allowlist-change-1")
                .header("X-Forwarded-For", "203.0.113.9")
                .contentType("application/json")
                .body("{\"emails\":[\"lead@example.org\",\"new@example.org\"]}")
                .put(PATH)
                .then()
                .statusCode(200);

        assertThat(audit.all()).singleElement().satisfies(entry -> {
            assertThat(entry)
                    .containsEntry("type", "allowlist_change")
                    .containsEntry("action", "ALLOWLIST_CHANGED")
                    .containsEntry("actor", "lead@example.org")
                    .containsEntry("target", "allowlist")
                    .containsEntry("outcome", "success")
                    .containsEntry("status", "success")
                    .containsEntry("ip", "203.0.113.9")
                    .containsEntry("requestId", "allowlist-change-1");
            assertThat(entry.getDate("at").toInstant())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
            assertThat(entry.get("context", Document.class))
                    .containsEntry("added", List.of("new@example.org"))
                    .containsEntry(
                            "removed",
                            List.of(
                                    "admin@example.org",
                                    "manager@example.org",
                                    "unverified@example.org",
                                    "viewer@example.org"));
        });
    }

    @ParameterizedTest
    @CsvSource({"viewer,403,LEAD_ROLE_REQUIRED", "manager,403,LEAD_ROLE_REQUIRED", "lead,200,", "admin,200,"})
    @DisplayName("S0-44: lead and admin read and edit the list, others do neither")
    void isForLeads(SamplePerson person, int status, String code) {
        as(person).get(PATH).then().statusCode(status).body("error?.code", equalTo(code));
        put(person, SAMPLES).then().statusCode(status).body("error?.code", equalTo(code));
    }

    @Test
    @DisplayName("S0-2: nobody reads or edits the list without a session")
    void isNotForNobody() {
        nobody().get(PATH)
                .then()
                .statusCode(401)
                .body("data", nullValue())
                .body("error.code", equalTo("UNAUTHENTICATED"));
        nobody().contentType("application/json")
                .body("{\"emails\":[\"mallory@example.org\"]}")
                .put(PATH)
                .then()
                .statusCode(401)
                .body("data", nullValue())
                .body("error.code", equalTo("UNAUTHENTICATED"));
        assertThat(desk.listed()).isEqualTo(SAMPLES);
    }

    @Test
    @DisplayName("S0-44: what a manager sends changes nothing")
    void isKeptFromManagers() {
        put(SamplePerson.manager, List.of("manager@example.org")).then().statusCode(403);

        assertThat(desk.listed()).isEqualTo(SAMPLES);
    }

    static Stream<Arguments> wrong() {
        String tooMany = IntStream.rangeClosed(1, 10_001)
                .mapToObj(i -> "\"p" + i + "@example.org\"")
                .collect(Collectors.joining(",", "[", "]"));
        String tooLong = "\"" + "a".repeat(64) + "@" + ("b".repeat(60) + ".").repeat(4) + "example.org\"";
        return Stream.of(
                Arguments.of("no JSON", "{\"emails\":[", "INVALID_JSON"),
                Arguments.of("no JSON either", "emails=a", "INVALID_JSON"),
                Arguments.of("no object", "[\"lead@example.org\"]", "INVALID_JSON"),
                Arguments.of("no list", "{\"emails\":{\"a\":1}}", "INVALID_JSON"),
                Arguments.of("another member", "{\"emails\":[\"lead@example.org\"],\"add\":[]}", "INVALID_JSON"),
                Arguments.of("nothing", "", "INVALID_ALLOWLIST"),
                Arguments.of("null", "null", "INVALID_ALLOWLIST"),
                Arguments.of("no emails", "{}", "INVALID_ALLOWLIST"),
                Arguments.of("null for a list", "{\"emails\":null}", "INVALID_ALLOWLIST"),
                Arguments.of("an empty list", "{\"emails\":[]}", "INVALID_ALLOWLIST"),
                Arguments.of("a null entry", emails("null"), "INVALID_ALLOWLIST"),
                Arguments.of("a blank entry", emails("\" \""), "INVALID_ALLOWLIST"),
                Arguments.of("a number", emails("17"), "INVALID_ALLOWLIST"),
                Arguments.of("no at sign", emails("\"sam.example.org\""), "INVALID_ALLOWLIST"),
                Arguments.of("two at signs", emails("\"sam@x@example.org\""), "INVALID_ALLOWLIST"),
                Arguments.of("two addresses in one", emails("\"a@example.org,b@example.org\""), "INVALID_ALLOWLIST"),
                Arguments.of("a name with it", emails("\"Sam <sam@example.org>\""), "INVALID_ALLOWLIST"),
                Arguments.of("a pattern", emails("\"@example.org\""), "INVALID_ALLOWLIST"),
                Arguments.of("a blank within", emails("\"sam smith@example.org\""), "INVALID_ALLOWLIST"),
                Arguments.of("a line break within", emails("\"sam\\r\\nx@example.org\""), "INVALID_ALLOWLIST"),
                Arguments.of("a control character", emails("\"sam\\u0000@example.org\""), "INVALID_ALLOWLIST"),
                Arguments.of("too long", emails(tooLong), "INVALID_ALLOWLIST"),
                Arguments.of("another domain", emails("\"sam@example.net\""), "INVALID_ALLOWLIST"),
                Arguments.of("a domain below", emails("\"sam@mail.example.org\""), "INVALID_ALLOWLIST"),
                Arguments.of("a domain with that end", emails("\"sam@evilexample.org\""), "INVALID_ALLOWLIST"),
                Arguments.of("too many", "{\"emails\":" + tooMany + "}", "INVALID_ALLOWLIST"));
    }

    private static String emails(String wrong) {
        return "{\"emails\":[\"lead@example.org\"," + wrong + "]}";
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("wrong")
    @DisplayName("S0: a list that cannot be meant is refused with its code, and nothing is changed")
    void isChecked(String what, String body, String code) {
        Response answer =
                as(SamplePerson.lead).contentType("application/json").body(body).put(PATH);

        answer.then().statusCode(400).body("data", nullValue()).body("error.code", equalTo(code));
        assertThat(answer.asString().length()).as("an answer repeats no masses").isLessThan(2_000);
        assertThat(desk.listed()).isEqualTo(SAMPLES);
        assertThat(audit.ofType(AuditType.allowlist_change)).isEmpty();
    }

    @Test
    @DisplayName("S0: a list of 10,000 is taken")
    void mayBeLong() {
        List<String> many = Stream.concat(
                        SAMPLES.stream(),
                        IntStream.range(SAMPLES.size(), 10_000).mapToObj(i -> "p" + i + "@example.org"))
                .toList();

        put(SamplePerson.lead, many).then().statusCode(200);

        assertThat(desk.listed()).hasSize(10_000);
        as(SamplePerson.viewer).get("/api/me").then().statusCode(200);
    }

    // --- the last lead

    @Test
    @DisplayName("S0-44: the last lead cannot remove itself")
    void keepsTheLastLead() {
        desk.leads("lead@example.org");

        put(SamplePerson.lead, List.of("manager@example.org", "viewer@example.org"))
                .then()
                .statusCode(409)
                .body("data", nullValue())
                .body("error.code", equalTo("LAST_LEAD"));

        assertThat(desk.listed()).isEqualTo(SAMPLES);
        as(SamplePerson.lead).get(PATH).then().statusCode(200);
    }

    @Test
    @DisplayName("S0-44: with another lead on the list, a lead may remove itself, and is out at once")
    void letsALeadGo() {
        desk.leads("lead@example.org", "admin@example.org");

        put(SamplePerson.lead, samplesWithout(SamplePerson.lead)).then().statusCode(200);

        as(SamplePerson.lead).get(PATH).then().statusCode(403).body("error.details.reason", equalTo("NOT_ALLOWLISTED"));
        as(SamplePerson.admin).get(PATH).then().statusCode(200);
    }

    @Test
    @DisplayName("S0-44: a lead who is not on the list any more is none who could stay")
    void countsLeadsOnTheListAlone() {
        desk.leads("lead@example.org", "gone@example.org");

        put(SamplePerson.lead, samplesWithout(SamplePerson.lead)).then().statusCode(409);
    }

    @Test
    @DisplayName("S0-44: two leads who remove each other at the same moment do not both succeed")
    void keepsOneOfTwoLeads() {
        int rounds = 150;
        Allowlist here = desk.allowlist(settings());
        Allowlist there = desk.allowlist(settings());
        Account ann = lead("ann@example.org");
        Account bob = lead("bob@example.org");
        desk.leads(ann.name(), bob.name());
        for (int round = 0; round < rounds; round++) {
            desk.put(List.of(ann.name(), bob.name()));

            // When
            CompletableFuture<String> first = outcome(here.replace(List.of(ann.name()), ann));
            CompletableFuture<String> second = outcome(there.replace(List.of(bob.name()), bob));

            // Then
            assertThat(List.of(first.join(), second.join()))
                    .as("round %d", round)
                    .containsExactlyInAnyOrder("replaced", "NOT_ALLOWLISTED");
            String left = first.join().equals("replaced") ? ann.name() : bob.name();
            assertThat(desk.listed()).containsExactly(left);
        }
    }

    private static CompletableFuture<String> outcome(Uni<Allowlist.Change> change) {
        return change.map(done -> "replaced")
                .onFailure(RefusedException.class)
                .recoverWithItem(
                        failure -> ((RefusedException) failure).reason().name())
                .subscribeAsCompletionStage()
                .orTimeout(30, java.util.concurrent.TimeUnit.SECONDS);
    }

    private static Account lead(String email) {
        return new Account("id of " + email, email, Role.lead, null, null, Instant.MAX);
    }

    @Test
    @DisplayName("S0-3: who was removed does not change the list, also where that is not known yet")
    void doesNotServeWhoWasRemoved() {
        Account gone = lead("gone@example.org");
        desk.leads("gone@example.org", "lead@example.org");

        assertThat(outcome(desk.allowlist(settings()).replace(List.of("gone@example.org"), gone))
                        .join())
                .isEqualTo("NOT_ALLOWLISTED");
        assertThat(desk.listed()).isEqualTo(SAMPLES);
    }

    // --- when it takes effect

    @Test
    @DisplayName("S0-3: who was removed is refused at once where it was done, with a token that is still good")
    void isEffectiveHereAtOnce() {
        as(SamplePerson.viewer).get("/api/runs").then().statusCode(200);

        put(SamplePerson.lead, samplesWithout(SamplePerson.viewer)).then().statusCode(200);

        as(SamplePerson.viewer)
                .get("/api/runs")
                .then()
                .statusCode(403)
                .body("code", equalTo("FORBIDDEN"))
                .body("reason", equalTo("NOT_ALLOWLISTED"));
        put(SamplePerson.lead, SAMPLES).then().statusCode(200);
        as(SamplePerson.viewer).get("/api/runs").then().statusCode(200);
    }

    @Test
    @DisplayName("S0-3: another process knows of it within the refresh interval, which is far less than 30 s")
    void isEffectiveElsewhereSoon() {
        assertThat(product.refreshInterval()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        Admissions elsewhere = desk.admissions(settings("refresh-interval", "2S"));
        long asked = System.nanoTime();
        assertThat(await(elsewhere.now()).emails().orElseThrow()).contains("viewer@example.org");

        put(SamplePerson.lead, samplesWithout(SamplePerson.viewer)).then().statusCode(200);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !await(elsewhere.now()).emails().orElseThrow().contains("viewer@example.org"));
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .as("what is known is believed for a while, so that a request costs no look-up")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("Issue 4: a person who is removed in mid-run is refused, and the run goes on")
    void leavesTheRun() {
        // Given
        RunCalls.cancelAll();
        CompletableFuture<Void> gate = new CompletableFuture<>();
        scripted.does(scope ->
                Uni.createFrom().completionStage(gate).onItem().transformToMulti(open -> ScriptedSync.succeeding()));
        String run = as(SamplePerson.manager)
                .post("/api/syncs/scripted/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Awaitility.await().until(() -> RunCalls.get(run).getString("state").equals("RUNNING"));

        // When
        put(SamplePerson.lead, samplesWithout(SamplePerson.manager)).then().statusCode(200);

        // Then
        as(SamplePerson.manager).post("/api/runs/" + run + "/cancel").then().statusCode(403);
        assertThat(RunCalls.get(run).getString("state")).isEqualTo("RUNNING");
        gate.complete(null);
        JsonPath ended = RunCalls.awaitEnd(run);
        assertThat(ended.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(ended.getString("trigger.actor")).isEqualTo("manager@example.org");
        given().get("/api/runs/" + run).then().statusCode(200);
    }

    // --- the first list

    @Test
    @DisplayName(
            "S0-44: the first list of the configuration is stored once, and later starts leave the stored one alone")
    void isTakenFromTheConfigurationOnce() {
        desk.remove();

        // When many processes start at the same time
        List<CompletableFuture<Allowlist.Stored>> starts = IntStream.range(0, 20)
                .mapToObj(i -> desk.allowlist(
                                settings("allowed-emails", " Ann@Example.org,bob@example.org,ann@example.org"))
                        .read()
                        .map(java.util.Optional::orElseThrow)
                        .subscribeAsCompletionStage())
                .toList();

        // Then
        assertThat(starts).allSatisfy(start -> {
            Allowlist.Stored stored =
                    start.orTimeout(30, java.util.concurrent.TimeUnit.SECONDS).join();
            assertThat(stored.emails()).containsExactly("ann@example.org", "bob@example.org");
            assertThat(stored.updatedBy()).isEqualTo("configuration");
            assertThat(stored.version()).isEqualTo(1);
        });
        Allowlist later = desk.allowlist(settings("allowed-emails", "eve@example.org"));
        assertThat(await(later.read()).orElseThrow().emails()).containsExactly("ann@example.org", "bob@example.org");
        assertThat(desk.listed()).containsExactly("ann@example.org", "bob@example.org");
    }
}

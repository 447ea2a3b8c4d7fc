package dev.syncline.identity;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.CapturedLog;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.RunCalls;
import dev.syncline.status.ScriptedSync;

import static dev.syncline.SignedIn.as;
import static dev.syncline.SignedIn.nobody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values that can be told from all others are planted where secrets and personal data go in, and looked for where they must not
 * come out.
 *
 * <p>Planted: the client's, the session's and both machines' secrets in the configuration; bearer tokens that are good, foreign,
 * altered, nested and encrypted; passwords and codes of a log-in; cookies; an e-mail address and a telephone number in good,
 * rejected and malformed records of a feed, in an address, a query, a body, a header, and as a caller who is refused.
 *
 * <p>Looked for: in every log record of the application of every level that is switched on, with its parameters, its context
 * and the text of its failures; in {@code /q/metrics}, {@code /q/health} and the API description; in every error body; in all
 * runs, by list and one by one; in the audit trail. Secrets and tokens may be in none of them. An e-mail address may stand
 * where somebody is meant to see who it was (S0-7): as the actor of a run or an audit record, in the allowlist; and what a
 * record held that was rejected stands in the run's rejections (C0-11). Neither is asked here. An error body may repeat to its
 * sender the address that was just sent, so error bodies are searched for secrets and tokens, and those of a feed's calls for
 * all.
 */
@QuarkusTest
@TestProfile(IdentityProfile.class)
@DisplayName("C0-46: no secret and nobody's data in logs, metrics, errors and runs")
class CanariesTest {
    private static final String MAIL = "canary.person@example.org";
    private static final String PHONE = "416-555-0142";
    private static final String PASSWORD = "canary-password-5Hd8s";
    private static final String CODE = "canary-code-2Lf7b";
    private static final String COOKIE = "canary-cookie-9Pj4n";

    @Inject
    AllowlistDesk allowlist;

    @Inject
    AuditDesk audit;

    @Inject
    MongoDatabase database;

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @ConfigProperty(name = "syncline.permits.import-directory")
    Path imports;

    @TestHTTPResource("/")
    URI root;

    private final List<String> errors = new ArrayList<>();
    private final List<String> feedErrors = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private CapturedLog log;

    @BeforeEach
    void listen() {
        allowlist.reset();
        RunCalls.cancelAll();
        for (String collection : List.of("permits", "changes", "rejections", "sweeps", "runs")) {
            AllowlistDesk.await(database.collection(collection).deleteMany(new Document()));
        }
        audit.clear();
        log = new CapturedLog();
    }

    @AfterEach
    void end() {
        log.close();
        scripted.does(scope -> ScriptedSync.succeeding());
        allowlist.reset();
    }

    @Test
    void areNowhere() throws Exception {
        // Given
        callWithTokens();
        callAsMachines();
        logInBadly();
        callWithPersonalData();
        fail();
        List<String> runs = readFeeds();

        // When
        audit.writeCounts();
        log.close();
        Map<String, String> seen = new LinkedHashMap<>();
        for (ExtLogRecord entry : log.records()) {
            seen.put("log line " + seen.size(), text(entry));
        }
        for (String path : List.of("/q/metrics", "/q/health", "/q/openapi", "/api/runs?limit=100", "/api/sync")) {
            seen.put(path, given().get(path).then().statusCode(200).extract().asString());
        }
        for (String run : runs) {
            seen.put(run, given().get("/api/runs/" + run).asString());
        }
        assertThat(runs)
                .as("what the runs came to")
                .extracting(run -> RunCalls.get(run).getString("state"))
                .startsWith("SUCCEEDED", "PARTIAL")
                .hasSize(12)
                .contains("FAILED");
        seen.put("errors of feeds", String.join("\n", feedErrors));

        // Then
        assertThat(log.records()).as("failures were logged").anySatisfy(entry -> assertThat(entry.getThrown())
                .isInstanceOf(IllegalStateException.class));
        assertThat(seen.get("/q/metrics")).contains("syncline_auth_refusals_total");
        assertThat(errors).hasSizeGreaterThan(40);
        seen.forEach((where, text) -> {
            assertHoldsNoSecret(where, text);
            assertThat(text).as(where).doesNotContainIgnoringCase(MAIL).doesNotContain(PHONE, "4165550142");
        });
        errors.forEach(error -> assertHoldsNoSecret("an error", error));
        assertHoldsNoSecret("the audit trail", audit.everything().toString());
        assertThat(audit.everything().toString()).doesNotContain(PHONE);
    }

    private void assertHoldsNoSecret(String where, String text) {
        assertThat(text)
                .as(where)
                .doesNotContain(
                        IdentityProfile.CLIENT_SECRET,
                        IdentityProfile.SESSION_SECRET,
                        IdentityProfile.SCHEDULER_SECRET,
                        IdentityProfile.WRITE_BACK_SECRET,
                        PASSWORD,
                        CODE,
                        COOKIE);
        for (String token : tokens) {
            Arrays.stream(token.split("\\."))
                    .filter(part -> part.length() > 30)
                    .forEach(part -> assertThat(text).as(where).doesNotContain(part.substring(part.length() - 30)));
        }
    }

    /** Everything that a handler could print of it. */
    private static String text(ExtLogRecord entry) {
        StringBuilder text = new StringBuilder(entry.getLoggerName() + " " + entry.getFormattedMessage() + " "
                + entry.getMessage() + " " + Arrays.toString(entry.getParameters()) + " " + entry.getMdcCopy());
        for (@Nullable Throwable failure = entry.getThrown(); failure != null; failure = failure.getCause()) {
            text.append('\n').append(failure);
            for (Throwable suppressed : failure.getSuppressed()) {
                text.append('\n').append(suppressed);
            }
        }
        return text.toString();
    }

    private Response told(Response answer) {
        if (answer.statusCode() >= 400) {
            errors.add(answer.headers() + "\n" + answer.asString());
        }
        return answer;
    }

    private void get(RequestSpecification request, String path) {
        var unused = told(request.get(path));
    }

    private void post(RequestSpecification request, String path) {
        var unused = told(request.post(path));
    }

    private void callWithTokens() throws JoseException {
        for (SamplePerson person : SamplePerson.values()) {
            tokens.add(SignedIn.token(person));
            for (String path : List.of("/api/runs", "/api/me", "/api/audit", "/api/config/allowlist", "/api/nothing")) {
                get(as(person), path);
            }
            post(as(person), "/api/syncs/nothing/runs");
            get(as(person).queryParam("access_token", SignedIn.token(person)), "/api/runs?limit=0");
        }
        Map<String, String> bad = BadCredentials.all(
                SignedIn.token(SamplePerson.viewer), "http://127.0.0.1:" + root.getPort() + "/dev/identity");
        bad.values().forEach(token -> {
            tokens.add(token);
            get(nobody().header("Authorization", "Bearer " + token), "/api/runs");
            get(nobody().header("Authorization", "Bearer " + token), "/api/audit");
            get(nobody().header("Authorization", "Bearer " + token), "/");
            get(nobody().header("Authorization", "Bearer " + token).redirects().follow(false), "/login");
        });
        get(nobody().header("Authorization", "Basic " + PASSWORD), "/api/runs");
    }

    private void callAsMachines() {
        for (String secret : List.of(IdentityProfile.SCHEDULER_SECRET, IdentityProfile.WRITE_BACK_SECRET)) {
            for (String path :
                    List.of("/api/sync/run", "/api/sync/write-back", "/api/sync/queue", "/api/sync/manual")) {
                post(nobody().header("Authorization", "Bearer " + secret), path);
                post(nobody().header("Authorization", "Bearer " + secret + "x"), path);
                post(nobody().header("X-Appengine-Cron", "true").header("X-Internal-Service-Token", secret), path);
                post(nobody().header("X-Internal-Service-Token", secret), path);
            }
        }
    }

    private void logInBadly() {
        RequestSpecification[] visits = {
            nobody().queryParam("code", CODE).queryParam("state", CODE),
            nobody().queryParam("code", CODE).queryParam("state", CODE).cookie("q_auth_" + CODE, COOKIE),
            nobody().queryParam("error", CODE).queryParam("error_description", PASSWORD),
            nobody().cookie("q_session", COOKIE + "|" + COOKIE + "|" + COOKIE),
            nobody().cookie("q_session", tokens.get(0) + "|" + tokens.get(1) + "|" + COOKIE)
        };
        for (RequestSpecification visit : visits) {
            visit.redirects().follow(false);
            get(visit, "/login");
            get(visit, "/api/runs");
            get(visit, "/");
            post(visit, "/logout");
        }
        post(
                nobody().formParam("grant_type", "password")
                        .formParam("username", "nobody")
                        .formParam("password", PASSWORD),
                "/dev/identity/token");
        LoggedIn manager = LoggedIn.as(SamplePerson.manager, root);
        assertThat(manager.get("/api/me").statusCode()).isEqualTo(200);
        assertThat(manager.post("/logout").statusCode()).isEqualTo(204);
    }

    private void callWithPersonalData() {
        for (String value : List.of(MAIL, PHONE)) {
            get(given(), "/api/runs/" + value);
            get(given(), "/api/permits/" + value);
            get(given(), "/api/syncs/" + value);
            get(given(), "/" + value);
            get(given().queryParam("sync", value), "/api/runs");
            get(given().queryParam("status", value), "/api/permits");
            get(given().header("x-request-id", value + " "), "/api/nothing");
            get(given().header("X-Forwarded-For", value), "/api/nothing");
            post(given().header("Idempotency-Key", value + " x"), "/api/syncs/scripted/runs");
            post(
                    given().contentType("application/json").body("{\"mode\":\"" + value + "\"}"),
                    "/api/syncs/scripted/runs");
            post(given().contentType("application/json").body("{" + value + "}"), "/api/syncs/scripted/runs");
            post(given().contentType("application/json").body("{\"" + value + "\":1}"), "/api/sync");
            var unused = told(as(SamplePerson.lead)
                    .contentType("application/json")
                    .body("{\"emails\":[\"" + value + "\",\"no " + value + "\"]}")
                    .put("/api/config/allowlist"));
        }
        allowlist.put(List.of("admin@example.org", "lead@example.org", MAIL));
        allowlist.refresh();
        get(as(SamplePerson.viewer), "/api/runs");
        allowlist.reset();
    }

    /** Failures that leave a stack in the log, with all of it in the request. */
    private void fail() {
        for (String how : List.of("bug", "late", "command", "away", "unavailable", "write")) {
            for (String family : List.of("/api/runs/broken-", "/api/permits/broken-")) {
                get(
                        given().queryParam("who", MAIL)
                                .queryParam("code", CODE)
                                .header("X-Phone", PHONE)
                                .cookie("q_session", COOKIE),
                        family + how);
            }
        }
    }

    /** The runs that came of feeds with somebody's data in all kinds of places. */
    private List<String> readFeeds() throws IOException {
        String good =
                "{\"PERMIT_NUM\":\"24 9%05d CAN\",\"REVISION_NUM\":\"00\",\"STATUS\":\"%s\",\"PERMIT_TYPE\":\"House\","
                        + "\"STREET_NUM\":\"1\",\"STREET_NAME\":\"KING\",\"RESIDENTIAL\":%s,\"DESCRIPTION\":\"call %s\","
                        + "\"BUILDER_NAME\":\"%s\"}";
        String record = good.formatted(1, "Inspection", "1", PHONE, MAIL);
        String rejected = good.formatted(2, "Inspection", "\"" + MAIL + " " + PHONE + "\"", PHONE, MAIL);
        Map<String, String> feeds = new LinkedHashMap<>();
        feeds.put("good", "[" + record + "," + good.formatted(3, MAIL, "1", PHONE, MAIL) + "]");
        feeds.put("rejected", "[" + record + "," + (record + ",").repeat(200) + rejected + "]");
        feeds.put("mostly-rejected", "[" + rejected + "," + record + "," + rejected + "]");
        feeds.put("no-array", "{\"" + MAIL + "\":\"" + PHONE + "\"}");
        feeds.put("no-json", MAIL + " " + PHONE);
        feeds.put("word-within", "[" + record + "," + "canary" + PHONE + "]");
        feeds.put("word-as-value", "[{\"PERMIT_NUM\": " + MAIL.replace("@", "_at_") + "}]");
        feeds.put("cut", "[" + record + "," + record.substring(0, record.indexOf(MAIL) + MAIL.length()));
        feeds.put("odd-number", "[{\"PERMIT_NUM\": 416-555-0142}]");
        feeds.put("other-columns", "[{\"" + MAIL + "\":\"" + PHONE + "\"}]");
        feeds.put("strings", "[\"" + MAIL + "\",\"" + PHONE + "\"]");
        feeds.put("deep", "[{\"PERMIT_NUM\":{\"" + MAIL + "\":[\"" + PHONE + "\"]}}]");
        Files.createDirectories(imports);
        List<String> runs = new ArrayList<>();
        for (Map.Entry<String, String> feed : feeds.entrySet()) {
            String name = "canary-" + feed.getKey() + ".json";
            Files.writeString(imports.resolve(name), feed.getValue());
            Response answer = as(SamplePerson.manager)
                    .contentType("application/json")
                    .body("{\"file_path\":\"" + name + "\"}")
                    .post("/api/sync?wait=true");
            feedErrors.add(answer.asString());
            String run = answer.path("task_id");
            runs.add(run == null ? latestRun() : run);
        }
        return runs;
    }

    private static String latestRun() {
        return given().get("/api/runs?sync=permits&limit=1").path("items[0].id");
    }
}

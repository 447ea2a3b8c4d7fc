package dev.syncline.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.status.ApiProfile;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(ApiProfile.class)
@DisplayName("C0-31: every error comes in its family's shape, as JSON, and says nothing that is ours alone")
class ErrorAnswersTest {
    private static final List<String> OURS_ALONE =
            List.of("Exception", "Error:", "\tat ", "dev.syncline", "io.quarkus", "com.mongodb", BrokenResource.SECRET);
    private static final int TOO_LARGE = 1_100_000;

    @TestHTTPResource("/")
    URI root;

    private static final Call PLAIN = new Call(null, null, null);

    /** What is sent beside method and address. */
    private record Call(
            @Nullable String accept,
            @Nullable String contentType,
            @Nullable String body) {
        Response send(String method, String path) {
            RequestSpecification request = given();
            if (accept != null) {
                request.accept(accept);
            }
            if (body != null) {
                request.contentType(contentType).body(body);
            }
            return request.request(method, path);
        }

        @Override
        public String toString() {
            return accept == null ? String.valueOf(contentType) : accept;
        }
    }

    private static Call accept(String type) {
        return new Call(type, null, null);
    }

    private static Call json(String body) {
        return new Call(null, "application/json", body);
    }

    private static Call text(String body) {
        return new Call(null, "text/plain", body);
    }

    static Stream<Arguments> refusals() {
        String run = "/api/runs/01890000-0000-7000-8000-000000000000";
        return Stream.of(
                Arguments.of(400, "INVALID_PARAMETER", "GET", "/api/runs?limit=many", PLAIN),
                Arguments.of(400, "INVALID_REQUEST", "POST", run + "/sweep", json("{")),
                Arguments.of(400, "INVALID_PARAMETER", "POST", run + "/sweep", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", run, PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", run + "/rejections", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", run + "/changes", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", run + "/sweep", PLAIN),
                Arguments.of(404, "NOT_FOUND", "POST", run + "/cancel", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", "/api/syncs/nobody", PLAIN),
                Arguments.of(404, "NOT_FOUND", "POST", "/api/syncs/nobody/runs", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", "/api/nothing", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", "/api", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", "/nothing/at/all", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", "/q/nothing", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", "/nothing.html", accept("text/html")),
                Arguments.of(405, "METHOD_NOT_ALLOWED", "DELETE", "/api/runs", PLAIN),
                Arguments.of(405, "METHOD_NOT_ALLOWED", "PUT", "/api/syncs/scripted/runs", PLAIN),
                Arguments.of(406, "NOT_ACCEPTABLE", "GET", "/api/runs", accept("text/html")),
                Arguments.of(406, "NOT_ACCEPTABLE", "GET", "/api/syncs", accept("image/png")),
                Arguments.of(406, "NOT_ACCEPTABLE", "POST", "/api/syncs/scripted/runs", accept("text/html")),
                Arguments.of(
                        413,
                        "REQUEST_TOO_LARGE",
                        "POST",
                        "/api/syncs/scripted/runs",
                        json("{\"reason\":\"" + "x".repeat(TOO_LARGE) + "\"}")),
                Arguments.of(413, "REQUEST_TOO_LARGE", "POST", "/nothing", text("x".repeat(TOO_LARGE))),
                Arguments.of(415, "UNSUPPORTED_MEDIA_TYPE", "POST", "/api/syncs/scripted/runs", text("live")));
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("refusals")
    void tellsAProblem(int status, String code, String method, String path, Call call) {
        Response answer = call.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        JsonPath problem = answer.jsonPath();
        assertThat(problem.getMap(""))
                .containsOnlyKeys("type", "title", "status", "detail", "instance", "code", "nextStep", "reference");
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getInt("status")).isEqualTo(status);
        assertThat(problem.getString("type"))
                .isEqualTo("/docs/runbook/" + ErrorCode.valueOf(code).slug() + ".md");
        assertThat(problem.getString("instance")).isEqualTo(URI.create(path).getPath());
        assertThat(problem.getString("reference")).isEqualTo(answer.header("x-request-id"));
        assertThat(answer.asString()).doesNotContain(OURS_ALONE);
    }

    static Stream<Arguments> permitRefusals() {
        return Stream.of(
                Arguments.of(400, "GET", "/api/permits?limit=many", PLAIN),
                Arguments.of(400, "GET", "/api/permits/nonsense", PLAIN),
                Arguments.of(404, "GET", "/api/permits/24 000000 XXX--00", PLAIN),
                Arguments.of(404, "GET", "/api/permits/a/b/c", PLAIN),
                Arguments.of(405, "DELETE", "/api/permits", PLAIN),
                Arguments.of(405, "PUT", "/api/sync", PLAIN),
                Arguments.of(405, "PATCH", "/api/admin/sync", PLAIN),
                Arguments.of(406, "GET", "/api/permits", accept("text/csv")),
                Arguments.of(406, "GET", "/api/sync", accept("text/html")),
                Arguments.of(406, "POST", "/api/sync", accept("text/html")),
                Arguments.of(413, "POST", "/api/sync", json("\"" + "x".repeat(TOO_LARGE) + "\"")),
                Arguments.of(415, "POST", "/api/sync", text("{}")));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("permitRefusals")
    void tellsAnErrorOfThePermits(int status, String method, String path, Call call) {
        Response answer = call.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.jsonPath().getMap("")).containsOnlyKeys("error");
        assertThat(answer.jsonPath().getString("error")).isNotBlank();
        assertThat(answer.header("x-request-id")).isNotBlank();
        assertThat(answer.asString()).doesNotContain(OURS_ALONE);
    }

    static Stream<Arguments> rosterRefusals() {
        return Stream.of(
                Arguments.of(400, "INVALID_PARAMETER", "POST", "/api/sync/manual", json("{\"mode\":\"mood\"}")),
                Arguments.of(400, "INVALID_REQUEST", "POST", "/api/sync/manual", json("{")),
                Arguments.of(400, "INVALID_REQUEST", "POST", "/api/sync/manual", json("{\"mood\":1}")),
                Arguments.of(400, "INVALID_PARAMETER", "POST", "/api/sync/manual?wait=perhaps", PLAIN),
                Arguments.of(401, "UNAUTHORIZED_CRON", "POST", "/api/sync/run", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", "/api/config/nothing", PLAIN),
                Arguments.of(405, "METHOD_NOT_ALLOWED", "DELETE", "/api/sync/status", PLAIN),
                Arguments.of(406, "NOT_ACCEPTABLE", "GET", "/api/metrics", accept("text/csv")),
                Arguments.of(
                        413,
                        "REQUEST_TOO_LARGE",
                        "POST",
                        "/api/sync/manual",
                        json("\"" + "x".repeat(TOO_LARGE) + "\"")),
                Arguments.of(415, "UNSUPPORTED_MEDIA_TYPE", "POST", "/api/sync/manual", text("{}")));
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("rosterRefusals")
    void tellsAnErrorOfTheRoster(int status, String code, String method, String path, Call call) {
        Response answer = call.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/json");
        JsonPath body = answer.jsonPath();
        assertThat(body.getMap("")).containsOnlyKeys("data", "error").containsEntry("data", null);
        assertThat(body.getString("error.code")).isEqualTo(code);
        assertThat(body.getString("error.message")).isNotBlank();
        assertThat(body.getString("error.recommendation"))
                .isEqualTo(ErrorCode.valueOf(code).nextStep());
        assertThat(body.getString("error.referenceId")).isEqualTo(answer.header("x-request-id"));
        assertThat(answer.asString()).doesNotContain(OURS_ALONE);
    }

    static Stream<Arguments> writeBackRefusals() {
        String queue = "/api/sync/queue";
        String write = "/api/sync/write-back";
        return Stream.of(
                Arguments.of(400, "INVALID_PARAMETER", "POST", write, json("{\"mode\":\"mood\"}")),
                Arguments.of(400, "INVALID_REQUEST", "POST", write, json("{\"mood\":1}")),
                Arguments.of(400, "INVALID_PARAMETER", "POST", write + "/undo", json("{}")),
                Arguments.of(400, "INVALID_REQUEST", "POST", queue, json("{")),
                Arguments.of(400, "INVALID_REQUEST", "POST", queue, PLAIN),
                Arguments.of(400, "MODEL_UNKNOWN", "POST", queue, json("{}")),
                Arguments.of(400, "INVALID_PARAMETER", "GET", queue + "/items?status=LOST", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", queue + "/items/nobody", PLAIN),
                Arguments.of(404, "NOT_FOUND", "GET", queue + "/nothing", PLAIN),
                Arguments.of(405, "METHOD_NOT_ALLOWED", "GET", write, PLAIN),
                Arguments.of(406, "NOT_ACCEPTABLE", "GET", queue, accept("text/csv")),
                Arguments.of(413, "REQUEST_TOO_LARGE", "POST", queue, json("\"" + "x".repeat(110_000) + "\"")),
                Arguments.of(413, "REQUEST_TOO_LARGE", "POST", write, json("\"" + "x".repeat(TOO_LARGE) + "\"")),
                Arguments.of(415, "UNSUPPORTED_MEDIA_TYPE", "POST", queue, text("{}")));
    }

    @ParameterizedTest(name = "{0} {2} {3}")
    @MethodSource("writeBackRefusals")
    void tellsAnErrorOfTheWriteBack(int status, String code, String method, String path, Call call) {
        Response answer = call.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/json");
        JsonPath body = answer.jsonPath();
        assertThat(body.getMap(""))
                .containsOnlyKeys("success", "error", "code", "nextStep", "reference")
                .containsEntry("success", false)
                .containsEntry("code", code)
                .containsEntry("nextStep", ErrorCode.valueOf(code).nextStep())
                .containsEntry("reference", answer.header("x-request-id"));
        assertThat(body.getString("error")).isNotBlank();
        assertThat(answer.asString()).doesNotContain(OURS_ALONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Bearer", "Bearer ", "Bearer null", "Bearer undefined", "bearer x"})
    @DisplayName("S2-2: where no secret is configured, nobody writes back or queues with none, a blank or another one")
    void admitsNoMachineWithoutASecret(String authorization) {
        for (String path : List.of("/api/sync/write-back", "/api/sync/queue")) {
            assertThat(SignedIn.nobody().post(path).statusCode()).isEqualTo(401);
            Response answer =
                    SignedIn.nobody().header("Authorization", authorization).post(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.jsonPath().getString("error")).isEqualTo("Unauthorized");
        }
    }

    @Test
    @DisplayName("C0-31: 401 and 403 come in the shape of the family that was called, with a reason")
    void tellsARefusal() {
        Response unknown = SignedIn.nobody().get("/api/runs");
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.contentType()).startsWith("application/problem+json");
        assertThat(unknown.jsonPath().getString("code")).isEqualTo("UNAUTHENTICATED");
        assertThat(unknown.jsonPath().getString("reason")).isEqualTo("SESSION_MISSING");
        assertThat(unknown.jsonPath().getString("reference")).isEqualTo(unknown.header("x-request-id"));

        Response viewer = SignedIn.as(SamplePerson.viewer).post("/api/syncs/scripted/runs");
        assertThat(viewer.statusCode()).isEqualTo(403);
        assertThat(viewer.contentType()).startsWith("application/problem+json");
        assertThat(viewer.jsonPath().getString("code")).isEqualTo("FORBIDDEN");
        assertThat(viewer.jsonPath().getString("reason")).isEqualTo("ROLE_INSUFFICIENT");

        Response ofPermits = SignedIn.nobody().get("/api/permits");
        assertThat(ofPermits.statusCode()).isEqualTo(401);
        assertThat(ofPermits.contentType()).startsWith("application/json");
        assertThat(ofPermits.jsonPath().getMap(""))
                .containsOnlyKeys("error", "reason")
                .containsEntry("reason", "SESSION_MISSING");

        Response ofRoster = SignedIn.as(SamplePerson.manager).get("/api/config/allowlist");
        assertThat(ofRoster.statusCode()).isEqualTo(403);
        assertThat(ofRoster.contentType()).startsWith("application/json");
        assertThat(ofRoster.jsonPath().getMap("")).containsOnlyKeys("data", "error");
        assertThat(ofRoster.jsonPath().<Object>get("data")).isNull();
        assertThat(ofRoster.jsonPath().getString("error.code")).isEqualTo("LEAD_ROLE_REQUIRED");
        assertThat(ofRoster.jsonPath().getString("error.details.reason")).isEqualTo("LEAD_REQUIRED");
        assertThat(ofRoster.jsonPath().getString("error.referenceId")).isEqualTo(ofRoster.header("x-request-id"));

        for (Response answer : List.of(unknown, viewer, ofPermits, ofRoster)) {
            assertThat(answer.asString()).doesNotContain(OURS_ALONE);
        }
    }

    @Test
    void tellsWhoIsNotKnownNothingOfWhatThereIs() {
        for (String path : List.of("/api/runs", "/api/nothing", "/api/permits/a/b/c", "/api/config/nothing")) {
            assertThat(SignedIn.nobody().get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(SignedIn.nobody().delete(path).statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void tellsWhichMethodsThereAre() {
        assertThat(given().delete("/api/runs").header("Allow")).isEqualTo("GET");
        assertThat(given().delete("/api/config/allowlist").header("Allow")).isEqualTo("GET, PUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "late", "command", "unavailable", "write"})
    void tellsAFailureWithAReferenceThatTheLogHas(String how) {
        try (CapturedLog log = new CapturedLog()) {
            Response answer = given().get("/api/runs/broken-" + how);

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(answer.asString()).doesNotContain(OURS_ALONE);
            String reference = answer.jsonPath().getString("reference");
            assertThat(reference).isEqualTo(answer.header("x-request-id"));
            assertThat(log.records())
                    .filteredOn(line -> line.getFormattedMessage().contains("reference=" + reference))
                    .as("the one line that explains it")
                    .singleElement()
                    .satisfies(line -> assertThat(line.getMdc("requestId")).isEqualTo(reference));
        }
    }

    @Test
    void logsTheStackOfWhatNobodyExpected() {
        try (CapturedLog log = new CapturedLog()) {
            var unused = given().get("/api/runs/broken-late");

            List<ExtLogRecord> errors = log.records().stream()
                    .filter(line -> line.getLevel() == Level.ERROR)
                    .toList();
            assertThat(errors).hasSize(1);
            assertThat(errors.get(0).getThrown()).isInstanceOf(NullPointerException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "late", "command"})
    void tellsAFailureOfThePermits(String how) {
        Response answer = given().get("/api/permits/broken-" + how);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.contentType()).startsWith("application/json");
        assertThat(answer.jsonPath().getMap("")).containsOnlyKeys("error", "message");
        assertThat(answer.asString()).doesNotContain(OURS_ALONE);
    }

    @Test
    void tellsADatabaseThatIsAway() {
        Response ours = given().get("/api/runs/broken-away");
        assertThat(ours.statusCode()).isEqualTo(503);
        assertThat(ours.contentType()).startsWith("application/problem+json");
        assertThat(ours.jsonPath().getString("code")).isEqualTo("DATABASE_UNAVAILABLE");
        assertThat(ours.asString()).doesNotContain(OURS_ALONE);

        Response permits = given().get("/api/permits/broken-away");
        assertThat(permits.statusCode()).isEqualTo(503);
        assertThat(permits.jsonPath().getMap(""))
                .isEqualTo(
                        Map.of("error", "The database does not answer", "message", "MongoDB did not answer in time"));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/syncs/scripted/runs, admin, 413, The request body is too large",
        "/api/sync, admin, 413, The request body is too large",
        "/api/syncs/scripted/runs, viewer, 403, The caller may not do this",
        "/api/sync, stranger, 403, not on the list",
        "/nothing, admin, 404, There is nothing at this address"
    })
    @DisplayName("C0-31: 413 also for a body that does not say how long it is; who may not send it hears that first")
    void refusesAnEndlessBody(String path, SamplePerson person, int status, String words) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", root.getPort())) {
            // Given
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: here\r\nAuthorization: "
                            + SignedIn.bearer(person)
                            + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));

            // When: one chunk more than may come
            String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
            for (int i = 0; i < 17; i++) {
                out.write(chunk.getBytes(StandardCharsets.US_ASCII));
            }
            out.write("2\r\n{}\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = firstKilobytes(socket.getInputStream());

            // Then
            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase("x-request-id: ");
            assertThat(answer).contains(words).doesNotContain(OURS_ALONE);
        }
    }

    @Test
    @DisplayName("C0-31: who still sends when it is too much hears so, and is not just cut off")
    void tellsWhoStillSends() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/api/sync"))
                .header("Authorization", SignedIn.bearer(SamplePerson.admin))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[16 * 1024 * 1024]))
                .build();

        // Not HTTP/2: a client that asks for the upgrade while it is cut off stumbles over itself.
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("{\"error\":\"The request body is too large\"}");
    }

    @Test
    void takesABodyThatDoesNotSayHowLongItIs() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", root.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /api/sync HTTP/1.1\r\nHost: here\r\nAuthorization: "
                                    + SignedIn.bearer(SamplePerson.admin)
                                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + "2\r\n{}\r\n0\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(firstKilobytes(socket.getInputStream()))
                    .startsWith("HTTP/1.1 400 ")
                    .endsWith("{\"error\":\"file_path is required\"}");
        }
    }

    /** As much of the answer as has come when its JSON ends. */
    private static String firstKilobytes(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] chunk = new byte[4096];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            answer.append(new String(chunk, 0, n, StandardCharsets.UTF_8));
            if (answer.toString().endsWith("}")) {
                break;
            }
        }
        return answer.toString();
    }
}

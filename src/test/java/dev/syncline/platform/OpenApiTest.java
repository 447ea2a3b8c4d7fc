package dev.syncline.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.roster.RosterRows;
import dev.syncline.roster.ScriptedRoster;
import dev.syncline.status.ApiProfile;
import dev.syncline.status.RunCalls;
import dev.syncline.status.ScriptedSync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(ApiProfile.class)
@DisplayName("C0-32: the OpenAPI document says what the service does")
class OpenApiTest {
    private static final String NO_RUN = "01890000-0000-7000-8000-000000000000";
    /** What nothing stands in the way of: a look at the data as it is, an active run for an answer, what only waits. */
    private static final Set<String> NEVER_IN_CONFLICT = Set.of(
            "/api/quality/refresh",
            "/api/sync/audit",
            "/api/sync/run",
            "/api/sync/queue",
            "/api/sync/queue/retry",
            "/api/devices/anonymize");

    /** Where errors are no problem details: the families of the permits, of the roster and of the write-back. */
    private static final String OTHER_SHAPES =
            "/api/(admin/)?sync|/api/sync/(manual|run|status|audit)|/api/permits.*|/api/quality.*|/api/audit|/api/metrics"
                    + "|/api/config/.*|/api/devices.*|/api/sync/(write-back|queue).*";

    private static final String ALLOWLIST = "/api/config/allowlist";
    private static final String FEED_BODY = "{\"file_path\":\"described.json\"}";
    private static final String FEED = """
            [{"PERMIT_NUM":"24 000001 BLD","REVISION_NUM":"00","STATUS":"Inspection","PERMIT_TYPE":"House",
              "STREET_NUM":"1","STREET_NAME":"KING","RESIDENTIAL":1,"BUILDER_NAME":"B","EST_CONST_COST":"10"},
             {"PERMIT_NUM":"","REVISION_NUM":"00","STATUS":"Inspection","PERMIT_TYPE":"House",
              "STREET_NUM":"1","STREET_NAME":"KING","RESIDENTIAL":1},
             {"PERMIT_NUM":"","REVISION_NUM":"00","STATUS":"Inspection","PERMIT_TYPE":"House",
              "STREET_NUM":"1","STREET_NAME":"KING","RESIDENTIAL":1}]
            """;

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @Inject
    ScriptedRoster roster;

    @Inject
    MongoDatabase database;

    @ConfigProperty(name = "syncline.permits.import-directory")
    Path imports;

    private final String key = "key-" + System.nanoTime();
    private ApiDescription api;

    @BeforeEach
    void readIt() {
        RunCalls.cancelAll();
        scripted.does(scope -> ScriptedSync.succeeding());
        roster.reset();
        api = new ApiDescription(given().get("/q/openapi?format=json").asString());
    }

    @Test
    @DisplayName("C0-32: every path and method that the application serves is in it, and nothing else")
    void describesAllOperations() {
        Set<String> served = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.syncline")) {
            type.getMethods().forEach(method -> addTo(served, type, method));
        }
        assertThat(served).as("the walk finds them").hasSizeGreaterThan(15);

        Set<String> described = new TreeSet<>();
        api.operations().stream()
                .filter(operation -> !operation.path().startsWith("/q/"))
                .forEach(operation -> described.add(operation.toString()));
        assertThat(described).isEqualTo(served);
        assertThat(api.operations()).extracting(Object::toString).contains("GET /q/health/live", "GET /q/health/ready");
    }

    private static void addTo(Set<String> served, JavaClass type, JavaMethod method) {
        boolean isHidden = method.isAnnotatedWith(Operation.class)
                && method.getAnnotationOfType(Operation.class).hidden();
        boolean isResource = type.isAnnotatedWith(jakarta.ws.rs.Path.class)
                && !type.getPackageName().endsWith(".dev");
        if (!isResource || isHidden) {
            return;
        }
        String path = pathOf(type) + (method.isAnnotatedWith(jakarta.ws.rs.Path.class) ? pathOf(method) : "");
        if (method.isAnnotatedWith(GET.class)) {
            served.add("GET " + path);
        }
        if (method.isAnnotatedWith(POST.class)) {
            served.add("POST " + path);
        }
        if (method.isAnnotatedWith(PUT.class)) {
            served.add("PUT " + path);
        }
        if (method.isAnnotatedWith(DELETE.class)) {
            served.add("DELETE " + path);
        }
    }

    private static String pathOf(com.tngtech.archunit.core.domain.properties.CanBeAnnotated annotated) {
        return annotated instanceof JavaClass type
                ? type.getAnnotationOfType(jakarta.ws.rs.Path.class).value()
                : ((JavaMethod) annotated)
                        .getAnnotationOfType(jakarta.ws.rs.Path.class)
                        .value();
    }

    @Test
    @DisplayName("C0-32: each operation has a name, a summary, its codes, and for each code what its body looks like")
    void describesEachOperation() {
        Set<String> names = new TreeSet<>();
        for (ApiDescription.Operation operation : api.operations()) {
            if (operation.path().startsWith("/q/")) {
                continue;
            }
            JsonNode node = operation.node();
            assertThat(node.path("operationId").asText())
                    .as(operation.toString())
                    .isNotBlank();
            assertThat(names.add(node.path("operationId").asText()))
                    .as("the name of " + operation + " is its own")
                    .isTrue();
            assertThat(node.path("summary").asText()).as(operation.toString()).isNotBlank();
            assertThat(node.path("tags")).as(operation.toString()).isNotEmpty();
            assertThat(operation.statuses()).as(operation.toString()).contains("406", "500", "503");
            assertThat(operation.statuses()).as(operation.toString()).anyMatch(status -> status.startsWith("2"));
            if (!operation.method().equals("get")) {
                assertThat(operation.statuses()).as(operation.toString()).contains("403", "413");
                assertThat(operation.statuses().contains("409"))
                        .as(operation + " can be refused with 409")
                        .isNotEqualTo(NEVER_IN_CONFLICT.contains(operation.path()));
            }
            if (operation.path().contains("{")) {
                assertThat(operation.statuses()).as(operation.toString()).contains("400", "404");
            }
            operation.statuses().forEach(status -> assertBody(operation, status));
        }
    }

    private static void assertBody(ApiDescription.Operation operation, String status) {
        JsonNode response = operation.node().path("responses").path(status);
        assertThat(response.path("description").asText())
                .as(operation + " " + status)
                .isNotBlank();
        if (status.equals("204")) {
            return;
        }
        assertThat(response.path("content")).as(operation + " " + status).isNotEmpty();
        response.path("content").forEach(content -> {
            assertThat(content.path("schema")).as(operation + " " + status).isNotEmpty();
            if (status.startsWith("2")) {
                assertThat(content.path("examples"))
                        .as(operation + " " + status + " has an example")
                        .isNotEmpty();
            }
        });
        if (status.compareTo("400") >= 0 && !operation.path().matches(OTHER_SHAPES)) {
            assertThat(response.path("content").has("application/problem+json"))
                    .as(operation + " " + status)
                    .isTrue();
        }
    }

    @Test
    @DisplayName("C0-32: its examples are what its schemas allow")
    void givesTrueExamples() {
        assertThat(api.badExamples()).isEmpty();
    }

    @Test
    @DisplayName("C0-32: it shows nothing that stands in a signature for the framework alone")
    void showsNothingOfTheFramework() {
        assertThat(given().get("/q/openapi").asString())
                .doesNotContain("JsonNode", "OutboundSseEvent", "Uni", "RestResponse", "MediaType:");
    }

    @Test
    @DisplayName("C0-32: what the service answers is what the document allows: statuses, types and bodies")
    void allowsWhatIsAnswered() throws Exception {
        // Given
        String run = RunCalls.runToEnd("scripted");
        scripted.does(scope -> {
            throw new SyncException(ErrorCode.SOURCE_UNREACHABLE, "the source cannot be reached");
        });
        String failed = RunCalls.runToEnd("scripted");
        Files.createDirectories(imports);
        var unused = Files.writeString(imports.resolve("described.json"), FEED);
        String synced = json(FEED_BODY).post("/api/sync?wait=true").path("sync_run.id");
        RosterRows.keepADevice(database, "described");
        List<Answered> answers = new ArrayList<>();

        // When
        for (String path : List.of(
                "/api/syncs",
                "/api/syncs/scripted",
                "/api/syncs/permits",
                "/api/syncs/nobody",
                "/api/notifications",
                "/api/notifications?state=SUPPRESSED&run=" + failed,
                "/api/notifications?state=nonsense",
                "/api/runs",
                "/api/runs?limit=1",
                "/api/runs?limit=0",
                "/api/runs/" + run,
                "/api/runs/" + failed,
                "/api/runs/" + NO_RUN,
                "/api/runs/" + synced + "/rejections",
                "/api/runs/" + synced + "/rejections?limit=1",
                "/api/runs/" + NO_RUN + "/rejections",
                "/api/runs/" + synced + "/changes",
                "/api/runs/" + synced + "/changes?cursor=nonsense",
                "/api/runs/" + NO_RUN + "/changes",
                "/api/runs/" + run + "/sweep",
                "/api/events?since=yesterday",
                "/api/events?run=" + NO_RUN,
                "/api/permits",
                "/api/permits?limit=none",
                "/api/permits/24 000001 BLD--00",
                "/api/permits/24 999999 BLD--00",
                "/api/permits/nonsense",
                "/api/quality",
                "/api/sync",
                "/api/admin/sync",
                "/api/devices",
                "/api/devices?page=none",
                "/api/devices/columns",
                "/api/devices/export",
                "/api/devices/export?format=json",
                "/api/devices/export?format=xlsx",
                "/api/devices/anonymize",
                "/api/devices/described",
                "/api/devices/nobody",
                "/api/devices/%20",
                "/api/me",
                "/api/audit",
                "/api/audit?limit=1&eventType=sync",
                "/api/audit?eventType=nonsense",
                ALLOWLIST,
                "/q/health/live",
                "/q/health/ready",
                "/q/health/started",
                "/q/health")) {
            answers.add(new Answered("GET", path, given().get(path)));
        }
        for (String path : List.of(
                "/api/runs",
                "/api/syncs",
                "/api/permits",
                "/api/quality",
                "/api/sync",
                "/api/events",
                "/api/devices",
                "/api/devices/columns",
                "/api/devices/export",
                "/api/devices/anonymize",
                "/api/me",
                "/api/audit",
                ALLOWLIST)) {
            answers.add(new Answered("GET", path, given().accept("image/png").get(path)));
            answers.add(new Answered("GET", path, SignedIn.nobody().get(path)));
        }
        for (String path :
                List.of("/api/syncs/nobody/runs", "/api/runs/" + run + "/cancel", "/api/runs/" + NO_RUN + "/cancel")) {
            answers.add(new Answered("POST", path, given().post(path)));
        }
        for (String path : List.of("/api/syncs/scripted/runs", "/api/sync", "/api/admin/sync")) {
            answers.add(new Answered(
                    "POST",
                    path,
                    given().header("Origin", "https://elsewhere.example").post(path)));
            answers.add(new Answered("POST", path, SignedIn.nobody().post(path)));
            answers.add(
                    new Answered("POST", path, SignedIn.as(SamplePerson.viewer).post(path)));
            answers.add(new Answered("POST", path, json("{").post(path)));
            answers.add(new Answered(
                    "POST", path, json("{}").header("Idempotency-Key", "a b").post(path)));
            answers.add(new Answered("POST", path, json("x".repeat(1_100_000)).post(path)));
            answers.add(new Answered(
                    "POST", path, given().contentType("text/plain").body("x").post(path)));
        }
        String sweep = "/api/runs/" + run + "/sweep";
        answers.add(
                new Answered("POST", sweep, json("{\"decision\":\"perhaps\"}").post(sweep)));
        answers.add(
                new Answered("POST", sweep, json("{\"decision\":\"approve\"}").post(sweep)));
        for (String path : List.of("/api/sync", "/api/admin/sync")) {
            answers.add(new Answered("POST", path, json(FEED_BODY).post(path + "?wait=true")));
            answers.add(new Answered(
                    "POST", path, json("{\"file_path\":\"missing.json\"}").post(path)));
        }
        answers.addAll(looksAtTheQuality());
        answers.addAll(startsOfAllKinds());
        answers.addAll(allOfTheRoster());
        answers.addAll(changesOfTheAllowlist());
        answers.addAll(usesOfTheSwitch());
        answers.addAll(allOfTheWriteBack());

        // Then
        assertThat(answers).allSatisfy(answered -> assertThat(
                        api.violations(answered.method(), answered.path(), answered.answer()))
                .as(answered + " " + answered.answer().asString())
                .isEmpty());
        assertThat(answers)
                .extracting(answered -> answered.answer().statusCode())
                .contains(200, 202, 400, 401, 403, 404, 406, 409, 413, 415, 422, 502);
    }

    private List<Answered> looksAtTheQuality() {
        String path = "/api/quality/refresh";
        return List.of(
                new Answered("POST", path, given().post(path)),
                new Answered("POST", path, SignedIn.nobody().post(path)),
                new Answered("POST", path, SignedIn.as(SamplePerson.viewer).post(path)),
                new Answered("GET", "/api/quality", given().get("/api/quality")));
    }

    private List<Answered> usesOfTheSwitch() {
        String path = "/api/devices/anonymize";
        List<Answered> answers = new ArrayList<>();
        for (String body : List.of("{", "{}", "{\"enabled\": true}", "\"" + "x".repeat(1_100_000) + "\"")) {
            answers.add(new Answered("POST", path, json(body).post(path)));
        }
        answers.add(new Answered(
                "POST", path, given().contentType("text/plain").body("x").post(path)));
        answers.add(new Answered("POST", path, SignedIn.nobody().post(path)));
        answers.add(new Answered("POST", path, SignedIn.as(SamplePerson.viewer).post(path)));
        assertThat(answers)
                .extracting(answered -> answered.answer().statusCode())
                .containsExactly(400, 400, 200, 413, 415, 401, 403);
        return answers;
    }

    private List<Answered> startsOfAllKinds() {
        String path = "/api/syncs/scripted/runs";
        List<Answered> answers = new ArrayList<>();
        for (ErrorCode code : List.of(
                ErrorCode.SOURCE_UNREACHABLE, ErrorCode.FEED_EMPTY, ErrorCode.SOURCE_TIMEOUT, ErrorCode.SPOOL_FULL)) {
            scripted.does(scope -> {
                throw new SyncException(code, "as it happens");
            });
            answers.add(new Answered("POST", path, given().post(path + "?wait=true")));
        }
        scripted.does(scope -> ScriptedSync.succeeding());
        answers.add(new Answered("POST", path, given().post(path + "?wait=true")));
        answers.add(new Answered("POST", path, keyed("{}").post(path)));
        RunCalls.cancelAll();
        answers.add(new Answered("POST", path, keyed("{\"reason\":\"another\"}").post(path)));
        scripted.does(ScriptedSync::hanging);
        Response started = given().post(path);
        answers.add(new Answered("POST", path, started));
        answers.add(new Answered("POST", path, given().post(path)));
        String cancel = started.path("links.cancel");
        answers.add(new Answered("POST", cancel, given().post(cancel)));
        return answers;
    }

    private List<Answered> allOfTheRoster() {
        List<Answered> answers = new ArrayList<>();
        String manual = "/api/sync/manual";
        String status = "/api/sync/status";
        roster.does(scope -> {
            throw new SyncException(ErrorCode.SHEET_NOT_FOUND, "there is no such sheet");
        });
        answers.add(new Answered("POST", manual, json("{}").post(manual + "?wait=true")));
        answers.add(new Answered("GET", status, given().get(status)));
        roster.does(scope -> ScriptedSync.succeeding());
        answers.add(new Answered("POST", manual, given().post(manual + "?wait=true")));
        answers.add(new Answered("GET", status, given().get(status)));
        roster.does(ScriptedSync::hanging);
        answers.add(new Answered("POST", manual, given().post(manual)));
        answers.add(new Answered("POST", manual, given().post(manual)));
        answers.add(new Answered("GET", status, given().get(status)));
        answers.add(new Answered("POST", manual, json("{\"mode\":\"mood\"}").post(manual)));
        answers.add(new Answered("POST", manual, SignedIn.nobody().post(manual)));
        answers.add(
                new Answered("POST", manual, SignedIn.as(SamplePerson.viewer).post(manual)));
        RunCalls.cancelAll();
        answers.add(new Answered("GET", status, given().get(status)));
        String run = "/api/sync/run";
        answers.add(new Answered("POST", run, ScriptedRoster.scheduler().post(run)));
        answers.add(new Answered(
                "POST",
                run,
                ScriptedRoster.scheduler().header("X-Sync-Mode", "mood").post(run)));
        answers.add(new Answered("POST", run, given().post(run)));
        for (String path : List.of("/api/metrics", status, "/api/audit?serial=abc-1")) {
            answers.add(new Answered("GET", path, given().get(path)));
            answers.add(new Answered("GET", path, SignedIn.nobody().get(path)));
        }
        assertThat(answers)
                .extracting(answered -> answered.answer().statusCode())
                .containsExactly(
                        502, 200, 200, 200, 202, 409, 200, 400, 401, 403, 200, 202, 400, 401, 200, 401, 200, 401, 200,
                        401);
        return answers;
    }

    private List<Answered> allOfTheWriteBack() {
        String start = "/api/sync/write-back";
        String queue = "/api/sync/queue";
        String item = queue + "/items/" + NO_RUN;
        List<Answered> answers = new ArrayList<>();
        for (String body : List.of(
                "{\"model\":\"Request\",\"action\":\"UPDATE\",\"recordId\":\"described\"}",
                "{\"items\":[]}",
                "{\"model\":\"Nobody\"}",
                "{",
                "\"" + "x".repeat(110_000) + "\"")) {
            answers.add(new Answered("POST", queue, json(body).post(queue)));
        }
        answers.add(new Answered(
                "POST", queue, given().contentType("text/plain").body("x").post(queue)));
        answers.add(new Answered("POST", queue, SignedIn.nobody().post(queue)));
        answers.add(new Answered("POST", queue, SignedIn.as(SamplePerson.lead).post(queue)));
        answers.add(new Answered("POST", start, given().post(start)));
        RunCalls.cancelAll();
        answers.add(new Answered("POST", start, given().post(start + "?wait=true")));
        answers.add(new Answered("POST", start, json("{\"mode\":\"mood\"}").post(start)));
        answers.add(new Answered("POST", start + "/undo", json("{}").post(start + "/undo")));
        answers.add(new Answered(
                "POST", start + "/undo", json("{\"run\":\"" + NO_RUN + "\"}").post(start + "/undo")));
        for (String path : List.of(
                queue,
                queue + "/items",
                queue + "/items?status=FAILED&limit=1",
                queue + "/items?status=nonsense",
                item,
                start + "/log",
                start + "/log?model=nobody")) {
            answers.add(new Answered("GET", path, given().get(path)));
        }
        answers.add(new Answered("GET", queue, SignedIn.as(SamplePerson.viewer).get(queue)));
        answers.add(new Answered("GET", queue, SignedIn.nobody().get(queue)));
        answers.add(new Answered("POST", item + "/retry", given().post(item + "/retry")));
        answers.add(new Answered("POST", queue + "/retry", given().post(queue + "/retry")));
        answers.add(new Answered("DELETE", item, given().delete(item)));
        assertThat(answers)
                .extracting(answered -> answered.answer().statusCode())
                .containsExactly(
                        202, 400, 400, 400, 413, 415, 401, 403, 202, 200, 400, 400, 404, 200, 200, 200, 400, 404, 200,
                        400, 200, 401, 404, 200, 404);
        return answers;
    }

    private List<Answered> changesOfTheAllowlist() {
        List<String> before = given().get(ALLOWLIST).path("data.allowlist");
        List<Answered> answers = new ArrayList<>();
        for (String body : List.of(
                "{",
                "{\"emails\": []}",
                "{\"emails\": [\"nobody\"]}",
                "{\"emails\": [\"viewer@example.org\"]}",
                "\"" + "x".repeat(1_100_000) + "\"")) {
            answers.add(new Answered("PUT", ALLOWLIST, json(body).put(ALLOWLIST)));
        }
        answers.add(new Answered(
                "PUT", ALLOWLIST, given().contentType("text/plain").body("x").put(ALLOWLIST)));
        answers.add(new Answered("PUT", ALLOWLIST, SignedIn.nobody().put(ALLOWLIST)));
        answers.add(
                new Answered("PUT", ALLOWLIST, SignedIn.as(SamplePerson.manager).put(ALLOWLIST)));
        Response kept = given().contentType("application/json")
                .body(Map.of("emails", before))
                .put(ALLOWLIST);
        answers.add(new Answered("PUT", ALLOWLIST, kept));
        assertThat(answers)
                .extracting(answered -> answered.answer().statusCode())
                .containsExactly(400, 400, 400, 409, 413, 415, 401, 403, 200);
        return answers;
    }

    private record Answered(String method, String path, Response answer) {
        @Override
        public String toString() {
            return method + " " + path + " " + answer.statusCode();
        }
    }

    private static RequestSpecification json(String body) {
        return given().contentType("application/json").body(body);
    }

    private RequestSpecification keyed(String body) {
        return json(body).header("Idempotency-Key", key);
    }

    @Test
    @DisplayName("C0-32: the check of this test finds what is wrong")
    void wouldFindADifference() {
        Response syncs = given().get("/api/syncs");

        assertThat(api.violations("GET", "/api/permits", syncs))
                .contains("/items is not described", "/data is missing");
        assertThat(api.violations("GET", "/api/syncs/scripted", syncs)).contains("/id is missing");
        assertThat(api.violations("GET", "/api/syncs", given().get("/q/health/live")))
                .contains("/items is missing");
        assertThat(api.violations("GET", "/api/syncs", given().get("/nothing")))
                .containsExactly("status 404 is not described");
    }
}

package dev.syncline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.dev.SamplePerson;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** The application as it is delivered, on a MongoDB. */
class PackagedAppIT {
    @TempDir
    static Path imports;

    static PackagedApp app;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new HashMap<>(TestMongo.settings());
        settings.put("syncline.permits.import-directory", imports.toString());
        app = PackagedApp.start(settings);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        app.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/health/live",
                "/q/health/ready",
                "/q/health/started",
                "/q/metrics",
                "/q/openapi",
                "/webjars/htmx.org/2.0.4/dist/htmx.min.js",
                "/webjars/picocss__pico/2.1.1/css/pico.min.css"
            })
    @DisplayName("C0-50: what probes, tools and pages load needs no token")
    void serves(String path) {
        given().baseUri(app.address().toString()).when().get(path).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/runs", "/api/nothing", "/api/events"})
    @DisplayName("C0-40: nothing of the API is told to who does not say who they are, not even what there is")
    void asksWhoOneIs(String path) {
        given().baseUri(app.address().toString())
                .when()
                .get(path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("UNAUTHENTICATED"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/api/nothing",
                "/q/nothing",
                "/api/runs/nobody",
                "/dev",
                "/dev/token",
                "/dev/identity",
                "/dev/identity/.well-known/openid-configuration",
                "/dev/identity/keys",
                "/dev/identity/authorize"
            })
    @DisplayName(
            "C0-31: an address that is not there is told as in every other profile; those of development are not there")
    void tellsAProblem(String path) {
        request()
                .when()
                .get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void handsOutNoToken() {
        request()
                .formParam("grant_type", "password")
                .formParam("username", "admin")
                .post("/dev/identity/token")
                .then()
                .statusCode(404);
    }

    private static RequestSpecification request() {
        return given().baseUri(app.address().toString())
                .auth()
                .oauth2(TestIdentity.shared().token(SamplePerson.manager));
    }

    @Test
    @DisplayName("C0-30, C0-55: each line of the log is JSON, and those of a run carry run, sync and request")
    void logsForMachines() throws IOException {
        // Given
        Files.writeString(imports.resolve("feed.json"), """
                [{"PERMIT_NUM":"24 000001 BLD","REVISION_NUM":"00","STATUS":"Inspection","PERMIT_TYPE":"House",
                  "STREET_NUM":"1","STREET_NAME":"KING","RESIDENTIAL":1}]
                """);

        // When
        String run = request()
                .header("x-request-id", "seen-in-the-log")
                .contentType("application/json")
                .body("{\"file_path\":\"feed.json\"}")
                .post("/api/sync?wait=true")
                .then()
                .statusCode(200)
                .extract()
                .path("sync_run.id");

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> app.output()
                .contains("\"run\":\"" + run + "\""));
        List<JsonPath> lines = app.output().lines().map(JsonPath::from).toList();
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.getMap("")).containsKeys("timestamp", "level", "loggerName", "message", "mdc");
            assertThat(Instant.parse(line.getString("timestamp"))).isNotNull();
        });
        assertThat(lines)
                .filteredOn(line -> run.equals(line.getString("mdc.run")))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(line -> assertThat(line.getMap("mdc"))
                        .containsEntry("sync", "permits")
                        .containsEntry("requestId", "seen-in-the-log"))
                .anySatisfy(line -> assertThat(line.getString("message"))
                        .contains("state=SUCCEEDED")
                        .contains("read=1"));
    }
}

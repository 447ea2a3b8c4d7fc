package dev.syncline.identity;

import java.time.Duration;
import java.util.List;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@TestProfile(AccessProfile.class)
@DisplayName("S4-34: what is one person's alone")
class PersonalSyncTest {
    private String run;

    @BeforeEach
    void ownerRunsIt() {
        run = Subject.manager
                .asks()
                .post("/api/syncs/" + PersonalSync.ID + "/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().atMost(Duration.ofSeconds(30)).until(() -> "SUCCEEDED"
                .equals(Subject.manager.asks().get("/api/runs/" + run).path("state")));
    }

    @Test
    @DisplayName("S4-34: its owner sees the sync, its runs and what they changed")
    void isShownToItsOwner() {
        assertThat(ids(Subject.manager, "/api/syncs")).contains(PersonalSync.ID);
        assertThat(ids(Subject.manager, "/api/runs")).contains(run);
        assertThat(ids(Subject.manager, "/api/runs?sync=" + PersonalSync.ID)).contains(run);
        assertThat(status(Subject.manager, "/api/runs/" + run + "/changes")).isEqualTo(200);
        assertThat(Subject.manager.asks().get("/dashboard/syncs").asString()).contains("The manager");
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "lead", "admin", "robot"})
    @DisplayName("S4-34: nobody else is told that it is there, whatever their role")
    void isHiddenFromOthers(String other) {
        Subject subject = Subject.valueOf(other);

        assertThat(ids(subject, "/api/syncs")).contains("permits").doesNotContain(PersonalSync.ID);
        assertThat(ids(subject, "/api/runs")).doesNotContain(run);
        assertThat(status(subject, "/api/runs?sync=" + PersonalSync.ID)).isEqualTo(400);
        assertThat(subject.asks().get("/api/runs?sync=nonsense").asString()).doesNotContain(PersonalSync.ID);
        for (String path : new String[] {
            "/api/syncs/" + PersonalSync.ID,
            "/dashboard/syncs/" + PersonalSync.ID,
            "/api/runs/" + run,
            "/api/runs/" + run + "/changes",
            "/api/runs/" + run + "/rejections",
            "/api/runs/" + run + "/sweep",
            "/api/events?run=" + run
        }) {
            assertThat(status(subject, path)).as(path).isEqualTo(404);
        }
        assertThat(subject.asks().get("/dashboard/syncs").asString()).doesNotContain("The manager");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lead", "admin", "robot"})
    @DisplayName("S4-34: nobody else can start it, cancel it or decide for it")
    void isLeftAloneByOthers(String other) {
        Subject subject = Subject.valueOf(other);

        for (String path : new String[] {
            "/api/syncs/" + PersonalSync.ID + "/runs", "/api/runs/" + run + "/cancel",
        }) {
            assertThat(subject.asks().post(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(subject.asks()
                        .contentType("application/json")
                        .body("{\"decision\":\"approve\"}")
                        .post("/api/runs/" + run + "/sweep")
                        .statusCode())
                .isEqualTo(404);
        JsonPath owners = Subject.manager.asks().get("/api/runs/" + run).jsonPath();
        assertThat(owners.getString("state")).isEqualTo("SUCCEEDED");
    }

    private static List<String> ids(Subject subject, String path) {
        return subject.asks().get(path).jsonPath().getList("items.id");
    }

    private static int status(Subject subject, String path) {
        return subject.asks().get(path).statusCode();
    }
}

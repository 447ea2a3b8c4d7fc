package dev.syncline.status;

import java.time.Duration;
import java.util.List;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.awaitility.Awaitility;

import static io.restassured.RestAssured.given;

/** What tests do with runs over HTTP, again and again. */
public final class RunCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RunCalls() {}

    /** Starts a run. */
    public static String start(String sync) {
        return given().post("/api/syncs/" + sync + "/runs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    public static JsonPath get(String run) {
        return given().get("/api/runs/" + run).then().statusCode(200).extract().jsonPath();
    }

    /** The run when it has ended. */
    @CanIgnoreReturnValue
    public static JsonPath awaitEnd(String run) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> get(run).getString("completedAt") != null);
        return get(run);
    }

    /** Starts a run and waits for its end. */
    @CanIgnoreReturnValue
    public static String runToEnd(String sync) {
        String run = start(sync);
        awaitEnd(run);
        return run;
    }

    /** Ends what an earlier test may have left. */
    public static void cancelAll() {
        for (String state : List.of("QUEUED", "RUNNING", "RETRY_WAIT")) {
            List<String> runs =
                    given().get("/api/runs?state=" + state).jsonPath().getList("items.id");
            for (String run : runs) {
                Response cancelled = given().post("/api/runs/" + run + "/cancel");
                cancelled.then().statusCode(org.hamcrest.Matchers.oneOf(202, 409));
                awaitEnd(run);
            }
        }
    }
}

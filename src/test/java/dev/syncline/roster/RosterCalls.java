package dev.syncline.roster;

import java.time.Duration;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.awaitility.Awaitility;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;

import static org.hamcrest.Matchers.oneOf;

/** What tests of the roster do over HTTP, again and again. */
final class RosterCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RosterCalls() {}

    /** Presses the button, as a manager. */
    static Response press(String query) {
        return SignedIn.as(SamplePerson.manager).contentType("application/json").post("/api/sync/manual" + query);
    }

    /** The id of a run that a manager has just started. */
    static String start() {
        return press("").then().statusCode(202).extract().path("data.runId");
    }

    /** A run from its start to its end, whatever that is; gives its id. */
    @CanIgnoreReturnValue
    static String runToEnd() {
        String run = start();
        awaitEnd(run);
        return run;
    }

    static JsonPath status() {
        return SignedIn.as(SamplePerson.viewer)
                .get("/api/sync/status")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The status as soon as the run that it shows has ended. */
    @CanIgnoreReturnValue
    static JsonPath awaitEnd(String run) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        RosterCalls::status,
                        status -> run.equals(status.getString("data.runId"))
                                && !"running".equals(status.getString("data.status")));
    }

    static JsonPath run(String run) {
        return SignedIn.as(SamplePerson.viewer)
                .get("/api/runs/" + run)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static JsonPath audit(String query) {
        return SignedIn.as(SamplePerson.manager)
                .get("/api/audit" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Cancels the run that the status shows. */
    static void cancel() {
        SignedIn.as(SamplePerson.manager)
                .post("/api/runs/" + status().getString("data.runId") + "/cancel")
                .then()
                .statusCode(oneOf(202, 409));
    }
}

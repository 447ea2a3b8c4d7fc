package dev.syncline.status;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/** What is not understood is refused, so that a misspelt dry run is no live one. */
@QuarkusTest
class UnknownMemberTest {
    @Test
    void aMisspeltMemberStartsNothing() {
        int before = given().get("/api/runs").jsonPath().getList("items").size();

        given().contentType(ContentType.JSON)
                .body("{\"mood\":\"dry-run\"}")
                .post("/api/syncs/permits/runs")
                .then()
                .statusCode(400)
                .body("code", equalTo("INVALID_REQUEST"))
                .body("detail", containsString("mood is not known"));

        given().get("/api/runs").then().body("items.size()", equalTo(before));
    }

    @Test
    void aRunbookPageIsShownAsText() {
        given().get("/docs/runbook/sweep-held.md")
                .then()
                .statusCode(200)
                .header("Content-Type", equalTo("text/markdown; charset=UTF-8"))
                .body(containsString("# SWEEP_HELD"));
    }
}

package dev.syncline.permits;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.MongoDatabase;

import static dev.syncline.permits.StoredPermits.aPermit;
import static dev.syncline.permits.StoredPermits.change;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@DisplayName("S1-34 (permits): GET /api/permits and /api/permits/{id}")
class PermitResourceTest {
    @Inject
    MongoDatabase database;

    private StoredPermits permits;

    @BeforeEach
    void open() {
        permits = new StoredPermits(database);
        permits.clear();
    }

    @AfterEach
    void clear() {
        permits.clear();
    }

    @Test
    void listsAPage() {
        permits.hold(
                aPermit("A").with("STATUS", "Inspection").with("ISSUED_DATE", "20190611000000"),
                aPermit("B").with("STATUS", "Inspection"),
                aPermit("C").with("STATUS", "Inspection").with("ISSUED_DATE", "2023-05-01"),
                aPermit("D").with("STATUS", "Permit Issued"));

        given().queryParam("status", "Inspection")
                .queryParam("limit", 2)
                .when()
                .get("/api/permits")
                .then()
                .statusCode(200)
                .body("data.permit_num", contains("C", "A"))
                .body("data[0].issued_date", equalTo("2023-05-01"))
                .body("pagination", equalTo(Map.of("page", 1, "limit", 2, "total", 3, "total_pages", 2)));
    }

    @Test
    void showsAPermitWhoseIdHoldsBlanks() {
        // Given
        permits.hold(PermitRows.aFullRow().with("COMPLETED_DATE", null));
        permits.addChanges(
                List.of(change("21 178362 BLD--00", "run-2", "status", Instant.parse("2026-06-01T10:00:00Z"))));

        // When
        String body = given().urlEncodingEnabled(false)
                .when()
                .get("/api/permits/21%20178362%20BLD--00")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        // Then
        JsonPath json = new JsonPath(body);
        assertThat(json.getString("permit.permit_num")).isEqualTo("21 178362 BLD");
        assertThat(json.getString("permit.revision_num")).isEqualTo("00");
        assertThat(json.getString("permit.application_date")).isEqualTo("2018-10-03");
        assertThat(json.getMap("permit")).containsKey("completed_date").doesNotContainKey("absent_since");
        assertThat(json.getString("permit.completed_date")).isNull();
        assertThat(json.getInt("permit.dwelling_units_lost")).isEqualTo(2);
        assertThat(body).contains("\"est_const_cost\":90000,").contains("\"assembly_sqm\":1.5,");
        assertThat(json.getString("permit.data_hash")).hasSize(64);
        assertThat(json.getString("permit.first_seen_at")).isEqualTo("2026-03-02T11:00:00Z");
        assertThat(json.getMap("permit")).containsKey("last_seen_at");
        assertThat(json.getList("trades")).isEmpty();
        assertThat(json.getMap("history[0]"))
                .isEqualTo(Map.of(
                        "permit_num", "21 178362 BLD",
                        "revision_num", "00",
                        "sync_run_id", "run-2",
                        "field_name", "status",
                        "old_value", "old status",
                        "new_value", "new status",
                        "changed_at", "2026-06-01T10:00:00Z"));
        assertThat(json.getMap("builder")).isEqualTo(Map.of("name", "BUILDER 17", "permit_count", 1));
    }

    @Test
    void findsAPermitWhoseNumberHoldsASlash() {
        permits.hold(aPermit("03/112028 BLD"));

        given().urlEncodingEnabled(false)
                .when()
                .get("/api/permits/03%2F112028%20BLD--00")
                .then()
                .statusCode(200)
                .body("permit.permit_num", equalTo("03/112028 BLD"));
    }

    @Test
    void saysWhatIsAllowedAndWhatIsNotThere() {
        given().when()
                .get("/api/permits?limit=500")
                .then()
                .statusCode(400)
                .body("error", equalTo("limit is a whole number from 1 to 100."));
        given().when()
                .get("/api/permits?trade_slug=plumbing")
                .then()
                .statusCode(400)
                .body("error", equalTo("trade_slug cannot be used: this service holds no trades. Leave it out."));
        given().when()
                .get("/api/permits/21-178362")
                .then()
                .statusCode(400)
                .body(
                        "error",
                        equalTo("An id is a permit number and a revision joined by '--', such as 21 178362 BLD--00."));
        given().when()
                .get("/api/permits/21 178362 BLD--99")
                .then()
                .statusCode(404)
                .body("error", equalTo("There is no permit 21 178362 BLD--99."));
        given().when().get("/api/permits?sort_by=colour").then().statusCode(200);
    }

    @Test
    void describesItself() {
        given().accept("application/json")
                .when()
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/api/permits'.get.parameters", hasSize(11))
                .body("paths.'/api/permits'.get.parameters.name", hasItems("permit_type", "sort_order"))
                .body("paths.'/api/permits'.get.responses", not(equalTo(Map.of())));
    }
}

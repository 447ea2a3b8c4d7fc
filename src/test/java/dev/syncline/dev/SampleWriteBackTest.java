package dev.syncline.dev;

import java.time.Duration;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.dev.sheets.SampleSales;
import dev.syncline.dev.sheets.StandInTab;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;

/** The application as {@code quarkus:dev} starts it: sample records have been written to the sample sheet. */
@QuarkusTest
@TestProfile(SampleImportsTest.Development.class)
class SampleWriteBackTest {
    @Inject
    DevSheets sheets;

    @BeforeEach
    void theFirstRunHasEnded() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> given().get("/api/syncs/writeback")
                .then()
                .body("lastRun.completedAt", notNullValue(), "activeRun", equalTo(null)));
    }

    @Test
    void writesWhatIsAheadOfTheSheetAndTellsWhatIsWrong() {
        given().get("/api/runs?sync=writeback")
                .then()
                .body("items[-1].trigger.actor", equalTo("startup"))
                .body("items[-1].state", equalTo("PARTIAL"))
                .body("items[-1].counts.read", equalTo(25))
                .body("items[-1].counts.added", equalTo(18))
                .body("items[-1].counts.updated", equalTo(6))
                .body("items[-1].counts.unchanged", equalTo(1))
                .body("items[-1].warnings.code", hasItems("LABEL_UNKNOWN", "REFERENCE_MISSING"));
    }

    @Test
    @DisplayName("S2-14, S2-20, S2-34: the sample's formulas and people's own cells stay, and text is text")
    void leavesTheOthersCellsAlone() {
        StandInTab requests = tab(SampleSales.REQUESTS);
        StandInTab operators = tab(SampleSales.OPERATORS);

        assertThat(requests.get("B9")).isEqualTo("=Nordlys Reiser");
        assertThat(requests.get("C9")).isEqualTo("+1 202 555 0108");
        assertThat(requests.get("D9")).isEqualTo("twice, no answer");
        assertThat(requests.get("H4")).isEqualTo("Booking");
        assertThat(requests.get("AR20")).isEqualTo("RQ-0019");
        assertThat(requests.shown("K20")).isEqualTo("03/05/2027");
        assertThat(operators.get("Q6")).isEqualTo((double) operators.get("O6") + (double) operators.get("P6"));
        assertThat(operators.get("A20")).isEqualTo("0927-19");
        assertThat(tab(SampleSales.REVENUES).get("S4")).isEqualTo("VND");
    }

    private StandInTab tab(String title) {
        return sheets.started().spreadsheet(SampleSales.ID).tab(title);
    }
}

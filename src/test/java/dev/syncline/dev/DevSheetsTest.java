package dev.syncline.dev;

import java.net.URI;
import java.util.Optional;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.Test;

import dev.syncline.dev.sheets.SheetsStandIn;
import dev.syncline.google.SheetsHome;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

@QuarkusTest
class DevSheetsTest {
    @Inject
    SheetsHome home;

    @Test
    void isTheHomeOfSheetsWhereNoneIsConfigured() {
        given().get(home.root().resolve("stand-in/sheet"))
                .then()
                .statusCode(200)
                .body("spreadsheets", hasItem("sample-devices"), "tab", equalTo("Devices"));
        var key = JsonPath.from(home.accountKey());
        assertThat(key.getString("type")).isEqualTo("service_account");
        assertThat(URI.create(key.getString("token_uri"))).isEqualTo(home.root().resolve("token"));
    }

    @Test
    void takesAnotherPortWhereItsOwnIsTaken() {
        // Given
        try (SheetsStandIn first = SheetsStandIn.start(0)) {
            int taken = first.root().getPort();

            // When
            var second = new DevSheets(taken, Optional.empty(), Optional.empty(), Optional.empty());

            // Then
            assertThat(second.root().getPort()).isNotEqualTo(taken).isPositive();
            second.stop();
        }
    }

    @Test
    void isNotNeededWhereAnythingIsConfigured() {
        var none = Optional.<String>empty();
        assertThat(new DevSheets(0, none, none, none).isNeeded()).isTrue();
        assertThat(new DevSheets(0, Optional.of("http://localhost:1/"), none, none).isNeeded())
                .isFalse();
        assertThat(new DevSheets(0, none, Optional.of("key.json"), none).isNeeded())
                .isFalse();
        assertThat(new DevSheets(0, none, none, Optional.of("{}")).isNeeded()).isFalse();
    }
}

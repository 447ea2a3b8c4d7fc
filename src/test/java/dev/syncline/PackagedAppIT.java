package dev.syncline;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.restassured.RestAssured.given;

/** The application as it is delivered, on a MongoDB. */
class PackagedAppIT {
    static PackagedApp app;

    @BeforeAll
    static void start() {
        app = PackagedApp.start(TestMongo.settings());
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
    void serves(String path) {
        given().baseUri(app.address().toString()).when().get(path).then().statusCode(200);
    }
}

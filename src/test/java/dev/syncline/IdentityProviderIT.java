package dev.syncline;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.syncline.dev.DevTokens;
import dev.syncline.dev.SamplePerson;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

/** The identity provider goes away, comes back and changes its key, and the packaged application has to live with it. */
class IdentityProviderIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String READY = "/q/health/ready";
    private static final String RUNS = "/api/runs";
    private static final String CODE = "IDENTITY_PROVIDER_UNAVAILABLE";

    TestIdentity identity;
    PackagedApp app;

    @BeforeEach
    void provide() {
        identity = new TestIdentity();
    }

    @AfterEach
    void stop() throws InterruptedException {
        app.close();
        identity.close();
    }

    private void startApp() {
        Map<String, String> settings = new HashMap<>(TestMongo.settings());
        settings.putAll(identity.settings());
        app = PackagedApp.start(settings);
    }

    /** Without a provider it is never ready. */
    private void startReadyApp() {
        startApp();
        Awaitility.await("readiness").atMost(SOON).until(this::isReady);
    }

    private boolean isReady() {
        return get(READY).extract().statusCode() == 200;
    }

    private RequestSpecification request() {
        return given().baseUri(app.address().toString()).redirects().follow(false);
    }

    private ValidatableResponse get(String path) {
        return request().get(path).then();
    }

    private ValidatableResponse get(String path, String token) {
        return request().auth().oauth2(token).get(path).then();
    }

    private int status(String token) {
        return get(RUNS, token).extract().statusCode();
    }

    @Test
    @DisplayName("C0-40, C0-50: without its provider it lives, and tells everybody so; with it, it is ready by itself")
    void waitsForItsProvider() {
        // Given
        identity.stop();
        startApp();

        // Then
        assertThatProbesNeedNoProvider();
        assertThatNobodyIsRecognised();

        // When nobody but a caller asks
        identity.start();
        Awaitility.await("an answer").atMost(SOON).until(() -> status(identity.token(SamplePerson.viewer)) == 200);

        // Then
        get(READY).statusCode(200);
        get("/login").statusCode(302).header("Location", startsWith(identity.issuer() + "/authorize"));
        get(RUNS).statusCode(401);
    }

    private void assertThatProbesNeedNoProvider() {
        get("/q/health/live").statusCode(200);
        get("/q/health/started").statusCode(200);
        get(READY)
                .statusCode(503)
                .body("status", equalTo("DOWN"))
                .body("checks.find { it.name == 'identity' }.status", equalTo("DOWN"))
                .body("checks.find { it.name == 'identity' }.data.reason", containsString("identity provider"));
    }

    /** Each family in its own shape (C0-31). */
    private void assertThatNobodyIsRecognised() {
        String token = identity.token(SamplePerson.admin);
        get(RUNS, token)
                .statusCode(503)
                .header("Retry-After", "5")
                .contentType("application/problem+json")
                .body("code", equalTo(CODE))
                .body("reference", notNullValue());
        get("/api/permits", token)
                .statusCode(503)
                .header("Retry-After", "5")
                .body("keySet()", equalTo(Set.of("error", "message")))
                .body("message", containsString("identity provider"));
        get("/api/config/allowlist", token)
                .statusCode(503)
                .header("Retry-After", "5")
                .body("data", equalTo(null))
                .body("error.code", equalTo(CODE));
        get("/login").statusCode(303).header("Location", endsWith("/?login=unavailable"));
    }

    @Test
    @DisplayName("C0-40: when the provider goes away later, the keys that are known go on, and others are refused")
    void goesOnWithTheKeysThatItKnows() {
        // Given
        startReadyApp();

        // When
        identity.stop();

        // Then
        get(RUNS, identity.token(SamplePerson.viewer)).statusCode(200);
        get(RUNS, forged()).statusCode(401).body("code", equalTo("UNAUTHENTICATED"));
        get(RUNS, forged()).statusCode(401);
        assertThat(isReady()).isTrue();
    }

    @Test
    @DisplayName(
            "C0-40: a new key of the provider is known within seconds, whatever strangers send, and no other one is")
    void learnsANewKey() {
        // Given a stranger who has just made us ask for new keys
        startReadyApp();
        String old = identity.token(SamplePerson.viewer);
        get(RUNS, old).statusCode(200);
        get(RUNS, forged()).statusCode(401);

        // When
        identity.rotateKey();

        // Then
        Awaitility.await("the new key").atMost(SOON).until(() -> status(identity.token(SamplePerson.viewer)) == 200);
        get(RUNS, old).statusCode(401);
        get(RUNS, forged()).statusCode(401).body("reason", equalTo("TOKEN_INVALID"));
    }

    @Test
    @Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @DisplayName("C0-40: a provider that accepts connections and says nothing keeps nobody waiting for ever")
    void waitsForNoSilentProvider() {
        // Given one that is silent from the start
        identity.fallSilent();
        startApp();
        assertThatProbesNeedNoProvider();
        assertThatNobodyIsRecognised();

        // When
        identity.speak();
        Awaitility.await("readiness").atMost(SOON).until(this::isReady);

        // Given one that falls silent later
        identity.fallSilent();
        get(RUNS, identity.token(SamplePerson.viewer)).statusCode(200);
        get(RUNS, forged()).statusCode(401);

        // When
        identity.speak();
        identity.rotateKey();

        // Then
        Awaitility.await("the new key").atMost(SOON).until(() -> status(identity.token(SamplePerson.viewer)) == 200);
    }

    /** All right, but for its key. */
    private String forged() {
        return new DevTokens().sign(identity.claims(SamplePerson.admin));
    }
}

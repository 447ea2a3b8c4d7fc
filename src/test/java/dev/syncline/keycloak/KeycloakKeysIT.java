package dev.syncline.keycloak;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of tokens when the realm changes its keys. */
@NeedsKeycloak
class KeycloakKeysIT {
    static Realm realm;
    static Service service;

    @BeforeAll
    static void start() {
        realm = new Realm(KeycloakServer.running());
        realm.createPublicClient("lasting", 3600);
        service = new Service(realm, Map.of("syncline.identity.allowed-emails", "viewer@example.org"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (service != null) {
            service.close();
        }
    }

    @Test
    @DisplayName(
            "C0-40: a new key is known within seconds, and a key that was withdrawn is forgotten, without a restart")
    void followsTheKeysOfTheRealm() {
        // Given
        String oldKey = realm.activeKey();
        String old = realm.token("lasting", "viewer");
        assertThat(Tokens.kidOf(old)).isEqualTo(realm.kidOf(oldKey));
        assertThat(statusFor(old)).isEqualTo(200);

        // When
        String newKey = realm.rotate();
        String fresh = realm.token("lasting", "viewer");

        // Then
        assertThat(Tokens.kidOf(fresh)).isEqualTo(realm.kidOf(newKey)).isNotEqualTo(Tokens.kidOf(old));
        awaitStatus(200, fresh, Duration.ofSeconds(30));
        assertThat(statusFor(old))
                .as("a token of the old key, which is still published")
                .isEqualTo(200);

        // When
        realm.disable(oldKey);

        // Then
        awaitStatus(401, old, Duration.ofMinutes(5));
        assertThat(Tokens.endOf(old))
                .as("the end of its life was not the reason")
                .isAfter(Instant.now());
        assertThat(statusFor(fresh)).isEqualTo(200);
    }

    private static int statusFor(String token) {
        return service.as(token).get("/api/me").statusCode();
    }

    private static void awaitStatus(int status, String token, Duration atMost) {
        Awaitility.await().atMost(atMost).pollInterval(Duration.ofSeconds(1)).until(() -> statusFor(token) == status);
    }
}

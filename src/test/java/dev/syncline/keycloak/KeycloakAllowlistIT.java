package dev.syncline.keycloak;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** Somebody is taken off the list while they are at work. */
@NeedsKeycloak
class KeycloakAllowlistIT {
    static Realm realm;
    static HeldFeed feed;
    static Service service;

    @BeforeAll
    static void start() {
        realm = new Realm(KeycloakServer.running());
        feed = new HeldFeed();
        service = new Service(
                realm,
                Map.of(
                        "syncline.identity.allowed-emails", "manager@example.org,lead@example.org",
                        "syncline.http.allowed-hosts", feed.origin(),
                        "syncline.http.read-timeout", "5M"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (service != null) {
            feed.close();
            service.close();
        }
    }

    /** What came over an event stream, line by line, until it ended. */
    private record EventLines(List<String> heard, CompletableFuture<Instant> end) {
        static EventLines of(String token) {
            List<String> heard = new CopyOnWriteArrayList<>();
            HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + "/api/events"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return new EventLines(
                    heard,
                    HttpClient.newHttpClient()
                            .sendAsync(request, BodyHandlers.ofLines())
                            .thenApply(response -> {
                                response.body().forEach(heard::add);
                                return Instant.now();
                            }));
        }
    }

    @Test
    @DisplayName(
            "C0-26: who is taken off the list is refused at once, their stream ends within 30 s, and their run goes on")
    void endsTheStreamsAndLeavesTheRun() {
        // Given
        String manager = realm.token("manager");
        String lead = realm.token("lead");
        String run = service.as(manager)
                .contentType("application/json")
                .body(Map.of("file_path", feed.address()))
                .post("/api/sync")
                .then()
                .statusCode(202)
                .extract()
                .path("task_id");
        EventLines stream = EventLines.of(manager);
        Awaitility.await("the run in the stream").atMost(Duration.ofSeconds(30)).until(() -> stream.heard().stream()
                .anyMatch(line -> line.contains(run) && line.contains("RUNNING")));

        // When
        Instant removed = Instant.now();
        service.as(lead)
                .contentType("application/json")
                .body(Map.of("emails", List.of("lead@example.org")))
                .put("/api/config/allowlist")
                .then()
                .statusCode(200)
                .body("data.diff.removed", equalTo(List.of("manager@example.org")));

        // Then
        service.as(manager).get("/api/me").then().statusCode(403).body("reason", equalTo("NOT_ALLOWLISTED"));
        Awaitility.await("the stream's end").atMost(Duration.ofSeconds(90)).until(stream.end()::isDone);
        assertThat(stream.end().join()).isBetween(removed, removed.plusSeconds(30));
        assertThat(stateOf(run, lead)).isEqualTo("RUNNING");

        // When
        feed.letGo();

        // Then
        Awaitility.await("the run's end").atMost(Duration.ofSeconds(60)).until(() -> stateOf(run, lead)
                .equals("SUCCEEDED"));
        service.as(lead)
                .get("/api/runs/" + run)
                .then()
                .body("trigger.actor", equalTo("manager@example.org"))
                .body("counts.added", equalTo(1));
    }

    private static String stateOf(String run, String token) {
        return service.as(token).get("/api/runs/" + run).path("state");
    }
}

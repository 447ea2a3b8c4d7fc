package dev.syncline.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.dev.SamplePerson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@TestProfile(AccessProfile.class)
@DisplayName("C0-26: a stream lives no longer than the right to it")
class StreamRightsTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final List<String> EVERYBODY =
            List.of("viewer@example.org", "manager@example.org", "lead@example.org", "admin@example.org");

    @TestHTTPResource("/")
    URI root;

    @AfterEach
    void admitEverybody() {
        allow(EVERYBODY);
    }

    @Test
    @DisplayName(
            "C0-26, S0-3: it ends within 30 s of a log-out, of the token's end and of leaving the list; others go on")
    void endsWithTheRight() {
        // Given
        Stream removed = open("Authorization", "Bearer " + Subject.token(SamplePerson.viewer));
        Stream staying = open("Authorization", "Bearer " + Subject.token(SamplePerson.manager));
        LoggedIn person = LoggedIn.as(SamplePerson.manager, root);
        Stream loggedOut = open("Cookie", person.cookies());
        String brief =
                Subject.nobody.asks().get("/dev/token?person=lead&seconds=8").asString();
        Stream expiring = open("Authorization", "Bearer " + brief);
        for (Stream stream : List.of(removed, staying, loggedOut, expiring)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.isOver()).isFalse();
        }

        // When
        allow(List.of("manager@example.org", "lead@example.org", "admin@example.org"));
        String cookies = person.cookies();
        assertThat(person.post("/logout").statusCode()).isEqualTo(204);

        // Then
        await().atMost(BOUND).until(() -> removed.isOver() && loggedOut.isOver() && expiring.isOver());
        assertThat(staying.isOver()).isFalse();
        assertThat(open("Authorization", "Bearer " + brief).status()).isEqualTo(401);
        assertThat(open("Cookie", cookies).status())
                .as("a session that was copied before it ended")
                .isEqualTo(401);
        assertThat(Subject.viewer.asks().get("/api/runs").statusCode()).isEqualTo(403);
    }

    @Test
    @DisplayName("S0-2: nobody, and who is not on the list, gets no stream")
    void isNotOpenedWithoutRight() {
        assertThat(open("X-Nothing", "x").status()).isEqualTo(401);
        assertThat(open("Authorization", "Bearer " + Subject.token(SamplePerson.stranger))
                        .status())
                .isEqualTo(403);
        assertThat(open("Authorization", "Bearer nonsense").status()).isEqualTo(401);
    }

    private static void allow(List<String> emails) {
        Subject.admin
                .asks()
                .contentType("application/json")
                .body("{\"emails\":[\"" + String.join("\",\"", emails) + "\"]}")
                .put("/api/config/allowlist")
                .then()
                .statusCode(200);
    }

    private Stream open(String header, String value) {
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/api/events"))
                .header(header, value)
                .build();
        try {
            return new Stream(HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An open stream that is read to its end. */
    private static final class Stream {
        private final HttpResponse<InputStream> response;
        private final CompletableFuture<Void> end;

        Stream(HttpResponse<InputStream> response) {
            this.response = response;
            this.end = CompletableFuture.runAsync(this::read);
        }

        private void read() {
            try {
                var unused = response.body().readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException("not ended, but broken off", e);
            }
        }

        int status() {
            return response.statusCode();
        }

        /** Whether the server has said that there is no more. */
        boolean isOver() {
            return end.isDone() && !end.isCompletedExceptionally();
        }
    }
}

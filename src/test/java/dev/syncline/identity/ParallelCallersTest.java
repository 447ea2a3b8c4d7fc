package dev.syncline.identity;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.syncline.dev.SamplePerson;
import dev.syncline.status.RunCalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@TestProfile(ParallelCallersTest.ShortMemory.class)
@DisplayName("C0-40: callers who come at the same time")
class ParallelCallersTest {
    private static final List<SamplePerson> PEOPLE =
            List.of(SamplePerson.viewer, SamplePerson.manager, SamplePerson.lead, SamplePerson.admin);

    /** Admission is read every second, so that many callers wait for the same reading again and again. */
    public static class ShortMemory implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("syncline.identity.refresh-interval", "1S");
        }
    }

    @TestHTTPResource("/")
    URI root;

    @Inject
    Admissions admissions;

    @Test
    @DisplayName("C0-40: each is served as who they are, with their own request id, though they wait for one reading")
    void areNotMistakenForOneAnother() {
        Map<SamplePerson, String> tokens = new HashMap<>();
        PEOPLE.forEach(person -> tokens.put(person, Subject.token(person)));

        for (int wave = 0; wave < 5; wave++) {
            Admissions.Snapshot known = admissions.now().await().indefinitely();
            await().until(() -> System.nanoTime() - known.readAt() > 1_000_000_000L);
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            for (int i = 0; i < 60; i++) {
                HttpRequest request = HttpRequest.newBuilder(root.resolve("/api/me"))
                        .header("Authorization", "Bearer " + tokens.get(PEOPLE.get(i % PEOPLE.size())))
                        .header("x-request-id", "caller-" + i)
                        .build();
                answers.add(client.sendAsync(request, BodyHandlers.ofString()));
            }

            for (int i = 0; i < answers.size(); i++) {
                HttpResponse<String> answer = answers.get(i).join();
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("x-request-id")).hasValue("caller-" + i);
                assertThat(answer.body()).contains(PEOPLE.get(i % PEOPLE.size()).email());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/syncs/permits/runs, 202",
        "POST, /api/sync, 400",
        "POST, /api/runs/x/sweep, 400",
        "PUT, /api/config/allowlist, 400",
        "POST, /api/runs/x/cancel, 404",
        "DELETE, /api/runs, 405"
    })
    @DisplayName("C0-01: a write without a body is answered also while the gate has to wait for the database")
    void areAnsweredWithoutABody(String method, String path, int status) throws IOException {
        String token = Subject.token(SamplePerson.admin);
        Admissions.Snapshot known = admissions.now().await().indefinitely();
        await().until(() -> System.nanoTime() - known.readAt() > 1_000_000_000L);

        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(20_000);
            String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        }
        if (status == 202) {
            RunCalls.cancelAll();
        }
    }

    @Test
    @DisplayName("S0-44: many who change the list at the same time are all served, one after the other")
    void changeTheListTogether() {
        List<CompletableFuture<Integer>> changes = new ArrayList<>();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        String token = Subject.token(SamplePerson.lead);
        String everybody =
                PEOPLE.stream().map(person -> '"' + person.email() + '"').collect(Collectors.joining(","));
        for (int i = 0; i < 24; i++) {
            HttpRequest request = HttpRequest.newBuilder(root.resolve("/api/config/allowlist"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .PUT(BodyPublishers.ofString("{\"emails\":[" + everybody + ",\"guest" + i + "@example.org\"]}"))
                    .build();
            changes.add(client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::statusCode));
        }

        assertThat(changes.stream().map(CompletableFuture::join)).containsOnly(200);
    }
}

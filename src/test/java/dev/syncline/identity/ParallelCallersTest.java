package dev.syncline.identity;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.dev.SamplePerson;

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
}

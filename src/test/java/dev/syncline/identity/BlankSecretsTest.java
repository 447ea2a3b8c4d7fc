package dev.syncline.identity;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.syncline.identity.IdentitySettings.settings;
import static org.assertj.core.api.Assertions.assertThat;

/** Real requests to a server that answers with the machine it takes the caller for. */
@DisplayName("C0-43, S2-2: a secret that is not configured, or blank, is equal to nothing")
class BlankSecretsTest {
    private static final String NOBODY = "nobody";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private volatile MachineSecrets secrets;

    @BeforeEach
    void listen() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    var unused = request.response()
                            .end(secrets.of(request).map(Machine::name).orElse(NOBODY));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() throws Exception {
        var unused = vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private String machine(String... headers) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/"))
                .headers(headers)
                .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    static Stream<Arguments> blanks() {
        return Stream.of(
                        settings(),
                        settings("scheduler-secret", "", "write-back-secret", ""),
                        settings("scheduler-secret", "   ", "write-back-secret", "   "),
                        settings("scheduler-secret", "\t", "write-back-secret", "\u00a0"))
                .flatMap(settings -> Stream.of("", " ", "   ", "\t", "null", "Optional.empty", "true")
                        .map(shown -> Arguments.of(settings, shown)));
    }

    @ParameterizedTest
    @MethodSource("blanks")
    void isEqualToNothing(IdentityConfig settings, String shown) throws Exception {
        secrets = new MachineSecrets(settings);

        assertThat(machine("X-Appengine-Cron", "true", "X-Internal-Service-Token", shown))
                .isEqualTo(NOBODY);
        assertThat(machine("Authorization", "Bearer " + shown)).isEqualTo(NOBODY);
        assertThat(machine("Authorization", shown)).isEqualTo(NOBODY);
        assertThat(machine("X-Appengine-Cron", "true")).isEqualTo(NOBODY);
    }

    @Test
    void leavesTheOtherSecretAlone() throws Exception {
        secrets = new MachineSecrets(settings("write-back-secret", "a-good-secret-of-some-length"));

        assertThat(machine("Authorization", "Bearer a-good-secret-of-some-length"))
                .isEqualTo("WRITE_BACK");
        assertThat(machine("X-Appengine-Cron", "true", "X-Internal-Service-Token", "a-good-secret-of-some-length"))
                .isEqualTo(NOBODY);
    }

    @Test
    @DisplayName("C0-43: secrets are compared as bytes, whatever they are made of")
    void comparesBytes() throws Exception {
        String odd = Arrays.stream(
                        new int[] {'a', '=', '+', '/', '~', '!', '#', '$', '%', '&', '*', '(', ')', '[', ';'})
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        secrets = new MachineSecrets(settings("scheduler-secret", odd));

        assertThat(machine("X-Appengine-Cron", "true", "X-Internal-Service-Token", odd))
                .isEqualTo("SCHEDULER");
        assertThat(machine("X-Appengine-Cron", "true", "X-Internal-Service-Token", odd.replace('!', '?')))
                .isEqualTo(NOBODY);
    }
}

package dev.syncline.notify;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.notify.Notice.State;
import dev.syncline.notify.WebhookServer.Reply;
import dev.syncline.platform.CapturedLog;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.notify.FailingSync.LASTING;
import static dev.syncline.notify.FailingSync.TRANSIENT;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** Calls of a program that is well, slow, broken or moved. The mail server is away all the time. */
@QuarkusTest
@TestProfile(NotifyProfile.class)
@DisplayName(
        "S0-40: a webhook is called with a time-out, its status is checked, and no run waits for it or fails by it")
class WebhookTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @Inject
    OutboxDesk outbox;

    @ConfigProperty(name = "syncline.notify.webhook.url")
    URI url;

    private CapturedLog log;
    private WebhookServer server;

    private FailingSync failing;

    @BeforeEach
    void start() {
        outbox.clear();
        desk.clear(sync);
        failing = new FailingSync(sync, desk);
        log = new CapturedLog();
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    @Test
    @DisplayName("S0-40: a failed run is told once, signed so that a stranger's check of the signature agrees")
    void isCalledOnceAndSigned() throws IOException, GeneralSecurityException {
        // Given
        serve(number -> Reply.of(204));

        // When
        Run run = failing.run(LASTING);
        outbox.await(failed(run), State.SENT);

        // Then
        assertThat(server.calls()).hasSize(1);
        WebhookServer.Call call = server.calls().get(0);
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.target()).isEqualTo(url.getPath());
        assertThat(call.headers().getFirst("webhook-id")).isEqualTo(failed(run));
        assertThat(call.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(call.headers().getFirst("webhook-signature")).isEqualTo(signature(call));
        assertThat(Long.parseLong(call.headers().getFirst("webhook-timestamp")))
                .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond() + 1);
        JsonNode body = JSON.readTree(call.body());
        assertThat(body.path("type").asText()).isEqualTo("run.failed");
        assertThat(body.path("id").asText()).isEqualTo(failed(run));
        assertThat(body.path("sync").asText()).isEqualTo("scripted");
        assertThat(Instant.parse(body.path("timestamp").asText())).isEqualTo(run.completedAt());
        assertThat(body.at("/run/id").asText()).isEqualTo(run.id());
        assertThat(body.at("/run/error/code").asText()).isEqualTo("FEED_TRUNCATED");
        assertThat(body.at("/run/counts/read").asInt()).isEqualTo(7);
        assertThat(body.at("/links/run").asText()).isEqualTo("https://syncline.example.org/api/runs/" + run.id());
        assertThat(body.at("/links/log").asText()).startsWith("https://logs.example.org/?q=" + run.id());
    }

    @Test
    @DisplayName("S1-14: a run that was given up is told once more, with the dead letters' address")
    void tellsWhatWasGivenUp() throws IOException {
        serve(number -> Reply.of(200));

        Run run = failing.run(TRANSIENT);
        outbox.await("given-up:" + run.id() + "/webhook", State.SENT);

        assertThat(server.calls()).hasSize(2);
        JsonNode body = JSON.readTree(server.calls().get(1).body());
        assertThat(body.path("type").asText()).isEqualTo("run.given-up");
        assertThat(body.at("/links/deadLetters").asText())
                .isEqualTo("https://syncline.example.org/api/dead-letters?sync=scripted");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 408, 425, 429})
    @DisplayName("S0-40: what may pass is tried again, with the same id and the same body")
    void triesAgainWhatMayPass(int status) {
        serve(number -> Reply.of(number < 2 ? status : 200));

        Run run = failing.run(LASTING);
        Notice sent = outbox.await(failed(run), State.SENT);

        assertThat(sent.attempts()).isEqualTo(3);
        assertThat(sent.lastError()).isEqualTo("the webhook answered with status " + status);
        assertThat(server.calls())
                .extracting(call -> call.headers().getFirst("webhook-id"))
                .containsOnly(failed(run));
        assertThat(server.calls())
                .extracting(call -> new String(call.body(), StandardCharsets.UTF_8))
                .containsOnly(sent.text());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 410})
    @DisplayName("S0-40: what is refused for good is not repeated, and is recorded as failed")
    void doesNotRepeatWhatIsRefused(int status) {
        serve(number -> Reply.of(status));

        Run run = failing.run(LASTING);
        Notice failed = outbox.await(failed(run), State.FAILED);

        assertThat(failed.attempts()).isEqualTo(1);
        assertThat(failed.reason()).isEqualTo("refused for good");
        assertThat(server.calls()).hasSize(1);
    }

    @Test
    @DisplayName("S0-40: one that says nothing costs the time-out and no more; the run has long ended")
    void silenceEndsWithTheTimeOut() {
        serve(number -> Reply.of(number == 0 ? 0 : 204));

        Run run = failing.run(LASTING);
        Notice sent = outbox.await(failed(run), State.SENT);

        assertThat(sent.lastError()).isEqualTo("the webhook did not answer within 2000 ms");
        assertThat(desk.stored(run)).isEqualTo(run);
        assertThat(Duration.between(run.startedAt(), run.completedAt())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @DisplayName("C0-44: a redirect is not followed, wherever it leads")
    void followsNoRedirect() {
        try (WebhookServer elsewhere = new WebhookServer(0, number -> Reply.of(200))) {
            String there = "http://127.0.0.1:" + elsewhere.port() + "/taken";
            serve(number -> number == 0 ? new Reply(307, Map.of("Location", there)) : Reply.of(200));

            Run run = failing.run(LASTING);
            Notice sent = outbox.await(failed(run), State.SENT);

            assertThat(sent.lastError()).isEqualTo("the webhook answered with status 307");
            assertThat(elsewhere.calls()).isEmpty();
        }
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        // Given
        serve(number -> new Reply(429, Map.of("Retry-After", "3600")));

        // When
        Run run = failing.run(LASTING);
        Notice waiting = outbox.await(failed(run), notice -> notice.attempts() == 1 && notice.state() == State.PENDING);

        // Then
        assertThat(Duration.between(Instant.now(), waiting.nextAt()))
                .isBetween(Duration.ofMinutes(55), Duration.ofMinutes(60));
    }

    @Test
    @DisplayName("C0-46: neither the secret nor the secret part of the address is in a log, the API or the outbox")
    void tellsNoSecret() {
        // Given
        serve(number -> Reply.of(number == 0 ? 500 : 404));

        // When
        Run run = failing.run(LASTING);
        outbox.await(failed(run), State.FAILED);

        // Then
        String listed = given().get("/api/notifications?run=" + run.id()).asString();
        String metrics = given().get("/q/metrics").asString();
        List<String> said = log.records().stream()
                .map(record -> record.getFormattedMessage() + record.getMdcCopy() + record.getThrown())
                .toList();
        assertThat(listed).contains(failed(run), "http://127.0.0.1:" + url.getPort());
        assertThat(metrics).contains("syncline_outbox_depth{channel=\"webhook\"}");
        for (String canary : List.of("canary", NotifyProfile.SECRET)) {
            assertThat(listed).doesNotContain(canary);
            assertThat(metrics).doesNotContain(canary);
            assertThat(said).noneMatch(line -> line.contains(canary));
            assertThat(outbox.all()).extracting(Notice::toString).noneMatch(stored -> stored.contains(canary));
        }
    }

    private void serve(IntFunction<Reply> script) {
        server = new WebhookServer(url.getPort(), script);
    }

    private static String failed(Run run) {
        return "run-failed:" + run.id() + "/webhook";
    }

    /** As the specification says, without a line of ours. */
    private static String signature(WebhookServer.Call call) throws GeneralSecurityException {
        byte[] key = Base64.getDecoder().decode(NotifyProfile.SECRET.replace("whsec_", ""));
        String content = call.headers().getFirst("webhook-id")
                + "." + call.headers().getFirst("webhook-timestamp")
                + "." + new String(call.body(), StandardCharsets.UTF_8);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    }
}

package dev.syncline.notify;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.notify.Notice.State;
import dev.syncline.platform.CapturedLog;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.notify.FailingSync.LASTING;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** A mail server that says no: for now, for ever, to one of several, and to us. */
@QuarkusTest
@TestProfile(NotifyProfile.class)
class RefusedMailTest {
    private static final String OPS = "ops@example.org";
    private static final String DUTY = "duty@example.org";
    /** The password as it is sent. */
    private static final String PLAIN = base64("\0syncline\0" + NotifyProfile.PASSWORD);

    private static final String LOGIN = base64(NotifyProfile.PASSWORD);

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @Inject
    OutboxDesk outbox;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "quarkus.mailer.port")
    int port;

    private CapturedLog log;
    private ScriptedSmtp server;

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
    @DisplayName("a 450, as of a greylist, is tried again until it is taken")
    void triesAgainWhatWasRefusedForNow() {
        // Given
        AtomicInteger refusals = new AtomicInteger(2);
        serve(line -> line.contains(OPS) && refusals.getAndDecrement() > 0
                ? Optional.of("450-4.2.0 greylisted,\r\n450 4.2.0 come back later")
                : Optional.empty());

        // When
        Run run = failing.run(LASTING);
        Notice sent = outbox.await(mail(run, OPS), State.SENT);

        // Then
        assertThat(sent.attempts()).isEqualTo(3);
        assertThat(sent.lastError())
                .isEqualTo("recipient address not accepted (450): 450-4.2.0 greylisted, 450 4.2.0 come back later");
        outbox.await(mail(run, DUTY), State.SENT);
        assertThat(server.taken()).hasSize(2);
    }

    @Test
    @DisplayName("S0-40: a 550 for one recipient fails that notice at once, says so, and costs nobody else theirs")
    void oneRefusedRecipientCostsNobodyElseTheirs() {
        // Given
        double before = failures();
        serve(line -> line.startsWith("RCPT") && line.contains(OPS)
                ? Optional.of("550-5.1.1 there is\r\n550 5.1.1 nobody of that name")
                : Optional.empty());

        // When
        Run run = failing.run(LASTING);
        Notice failed = outbox.await(mail(run, OPS), State.FAILED);
        outbox.await(mail(run, DUTY), State.SENT);

        // Then
        assertThat(failed.attempts()).isEqualTo(1);
        assertThat(failed.reason()).isEqualTo("refused for good");
        assertThat(failed.lastError()).contains("550 5.1.1 nobody of that name");
        assertThat(server.taken()).hasSize(1).first().asString().contains("To: " + DUTY);
        assertThat(failures() - before).isEqualTo(1);
        assertThat(log.records())
                .filteredOn(record -> record.getLevel() == Level.ERROR)
                .extracting(ExtLogRecord::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("a notice reaches nobody", "run-failed:" + run.id(), "/api/notifications?state=FAILED")
                .doesNotContain(OPS);
        given().get("/api/notifications?state=FAILED&run=" + run.id()).then().statusCode(200);
        assertThat(given().get("/api/notifications?state=FAILED&run=" + run.id())
                        .jsonPath()
                        .<Map<String, Object>>getList("items"))
                .singleElement()
                .satisfies(item -> assertThat(item)
                        .containsEntry("recipient", OPS)
                        .containsEntry("kind", "run-failed")
                        .containsEntry("reason", "refused for good"));
    }

    @Test
    @DisplayName(
            "C0-46: a password that is refused is told nowhere; it is tried again, and given up after the time that is set")
    void refusalsOfOursAreNotTheRecipients() {
        // Given
        serve(line -> switch (line.split(" ")[0]) {
            case "EHLO" -> Optional.empty();
            default -> Optional.of(line.equals("AUTH LOGIN") ? "334 VXNlcm5hbWU6" : "535 not " + line);
        });

        // When
        Run run = failing.run(LASTING);
        Notice waiting = outbox.await(mail(run, OPS), notice -> notice.attempts() >= 2);
        assertThat(waiting.lastError()).matches("AUTH (PLAIN|LOGIN) failed \\(535\\)");
        outbox.set(mail(run, OPS), "createdAt", Instant.now().minus(Duration.ofDays(4)));

        // Then
        Notice failed = outbox.await(mail(run, OPS), State.FAILED);
        assertThat(failed.reason()).isEqualTo("given up after PT72H");
        // And what the server repeated of the password is nowhere
        assertThat(server.heard()).anyMatch(line -> line.contains(PLAIN));
        String listed = given().get("/api/notifications?run=" + run.id()).asString();
        List<String> said = log.records().stream()
                .map(record -> record.getFormattedMessage() + record.getThrown())
                .toList();
        for (String secret : List.of(NotifyProfile.PASSWORD, PLAIN, LOGIN)) {
            assertThat(listed).doesNotContain(secret);
            assertThat(said).noneMatch(line -> line.contains(secret));
            assertThat(outbox.all()).extracting(Notice::toString).noneMatch(stored -> stored.contains(secret));
        }
    }

    private void serve(Function<String, Optional<String>> script) {
        server = new ScriptedSmtp(port, script);
    }

    private double failures() {
        return metrics.counter("syncline.outbox.failed", "channel", "mail").count();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String mail(Run run, String recipient) {
        return "run-failed:" + run.id() + "/mail/" + recipient;
    }
}

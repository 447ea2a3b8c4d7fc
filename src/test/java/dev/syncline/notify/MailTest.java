package dev.syncline.notify;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.notify.MailServer.Mail;
import dev.syncline.notify.Notice.State;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.RunState;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.notify.FailingSync.LASTING;
import static dev.syncline.notify.FailingSync.TRANSIENT;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** Letters of failed runs, at a real mail server that is not always well. */
@QuarkusTest
@TestProfile(NotifyProfile.class)
class MailTest {
    private static final String OPS = "ops@example.org";
    private static final String DUTY = "duty@example.org";
    private static final String DEPTH = "syncline_outbox_depth{channel=\"mail\"} ";
    private static final String LEAD = "lead@example.org";

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @Inject
    OutboxDesk outbox;

    @Inject
    RunNotices notices;

    @ConfigProperty(name = "quarkus.mailer.port")
    int port;

    @ConfigProperty(name = "syncline.notify.webhook.url")
    URI url;

    private MailServer server;

    private FailingSync failing;

    @BeforeEach
    void start() {
        outbox.clear();
        desk.clear(sync);
        failing = new FailingSync(sync, desk);
        server = new MailServer(port);
        server.expects("syncline", NotifyProfile.PASSWORD);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    @DisplayName(
            "S1-15: a failed run is told once to each: its id, error, time and processed count, and where to look on")
    void aFailedRunIsToldOnceToEach() {
        // When
        Run run = failing.run(LASTING);
        awaitSent(run, OPS, DUTY);
        OutboxDesk.await(notices.follow(run));

        // Then
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(OutboxDesk.PATIENCE)
                .until(() -> server.mails().size() == 2);
        Mail mail = only(OPS);
        assertThat(mail.subject()).isEqualTo("[Syncline] scripted: run failed - FEED_TRUNCATED");
        assertThat(mail.text())
                .contains("Run id:            " + run.id())
                .contains("Failed at:         " + run.completedAt())
                .contains("Error:             FEED_TRUNCATED: The feed ends in the middle")
                .contains("Detail:            ends at byte 700")
                .contains("Next step:         Get the whole file; nothing was written.")
                .contains("Records processed: 7")
                .contains("Of these:          4 added, 1 updated, 1 unchanged, 1 rejected, 0 duplicates")
                .contains("Attempts:          1")
                .contains("https://syncline.example.org/api/runs/" + run.id())
                .contains("https://syncline.example.org/docs/runbook/feed-truncated.md")
                .contains("https://logs.example.org/?q=" + run.id() + "%20request-1");
        assertThat(mail.headers()).contains("From: Syncline <syncline@example.org>", "Auto-Submitted: auto-generated");
        assertThat(mail.messageId()).matches("<[0-9a-f-]{36}@example\\.org>");
        assertThat(only(DUTY).messageId()).isNotEqualTo(mail.messageId());
        assertThat(desk.stored(run)).isEqualTo(run);
    }

    @Test
    @DisplayName("S1-14: a run that was given up sends one escalation mail, with links to log and dead letters")
    void aRunThatWasGivenUpIsEscalated() {
        // When
        Run run = failing.run(TRANSIENT);
        awaitSent(run, OPS, DUTY);
        outbox.await("given-up:" + run.id() + "/mail/" + LEAD, State.SENT);

        // Then
        assertThat(run.attempt()).isEqualTo(3);
        assertThat(only(LEAD).subject()).isEqualTo("[Syncline] scripted: run given up - SOURCE_TIMEOUT");
        assertThat(only(LEAD).text())
                .contains("its attempts: 3")
                .contains("https://syncline.example.org/api/dead-letters?sync=scripted")
                .contains("https://logs.example.org/?q=" + run.id());
        assertThat(only(OPS).subject()).contains("run failed");
        assertThat(server.mails()).hasSize(3);
    }

    @Test
    void nobodyIsToldOfRunsThatDidNotFail() {
        // Given
        sync.does(scope -> Multi.createFrom().item(new Progress(Progress.FINISHED, Tally.NONE, 0, null)));
        Run succeeded = desk.run();
        sync.does(scope ->
                Multi.createFrom().emitter(run -> scope.stop().subscribe().with(stop -> run.complete())));
        Run running = desk.start(Mode.live).run();
        Run cancelled = desk.awaitEnd(desk.cancel(running));
        assertThat(succeeded.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);

        // When a later run that failed was told
        Run failed = failing.run(LASTING);
        awaitSent(failed, OPS, DUTY);

        // Then
        assertThat(outbox.all()).extracting(Notice::run).containsOnly(failed.id());
    }

    @Test
    @DisplayName(
            "S1-15, C0-54: while the mail server is away runs end as ever and the outbox grows; then each letter arrives, once")
    void noneIsLostWhileTheServerIsAway() {
        // Given
        server.line().cut();
        Run first = failing.run(LASTING);
        Run second = failing.run(LASTING);
        Notice waiting = outbox.await(
                failedMail(first, OPS), notice -> notice.attempts() >= 2 && notice.state() == State.PENDING);
        assertThat(waiting.lastError()).startsWith("no connection to the mail server");
        assertThat(desk.stored(first)).isEqualTo(first);

        Awaitility.await().atMost(OutboxDesk.PATIENCE).until(() -> metrics().contains(DEPTH + "4.0"));

        // When
        server.line().mend();
        awaitSent(first, OPS, DUTY);
        awaitSent(second, OPS, DUTY);

        // Then
        assertThat(server.mails()).hasSize(4);
        assertThat(messageIds()).hasSize(4);
        Awaitility.await().atMost(OutboxDesk.PATIENCE).until(() -> metrics().contains(DEPTH + "0.0"));
    }

    @ParameterizedTest
    @EnumSource(
            value = BrokenDialogue.class,
            names = {"BEFORE_DATA", "IN_DATA"})
    @DisplayName("a line that breaks before the mail is whole: it is sent again, and arrives once")
    void aBrokenDialogueLosesAndDoublesNothing(BrokenDialogue broken) {
        // Given
        server.line().tap(broken.first(3));

        // When
        Run run = failing.run(LASTING);
        awaitSent(run, OPS, DUTY);

        // Then
        assertThat(server.mails()).hasSize(2);
        assertThat(messageIds()).hasSize(2);
        int attempts = outbox.of(run.id(), Channel.mail).stream()
                .mapToInt(Notice::attempts)
                .sum();
        assertThat(attempts).isEqualTo(5);
    }

    @Test
    @DisplayName(
            "a line that breaks between the last dot and its answer: the mail comes twice, and its Message-ID shows it")
    void anAnswerThatIsLostRepeatsTheMail() {
        // Given
        server.line().tap(BrokenDialogue.AFTER_THE_LAST_DOT.first(1));

        // When
        Run run = failing.run(LASTING);
        awaitSent(run, OPS, DUTY);

        // Then
        assertThat(server.mails()).hasSize(3);
        assertThat(messageIds()).hasSize(2);
    }

    @Test
    @DisplayName("a server that says nothing: the attempt ends with its time, and is not gone on with behind our back")
    void whatTookTooLongIsNotDeliveredLater() {
        // Given a server whose greeting arrives, and nothing after it
        AtomicBoolean silent = new AtomicBoolean(true);
        server.line().tap(() -> (chunk, size, isRequest) -> {
            if (!isRequest && silent.get()) {
                server.line().stall();
            }
            return size;
        });
        Run run = failing.run(LASTING);
        Notice late = outbox.await(failedMail(run, OPS), notice -> notice.lastError() != null);
        // Meanwhile the webhook is called
        try (WebhookServer webhook = new WebhookServer(url.getPort(), number -> WebhookServer.Reply.of(204))) {
            outbox.await("run-failed:" + run.id() + "/webhook", State.SENT);
            assertThat(webhook.calls()).hasSize(1);
            assertThat(server.mails()).isEmpty();
        }
        assertThat(late.lastError()).isEqualTo("the mail server did not take it within 3000 ms");

        // When
        silent.set(false);
        server.line().flow();
        awaitSent(run, OPS, DUTY);

        // Then
        Awaitility.await().atMost(OutboxDesk.PATIENCE).until(server.line()::isIdle);
        assertThat(server.mails()).hasSize(2);
        assertThat(messageIds()).hasSize(2);
    }

    @Test
    void aRunThatDidNotHappenIsToldOnce() {
        Instant slot = Instant.parse("2026-11-23T11:00:00Z");

        OutboxDesk.await(notices.missed(sync, slot));
        OutboxDesk.await(notices.missed(sync, slot));
        outbox.await("late:scripted@" + slot + "/mail/" + OPS, State.SENT);
        outbox.await("late:scripted@" + slot + "/mail/" + DUTY, State.SENT);

        assertThat(only(OPS).subject()).isEqualTo("[Syncline] scripted: no run - 2026-11-23T11:00:00Z");
        assertThat(only(OPS).text())
                .contains("Was due at:        2026-11-23T11:00:00Z")
                .contains("https://syncline.example.org/api/syncs/scripted");
    }

    @Test
    void aSlowServerGetsItsMailsInTheEnd() {
        server.line().brake(Duration.ofMillis(150));

        Run run = failing.run(LASTING);
        awaitSent(run, OPS, DUTY);

        assertThat(server.mails()).hasSize(2);
    }

    @Test
    @DisplayName("what a run says cannot become a header, a recipient or the end of the mail")
    void wordsOfARunStayWords() {
        // Given
        String words = "gone\r\nBcc: evil@example.com\r\n\r\n.\r\nMAIL FROM:<evil@example.com>\r\n";
        Run run = failing.run(new SyncException(ErrorCode.FEED_TRUNCATED, words));

        // When
        awaitSent(run, OPS, DUTY);

        // Then
        Mail mail = only(OPS);
        assertThat(mail.headers()).noneMatch(header -> header.startsWith("Bcc"));
        assertThat(mail.text()).contains("Detail:            gone  Bcc: evil@example.com    .  MAIL FROM:");
        assertThat(mail.text()).contains("Records processed: 7");
        assertThat(server.mails()).extracting(Mail::to).containsExactlyInAnyOrder(OPS, DUTY);
    }

    private void awaitSent(Run run, String... recipients) {
        for (String recipient : recipients) {
            outbox.await(failedMail(run, recipient), State.SENT);
        }
    }

    private static String failedMail(Run run, String recipient) {
        return "run-failed:" + run.id() + "/mail/" + recipient;
    }

    private static String metrics() {
        return given().get("/q/metrics").asString();
    }

    private Mail only(String recipient) {
        List<Mail> mails = server.mailsTo(recipient);
        assertThat(mails).hasSize(1);
        return mails.get(0);
    }

    private Set<String> messageIds() {
        return server.mails().stream().map(Mail::messageId).collect(Collectors.toSet());
    }
}

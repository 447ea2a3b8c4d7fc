package dev.syncline.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.notify.MailServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Letters of failed runs, where several processes share one outbox. */
class OutboxIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String BROKEN = "no-feed.json";
    private static final List<String> RECIPIENTS = List.of("ops@example.org", "duty@example.org");

    private MailServer mails;
    private Replicas replicas;

    @BeforeAll
    static void provide() throws IOException {
        Path feeds = Replicas.fileOf(GeneratedFeed.of(1)).getParent();
        var unused = Files.writeString(Files.createDirectories(feeds).resolve(BROKEN), "<html>come back later</html>");
    }

    @BeforeEach
    void start() {
        mails = new MailServer(0);
        Map<String, String> settings = new HashMap<>(Map.of(
                "quarkus.mailer.host", "127.0.0.1",
                "quarkus.mailer.port", Integer.toString(mails.line().port()),
                "quarkus.mailer.from", "syncline@example.org",
                "syncline.notify.mail.to", String.join(",", RECIPIENTS),
                "syncline.notify.mail.timeout", "3S",
                "syncline.notify.back-off", "500ms"));
        replicas = new Replicas(settings);
    }

    @AfterEach
    void stop() {
        replicas.close();
        mails.close();
    }

    @Test
    @DisplayName("S1-15: of three processes one sends: each recipient is told of each failed run once")
    void eachMailOnce() {
        // Given
        List<Replica> processes = replicas.start(3);

        // When each of them runs one that fails
        List<String> runs = new ArrayList<>();
        processes.forEach(process -> runs.add(failedRun(process)));
        awaitMails(runs.size() * RECIPIENTS.size());

        // Then, also some looks later
        Awaitility.await()
                .during(Duration.ofSeconds(4))
                .atMost(PATIENCE)
                .until(() -> mails.mails().size() == runs.size() * RECIPIENTS.size());
        for (String run : runs) {
            assertThat(mails.mails())
                    .filteredOn(mail -> mail.text().contains("Run id:            " + run))
                    .extracting(MailServer.Mail::to)
                    .containsExactlyInAnyOrderElementsOf(RECIPIENTS);
        }
        assertThat(mails.mails()).extracting(MailServer.Mail::messageId).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("the leader is killed while it sends: another process sends what it had begun, and nothing twice")
    void anotherProcessSendsWhatAKilledOneHadBegun() {
        // Given a leader whose mail server has greeted and says nothing more
        List<Replica> processes = replicas.start(2);
        Replica leader = Awaitility.await("a leader")
                .atMost(PATIENCE)
                .until(() -> processes.stream().filter(OutboxIT::leads).toList(), leaders -> leaders.size() == 1)
                .get(0);
        Replica other =
                processes.stream().filter(each -> each != leader).findFirst().orElseThrow();
        AtomicBoolean silent = new AtomicBoolean(true);
        mails.line().tap(() -> (chunk, size, isRequest) -> {
            if (!isRequest && silent.get()) {
                mails.line().stall();
            }
            return size;
        });
        String run = failedRun(other);
        Awaitility.await("a mail under way").atMost(PATIENCE).until(() -> states(other, run)
                .contains("SENDING"));

        // When
        leader.process().kill();
        silent.set(false);
        mails.line().flow();

        // Then
        awaitMails(RECIPIENTS.size());
        Awaitility.await().atMost(PATIENCE).until(() -> states(other, run).equals(List.of("SENT", "SENT")));
        assertThat(mails.mails()).extracting(MailServer.Mail::to).containsExactlyInAnyOrderElementsOf(RECIPIENTS);
    }

    private void awaitMails(int count) {
        Awaitility.await(count + " mails")
                .dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .until(() -> mails.mails().size() >= count);
    }

    private static String failedRun(Replica process) {
        Answer answer = process.api().post("/api/sync", "{\"file_path\":\"" + BROKEN + "\"}", Map.of());
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        JsonNode run = process.awaitEnd(answer.body().path("task_id").asText());
        assertThat(run.path("state").asText()).isEqualTo("FAILED");
        return run.path("id").asText();
    }

    private static boolean leads(Replica process) {
        return process.process().output().contains("this process leads");
    }

    /** Of the mails of a run. */
    private static List<String> states(Replica process, String run) {
        List<String> states = new ArrayList<>();
        process.api().get("/api/notifications?run=" + run).body().path("items").forEach(item -> {
            if (item.path("channel").asText().equals("mail")) {
                states.add(item.path("state").asText());
            }
        });
        return states;
    }
}

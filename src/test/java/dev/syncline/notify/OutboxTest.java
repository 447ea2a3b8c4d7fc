package dev.syncline.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.notify.Notice.Kind;
import dev.syncline.notify.Notice.State;
import dev.syncline.platform.Ids;

import static org.assertj.core.api.Assertions.assertThat;

/** Several senders on one outbox, as several processes that each take themselves for the leader. */
@QuarkusTest
@TestProfile(OutboxTest.NobodySends.class)
class OutboxTest {
    /** But those of the test. */
    public static class NobodySends implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.scheduler.start-mode", "halted");
        }
    }

    @Inject
    Outbox outbox;

    @Inject
    OutboxDesk desk;

    @Inject
    OutboxMetrics metrics;

    @Inject
    NotifyConfig config;

    @Inject
    Ids ids;

    @Inject
    Clock clock;

    private final List<String> carried = new CopyOnWriteArrayList<>();

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @Test
    @DisplayName("what is enqueued twice is told once, and what became of it stays")
    void twiceIsOnce() {
        // Given
        enqueue(notice("a", clock.instant()));
        assertThat(await(sender().sendNext())).isTrue();

        // When
        enqueue(notice("a", clock.instant()));

        // Then
        assertThat(await(sender().sendNext())).isFalse();
        assertThat(desk.get("a").state()).isEqualTo(State.SENT);
        assertThat(carried).containsExactly("a");
    }

    @Test
    void eachOfManyIsSentOnceByAnyNumberOfSenders() {
        // Given
        List<String> wanted = IntStream.range(0, 40).mapToObj(i -> "n" + i).toList();
        wanted.forEach(id -> enqueue(notice(id, clock.instant())));
        List<Dispatch> senders = Stream.generate(this::sender).limit(4).toList();

        // When
        await(Multi.createFrom()
                .iterable(senders)
                .onItem()
                .transformToUni(this::drain)
                .merge(4)
                .collect()
                .asList());

        // Then
        assertThat(carried).containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(desk.all()).allMatch(notice -> notice.state() == State.SENT && notice.attempts() == 1);
    }

    private Uni<Void> drain(Dispatch sender) {
        return Multi.createBy()
                .repeating()
                .uni(sender::sendNext)
                .whilst(sent -> sent)
                .onItem()
                .ignoreAsUni();
    }

    @Test
    void whatIsUnderWayAtAnotherProcessIsLeftToIt() {
        enqueue(notice("a", clock.instant()));
        Notice read = desk.get("a");
        Notice claimed = await(outbox.claim(read)).orElseThrow();

        assertThat(await(sender().sendNext())).isFalse();
        assertThat(await(outbox.claim(read))).isEmpty();
        assertThat(await(outbox.depth(Channel.mail))).isEqualTo(1);
        await(outbox.sent(claimed));
        assertThat(await(outbox.depth(Channel.mail))).isZero();
    }

    @Test
    @DisplayName("a due time that a wrong clock has put far away does not hold a notice back; a true one does")
    void aWrongClockHoldsNothingBack() {
        enqueue(notice("wrong", clock.instant().plus(Duration.ofDays(40))));
        enqueue(notice("later", clock.instant().plus(Duration.ofMinutes(10))));

        await(drain(sender()));

        assertThat(carried).containsExactly("wrong");
    }

    @Test
    @DisplayName("C0-14: what has been kept for 90 days goes, but nothing that has yet to arrive")
    void removesWhatIsOldAndSettled() {
        // Given
        Instant old = clock.instant().minus(Duration.ofDays(91));
        for (String id : List.of("old-sent", "old-waiting", "sent")) {
            enqueue(notice(id, clock.instant()));
        }
        desk.set("old-sent", "serial", Ids.lowestAt(old));
        desk.set("old-waiting", "serial", Ids.lowestAt(old));
        desk.set("old-sent", "state", "SENT");
        desk.set("sent", "state", "SENT");

        // When
        await(outbox.removeOld());

        // Then
        assertThat(desk.all()).extracting(Notice::id).containsExactlyInAnyOrder("old-waiting", "sent");
    }

    private Dispatch sender() {
        return new Dispatch(outbox, new Noting(), metrics, config, clock);
    }

    private void enqueue(Notice notice) {
        await(outbox.enqueue(List.of(notice)));
    }

    private Notice notice(String id, Instant nextAt) {
        return new Notice(
                id,
                ids.next(),
                Kind.RUN_FAILED,
                "run-failed:r",
                Channel.mail,
                "ops@example.org",
                "s",
                "t",
                "<m@example.org>",
                clock.instant(),
                State.PENDING,
                null,
                0,
                nextAt,
                null,
                null,
                "r",
                "permits",
                null);
    }

    @CanIgnoreReturnValue
    private static <T> T await(Uni<T> step) {
        return OutboxDesk.await(step);
    }

    /** The outside world, which takes everything after a moment. */
    private final class Noting implements Carrier {
        @Override
        public Channel channel() {
            return Channel.mail;
        }

        @Override
        public Duration timeout() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Uni<Void> carry(Notice notice) {
            return Uni.createFrom()
                    .voidItem()
                    .invoke(() -> carried.add(notice.id()))
                    .onItem()
                    .delayIt()
                    .by(Duration.ofMillis(5));
        }
    }
}

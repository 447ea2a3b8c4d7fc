package dev.syncline.google;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Budgets as several processes have them: they share nothing but the database. The minute of these is a second. */
@QuarkusTest
class CallBudgetTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST = 6;
    private static final int CALLS = 36;

    @Inject
    MongoDatabase database;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final String principal = "reader-" + UUID.randomUUID();

    @Test
    @DisplayName("S0-42, Google's limit: three processes together never begin more calls in a window than there may be")
    void threeProcessesKeepToOneBudget() {
        // Given
        List<CallBudget> processes = List.of(budget(MOST, SECOND), budget(MOST, SECOND), budget(MOST, SECOND));
        List<Long> starts = Collections.synchronizedList(new ArrayList<>());

        // When: each of them wants all that it can get, at once
        Multi.createFrom()
                .range(0, CALLS)
                .onItem()
                .transformToUni(i -> take(processes.get(i % 3), starts))
                .merge(CALLS)
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);

        // Then: in any second
        List<Long> sorted = starts.stream().sorted().toList();
        assertThat(sorted).hasSize(CALLS);
        for (int i = MOST; i < CALLS; i++) {
            assertThat(Duration.ofNanos(sorted.get(i) - sorted.get(i - MOST)))
                    .as("from call %d to call %d", i - MOST, i)
                    .isGreaterThanOrEqualTo(SECOND);
        }
        // and none has waited for much longer than it had to: five full windows of two seconds, with their slack
        assertThat(Duration.ofNanos(sorted.get(CALLS - 1) - sorted.get(0))).isLessThan(Duration.ofSeconds(20));
        assertThat(metrics.timer("syncline.google.throttle.waits", "api", "sheets")
                        .count())
                .isPositive();
    }

    @Test
    void whoCannotWaitIsToldForHowLongTheyWouldHave() {
        // Given
        CallBudget budget = budget(1, Duration.ofMinutes(1));
        take(budget, Duration.ofSeconds(5));

        // When
        SyncException failure = catchThrowableOfType(SyncException.class, () -> take(budget, Duration.ofSeconds(5)));

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_RATE_LIMIT);
        assertThat(failure.detail()).startsWith("This service's own budget of 1 calls a minute is used up for ");
        assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(62));
    }

    @Test
    void eachPrincipalHasABudgetOfItsOwn() {
        CallBudget budget = budget(1, Duration.ofMinutes(1));
        take(budget, Duration.ofSeconds(5));

        Uni<Void> other = budget.take("other-" + principal, Deadline.in(Duration.ofSeconds(5)));

        assertThat(other.await().atMost(PATIENCE)).isNull();
    }

    @Test
    @DisplayName("A clock that was wrong blocks nobody for longer than a window")
    void callsOfTheFutureCountFromNowOn() {
        // Given: a server whose clock was a year ahead wrote them
        Date nextYear = Date.from(Instant.now().plus(Duration.ofDays(365)));
        Document ahead = new Document("_id", "sheets:" + principal)
                .append("calls", Collections.nCopies(3, nextYear))
                .append("version", 7L);
        var unused = database.collection(CallBudget.COLLECTION)
                .insertOne(ahead)
                .await()
                .atMost(PATIENCE);

        // When
        long began = System.nanoTime();
        take(budget(3, SECOND), Duration.ofSeconds(30));

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SECOND, Duration.ofSeconds(10));
    }

    @Test
    void aCancelledWaitTakesNothing() {
        // Given: one that waits
        CallBudget budget = budget(1, SECOND);
        take(budget, PATIENCE);
        var waiting = budget.take(principal, Deadline.in(PATIENCE)).subscribe().with(x -> {});
        Awaitility.await()
                .until(() -> metrics.timer("syncline.google.throttle.waits", "api", "sheets")
                                .count()
                        == 1);

        // When
        waiting.cancel();

        // Then
        Awaitility.await()
                .during(Duration.ofMillis(2500))
                .atMost(Duration.ofSeconds(6))
                .until(() -> stored().getLong("version") == 1);
    }

    private Document stored() {
        return database.collection(CallBudget.COLLECTION)
                .find(new Document("_id", "sheets:" + principal))
                .collect()
                .first()
                .await()
                .atMost(PATIENCE);
    }

    private Uni<Void> take(CallBudget budget, List<Long> starts) {
        return budget.take(principal, Deadline.in(PATIENCE)).invoke(() -> starts.add(System.nanoTime()));
    }

    private void take(CallBudget budget, Duration patience) {
        budget.take(principal, Deadline.in(patience)).await().atMost(PATIENCE);
    }

    private CallBudget budget(int most, Duration minute) {
        return new CallBudget(database, new CallMetrics(metrics), most, minute);
    }
}

package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import static dev.syncline.run.RunMaker.CLEAN;
import static dev.syncline.run.RunMaker.FAILURE;
import static dev.syncline.run.RunMaker.MINUTE;
import static dev.syncline.run.RunMaker.NOON;
import static dev.syncline.run.RunMaker.WARNED;
import static dev.syncline.run.RunMaker.aQueuedRun;
import static org.assertj.core.api.Assertions.assertThat;

@Label("C0-02: whatever happens to a run, in whatever order")
class RunPropertyTest {
    /** All that can happen to a run. */
    enum Verb {
        START {
            @Override
            Run on(Run run, Instant now) {
                return run.startedBy("p/" + (run.attempt() + 1), now);
            }
        },
        PROGRESS {
            @Override
            Run on(Run run, Instant now) {
                return run.progressed(CLEAN);
            }
        },
        ASK_TO_CANCEL {
            @Override
            Run on(Run run, Instant now) {
                return run.cancelRequested("tester", now);
            }
        },
        HAND_OVER {
            @Override
            Run on(Run run, Instant now) {
                return run.handedOver(CLEAN, now, MINUTE);
            }
        },
        RETRY_LATER {
            @Override
            Run on(Run run, Instant now) {
                return run.retryAt(now.plus(MINUTE), FAILURE, CLEAN, now, MINUTE);
            }
        },
        RETRY_NOW {
            @Override
            Run on(Run run, Instant now) {
                return run.retryNow(now);
            }
        },
        FINISH {
            @Override
            Run on(Run run, Instant now) {
                return run.finished(CLEAN, now, MINUTE);
            }
        },
        FINISH_WITH_WARNINGS {
            @Override
            Run on(Run run, Instant now) {
                return run.finished(WARNED, now, MINUTE);
            }
        },
        FAIL {
            @Override
            Run on(Run run, Instant now) {
                return run.failed(FAILURE, CLEAN, now, MINUTE);
            }
        },
        CANCEL {
            @Override
            Run on(Run run, Instant now) {
                return run.cancelled(CLEAN, now, MINUTE);
            }
        },
        ABANDON {
            @Override
            Run on(Run run, Instant now) {
                return run.abandoned(now, true);
            }
        };

        abstract Run on(Run run, Instant now);
    }

    /** A verb, and how far the clock has moved since the one before; clocks of other processes may be behind. */
    record Event(Verb verb, Duration later) {}

    @Provide
    Arbitrary<List<Event>> events() {
        // Ends are rarer than what comes before them, so that runs become old enough to be interesting.
        Arbitrary<Verb> verbs = Arbitraries.frequencyOf(
                Tuple.of(
                        5,
                        Arbitraries.of(
                                Verb.START,
                                Verb.PROGRESS,
                                Verb.ASK_TO_CANCEL,
                                Verb.HAND_OVER,
                                Verb.RETRY_LATER,
                                Verb.RETRY_NOW)),
                Tuple.of(1, Arbitraries.of(Verb.class)));
        Arbitrary<Duration> steps = Arbitraries.longs().between(-5_000, 60_000).map(Duration::ofMillis);
        return Combinators.combine(verbs, steps).as(Event::new).list().ofMaxSize(30);
    }

    @Property
    void staysWellFormed(@ForAll("events") List<Event> events) {
        Run run = aQueuedRun();
        Instant now = NOON;
        for (Event event : events) {
            now = now.plus(event.later());
            Optional<Run> next = tried(event.verb(), run, now);
            if (!run.active()) {
                assertThat(next).as("after the end").isEmpty();
            }
            if (next.isPresent()) {
                follows(run, next.get());
                run = next.get();
            }
            isWellFormed(run);
        }
    }

    private static Optional<Run> tried(Verb verb, Run run, Instant now) {
        try {
            return Optional.of(verb.on(run, now));
        } catch (IllegalStateException refused) {
            return Optional.empty();
        }
    }

    private static void follows(Run before, Run after) {
        assertThat(before.state().leadsTo(after.state())).isTrue();
        assertThat(after.version()).isEqualTo(before.version() + 1);
        assertThat(after.attempts()).hasSizeBetween(before.attempt(), before.attempt() + 1);
        assertThat(List.of(after.id(), after.sync(), after.trigger(), after.mode(), after.input(), after.queuedAt()))
                .isEqualTo(List.of(
                        before.id(),
                        before.sync(),
                        before.trigger(),
                        before.mode(),
                        before.input(),
                        before.queuedAt()));
        if (before.startedAt() != null) {
            assertThat(after.startedAt()).isEqualTo(before.startedAt());
        }
        IntStream.range(0, before.attempt())
                .filter(i -> before.attempts().get(i).endedAt() != null)
                .forEach(i -> assertThat(after.attempts().get(i))
                        .isEqualTo(before.attempts().get(i)));
    }

    private static void isWellFormed(Run run) {
        boolean owned = run.owner() != null;
        boolean ended = !run.active();
        assertThat(run.activeFor()).isEqualTo(run.active() ? run.sync() : null);
        assertThat(run.nextAttemptAt() != null).isEqualTo(run.state() == RunState.RETRY_WAIT);
        assertThat(run.startedAt() != null).isEqualTo(run.attempt() > 0);
        assertThat(run.completedAt() != null).isEqualTo(ended);
        assertThat(run.durationMs() != null).isEqualTo(ended);
        assertThat(owned).isEqualTo(run.state() == RunState.QUEUED || hasOpenAttempt(run));
        assertThat(run.error() != null).isEqualTo(run.state() == RunState.FAILED);
        attemptsAreWellFormed(run);
    }

    private static boolean hasOpenAttempt(Run run) {
        return run.attempts().stream().anyMatch(attempt -> attempt.endedAt() == null);
    }

    private static void attemptsAreWellFormed(Run run) {
        List<Attempt> attempts = run.attempts();
        assertThat(attempts)
                .extracting(Attempt::number)
                .isEqualTo(IntStream.rangeClosed(1, attempts.size()).boxed().toList());
        assertThat(attempts.stream().limit(Math.max(0, attempts.size() - 1)))
                .as("only the last may be open")
                .allMatch(attempt -> attempt.endedAt() != null);
        assertThat(attempts).allMatch(a -> (a.endedAt() == null) == (a.durationMs() == null));
        assertThat(attempts).extracting(Attempt::durationMs).allMatch(ms -> ms == null || ms > 0);
        if (run.state() != RunState.RUNNING) {
            assertThat(hasOpenAttempt(run)).isFalse();
        }
        if (!run.active()) {
            assertThat(run.durationMs())
                    .isEqualTo(attempts.stream()
                            .map(Attempt::durationMs)
                            .filter(Objects::nonNull)
                            .mapToLong(Long::longValue)
                            .sum());
        }
    }
}

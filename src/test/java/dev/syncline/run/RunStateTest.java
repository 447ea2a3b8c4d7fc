package dev.syncline.run;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.syncline.run.RunMaker.aRun;
import static dev.syncline.run.RunMaker.become;
import static dev.syncline.run.RunState.CANCELLED;
import static dev.syncline.run.RunState.FAILED;
import static dev.syncline.run.RunState.PARTIAL;
import static dev.syncline.run.RunState.QUEUED;
import static dev.syncline.run.RunState.RETRY_WAIT;
import static dev.syncline.run.RunState.RUNNING;
import static dev.syncline.run.RunState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@DisplayName("C0-02: the transition table is closed")
class RunStateTest {
    private static final Map<RunState, Set<RunState>> ALLOWED = Map.of(
            QUEUED, Set.of(QUEUED, RUNNING, FAILED, CANCELLED),
            RUNNING, Set.of(RUNNING, RETRY_WAIT, SUCCEEDED, PARTIAL, FAILED, CANCELLED),
            RETRY_WAIT, Set.of(RETRY_WAIT, RUNNING, FAILED, CANCELLED),
            SUCCEEDED, Set.of(),
            PARTIAL, Set.of(),
            FAILED, Set.of(),
            CANCELLED, Set.of());

    static Stream<Arguments> pairs() {
        return Arrays.stream(RunState.values())
                .flatMap(from -> Arrays.stream(RunState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void everyPairIsAllowedOrRefused(RunState from, RunState to) {
        assertThat(from.leadsTo(to)).isEqualTo(ALLOWED.get(from).contains(to));
    }

    /** No verb leads back to QUEUED: asking to cancel a run leaves it where it is. */
    @ParameterizedTest(name = "{0} to {1}")
    @MethodSource("pairs")
    void verbsObeyTheTable(RunState from, RunState to) {
        if (to == QUEUED && from != QUEUED) {
            return;
        }
        Run run = aRun(from);
        if (ALLOWED.get(from).contains(to)) {
            assertThat(become(run, to).state()).isEqualTo(to);
        } else {
            assertThatIllegalStateException()
                    .isThrownBy(() -> become(run, to))
                    .withMessageContaining(from.name())
                    .withMessageContaining("run-1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsInFourStates(RunState state) {
        assertThat(state.terminal())
                .isEqualTo(Set.of(SUCCEEDED, PARTIAL, FAILED, CANCELLED).contains(state));
    }

    @Test
    void onlyARunningRunIsHandedOverAndOnlyAWaitingOneHurried() {
        for (RunState state : RunState.values()) {
            Run run = aRun(state);
            if (state != RUNNING) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> run.handedOver(run.progress(), RunMaker.NOON, RunMaker.MINUTE));
            }
            if (state != RETRY_WAIT) {
                assertThatIllegalStateException().isThrownBy(() -> run.retryNow(RunMaker.NOON));
            }
        }
    }
}

package dev.syncline.run;

import java.util.List;
import java.util.Map;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SteeredSync;

import static org.assertj.core.api.Assertions.assertThat;

/** A database that has just been made has no index yet, and so no lock; the first triggers may come before it has. */
@QuarkusTest
@TestProfile(EarlyStartTest.Profile.class)
class EarlyStartTest {

    public static class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(SteeredSync.SETTING, "true", EarlyTriggers.SETTING, "true");
        }
    }

    /** Asks for two runs of one sync while the process starts. */
    @ApplicationScoped
    @IfBuildProperty(name = EarlyTriggers.SETTING, stringValue = "true")
    static class EarlyTriggers {
        static final String SETTING = "syncline.test.early-triggers";
        private static final Trigger TRIGGER = new Trigger(Trigger.Kind.scheduled, "startup", "early", null);

        private final RunCoordinator coordinator;
        private Uni<List<StartResult>> answers = Uni.createFrom().nothing();

        EarlyTriggers(RunCoordinator coordinator) {
            this.coordinator = coordinator;
        }

        void ask(@Observes @Priority(2) StartupEvent event) {
            answers = Uni.join().all(start(), start()).andFailFast().memoize().indefinitely();
            answers.subscribe().with(x -> {});
        }

        Uni<List<StartResult>> answers() {
            return answers;
        }

        private Uni<StartResult> start() {
            return coordinator.start(new StartRequest(SteeredSync.ID, TRIGGER, Mode.live, null, Map.of()));
        }
    }

    @Inject
    EarlyTriggers triggers;

    @Inject
    SteeredSync steered;

    @Test
    @DisplayName("C0-03: of two triggers that come before the indexes are made, one starts a run and one is refused")
    void locksBeforeTheFirstRun() {
        var answers = triggers.answers().await().indefinitely();

        assertThat(answers)
                .hasAtLeastOneElementOfType(StartResult.Started.class)
                .hasAtLeastOneElementOfType(StartResult.Refused.class);
        steered.finish(0);
    }
}

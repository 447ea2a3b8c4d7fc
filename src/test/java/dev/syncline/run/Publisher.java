package dev.syncline.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;

import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;

/** Tells versions of a run that is stored nowhere, where all other versions are told. */
@Singleton
@Unremovable
public class Publisher {
    private final RunEvents events;

    Publisher(RunEvents events) {
        this.events = events;
    }

    public void publish(String id, String sync, long version) {
        Trigger trigger = new Trigger(Trigger.Kind.manual, "anonymous", "a-request", null);
        Progress progress = new Progress("reading", new Tally(version, 0, 0, version, 0, 0, 0), version, null);
        Instant now = Instant.now();
        events.publish(new Run(
                id,
                sync,
                RunState.RUNNING,
                version,
                sync,
                "somebody",
                trigger,
                Mode.live,
                null,
                Map.of(),
                List.of(),
                now,
                now,
                null,
                null,
                null,
                progress,
                null,
                null,
                now,
                null));
    }
}

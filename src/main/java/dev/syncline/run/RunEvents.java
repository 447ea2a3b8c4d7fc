package dev.syncline.run;

import java.util.concurrent.Flow.Subscriber;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;

/**
 * Every version of every run that this process learns of: its own right after the write, others' through {@link RunWatch}. A
 * version may come twice and an old one late; who follows keeps the highest. A slow listener loses its stream, never the
 * others theirs.
 */
@ApplicationScoped
public class RunEvents {
    private final BroadcastProcessor<Run> versions = BroadcastProcessor.create();
    /** Saves end on any thread, and a listener's queue takes one item at a time. */
    private final Subscriber<Run> inTurn = versions.serialized();

    void publish(Run run) {
        inTurn.onNext(run);
    }

    /** Nothing more will come: all listeners end, and so does whoever still comes. */
    void close() {
        versions.onComplete();
    }

    /** From now on; each subscriber states its own buffer, for one without demand is ended. Ends when the process does. */
    public Multi<Run> versions() {
        return versions;
    }
}

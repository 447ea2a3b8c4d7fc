package dev.syncline.status;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.syncline.run.Run;
import dev.syncline.run.RunEvents;
import dev.syncline.run.RunStore;

/**
 * Runs as they happen, from any process. The state of now and the changes from now on are merged and then put in order by
 * version, so that nothing falls between the two.
 */
@ApplicationScoped
public class StatusFeed {
    private static final int BUFFER = 512;

    private final RunEvents events;
    private final RunStore store;

    StatusFeed(RunEvents events, RunStore store) {
        this.events = events;
        this.store = store;
    }

    /**
     * First what {@code begin} finds, then each newer version; of one run the versions strictly rise. Fails when the
     * subscriber is too slow for its buffer. Ends when the process is about to.
     */
    Multi<Run> follow(Supplier<Uni<List<Run>>> begin, Predicate<Run> wanted) {
        return Multi.createFrom().deferred(() -> {
            Multi<Run> live = events.versions().filter(wanted).onOverflow().buffer(BUFFER);
            Multi<Run> known = Multi.createFrom()
                    .uni(Uni.createFrom().deferred(begin::get))
                    .onItem()
                    .transformToMultiAndConcatenate(runs -> Multi.createFrom().iterable(runs));
            return Multi.createBy().merging().streams(live, known).filter(new RisingVersions());
        });
    }

    /** The end of a run, or empty when it takes longer, or longer than this process has left. */
    public Uni<Optional<Run>> awaitEnd(String run, Duration patience) {
        return follow(() -> store.byId(run).map(found -> found.stream().toList()), r -> r.id().equals(run))
                .select()
                .where(r -> !r.active())
                .toUni()
                .map(Optional::ofNullable)
                .ifNoItem()
                .after(patience)
                .recoverWithItem(Optional.empty());
    }

    /** Lets each version of a run through once, and none after a higher one. Used by one subscription. */
    private static final class RisingVersions implements Predicate<Run> {
        private static final int REMEMBERED = 4_096;
        private final Map<String, Long> highest = new HashMap<>();

        @Override
        public boolean test(Run run) {
            if (highest.size() > REMEMBERED) {
                highest.clear();
            }
            Long before = highest.get(run.id());
            if (before != null && before >= run.version()) {
                return false;
            }
            highest.put(run.id(), run.version());
            return true;
        }
    }
}

package dev.syncline.status;

import java.time.Duration;
import java.util.LinkedHashMap;
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
    Multi<Run> follow(Supplier<Multi<Run>> begin, Predicate<Run> wanted) {
        return Multi.createFrom().deferred(() -> {
            Multi<Optional<Run>> live = events.versions()
                    .filter(wanted)
                    .onOverflow()
                    .buffer(BUFFER)
                    .map(Optional::of)
                    .onCompletion()
                    .continueWith(Optional.<Run>empty());
            Multi<Optional<Run>> known = Multi.createFrom().deferred(begin::get).map(Optional::of);
            // The end of the process does not wait for what the database has yet to say.
            return Multi.createBy()
                    .merging()
                    .streams(live, known)
                    .select()
                    .first(Optional::isPresent)
                    .map(Optional::get)
                    .filter(new RisingVersions());
        });
    }

    /** What is stored of one run. */
    Multi<Run> one(String run) {
        return store.byId(run).onItem().transformToMulti(found -> Multi.createFrom()
                .items(found.stream()));
    }

    /** The end of a run, or the run as it is when the end takes longer. */
    public Uni<Run> awaitEnd(Run run, Duration patience) {
        return follow(() -> one(run.id()), r -> r.id().equals(run.id()))
                .select()
                .where(r -> !r.active())
                .toUni()
                .ifNoItem()
                .after(patience)
                .recoverWithUni(() -> one(run.id()).toUni())
                .onItem()
                .ifNull()
                .continueWith(run);
    }

    /**
     * Lets each version of a run through once, and none after a higher one. Used by one subscription. Of very many runs it
     * remembers those that it met last; versions of a run that arrive out of order do so within seconds.
     */
    private static final class RisingVersions implements Predicate<Run> {
        private static final int REMEMBERED = 4_096;
        private final Map<String, Long> highest = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > REMEMBERED;
            }
        };

        @Override
        public boolean test(Run run) {
            Long before = highest.get(run.id());
            if (before != null && before >= run.version()) {
                return false;
            }
            highest.put(run.id(), run.version());
            return true;
        }
    }
}

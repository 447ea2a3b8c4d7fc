package dev.syncline.status;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.arc.All;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Change;
import dev.syncline.ingest.ChangeStore;
import dev.syncline.run.Run;
import dev.syncline.run.SyncCatalog;
import dev.syncline.status.ShownRows.Sight;

/**
 * What a run did, as one list: first the fields that it changed, then the rows that it added. Added rows are not written down
 * a second time; they carry the run's id.
 */
@ApplicationScoped
class RunChanges {
    private static final String ADDED = "+";

    private final ChangeStore changes;
    private final List<OwnChanges> own;
    private final SyncCatalog syncs;
    private final Sights sights;

    RunChanges(ChangeStore changes, @All List<OwnChanges> own, SyncCatalog syncs, Sights sights) {
        this.changes = changes;
        this.own = own;
        this.syncs = syncs;
        this.sights = sights;
    }

    /** One change; an added row has no field. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangeView(
            String key,
            String kind,
            @Nullable String field,
            @Nullable String from,
            @Nullable String to) {
        static ChangeView of(Change change) {
            return new ChangeView(change.key(), change.kind().name(), change.field(), change.from(), change.to());
        }

        static ChangeView added(String key) {
            return new ChangeView(key, "added", null, null, null);
        }
    }

    /** A change and where the list goes on after it. */
    private record Entry(String position, ChangeView view) {}

    /** The name of a run's list in its cursors. */
    static String list(String run) {
        return run + "/changes";
    }

    /** A page of the list, as the caller may see it. Call it within the request. */
    Uni<Page<ChangeView>> page(Run run, String after, int limit) {
        return changed(run, after, limit + 1)
                .chain(changed -> changed.size() > limit
                        ? Uni.createFrom().item(changed)
                        : added(run, after, limit + 1 - changed.size()).map(added -> join(changed, added)))
                .map(entries -> Page.of(list(run.id()), entries, limit, Entry::position, Entry::view));
    }

    private Uni<List<Entry>> changed(Run run, String after, int limit) {
        Sight sight = sights.ofRows(run.sync());
        return after.startsWith(ADDED)
                ? Uni.createFrom().item(List.of())
                : stored(run, after, limit).map(found -> entries(found, sight));
    }

    private Uni<List<Change>> stored(Run run, String after, int limit) {
        return own.stream()
                .filter(log -> log.serves(run.sync()))
                .findFirst()
                .map(log -> log.page(run.id(), after, limit))
                .orElseGet(() -> changes.page(run.id(), after, limit));
    }

    private static List<Entry> entries(List<Change> found, Sight sight) {
        return found.stream()
                .map(sight::of)
                .map(change -> new Entry(change.id(), ChangeView.of(change)))
                .toList();
    }

    private Uni<List<Entry>> added(Run run, String after, int limit) {
        String lastKey = after.startsWith(ADDED) ? after.substring(1) : "";
        return syncs.get(run.sync())
                .sweepTarget()
                .map(target -> target.rows().addedBy(run.id(), lastKey, limit))
                .orElseGet(() -> Uni.createFrom().item(List.of()))
                .map(keys -> keys.stream()
                        .map(key -> new Entry(ADDED + key, ChangeView.added(key)))
                        .toList());
    }

    private static List<Entry> join(List<Entry> changed, List<Entry> added) {
        return new ArrayList<>(Stream.concat(changed.stream(), added.stream()).toList());
    }
}

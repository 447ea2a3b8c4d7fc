package dev.syncline.run;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.conversions.Bson;

import dev.syncline.platform.MongoDatabase;

/** Starts runs of the scripted sync, waits for their ends and looks at what they left, for tests. */
@ApplicationScoped
public class RunDesk {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> COLLECTIONS =
            List.of("runs", "changes", "rejections", "sweeps", "undo_journal", "audit", ScriptedSync.ROWS);

    private final RunCoordinator coordinator;
    private final RunCancel cancels;
    private final RunStore store;
    private final MongoDatabase database;

    RunDesk(RunCoordinator coordinator, RunCancel cancels, RunStore store, MongoDatabase database) {
        this.coordinator = coordinator;
        this.cancels = cancels;
        this.store = store;
        this.database = database;
    }

    /** As if nothing had ever run. */
    public void clear(ScriptedSync sync) {
        sync.reset();
        COLLECTIONS.forEach(this::empty);
    }

    /** As if no schedule had ever been seen. */
    void forgetSchedules() {
        empty("schedules");
        empty("schedule_ticks");
    }

    /** As if nobody had said what became of the slots that were claimed. */
    void reopenTicks() {
        var unused = database.collection("schedule_ticks")
                .updateMany(new Document(), Updates.combine(Updates.set("open", true), Updates.unset("outcome")))
                .await()
                .atMost(PATIENCE);
    }

    // --- runs

    @CanIgnoreReturnValue
    public Run run() {
        return run(Mode.live);
    }

    /** Starts a run and gives it as it ended. */
    @CanIgnoreReturnValue
    public Run run(Mode mode) {
        return awaitEnd(start(mode).run());
    }

    public StartResult start(Mode mode) {
        return start(Trigger.Kind.manual, mode);
    }

    public StartResult start(Trigger.Kind kind, Mode mode) {
        Trigger trigger = new Trigger(kind, "tester", "request-1", null);
        return coordinator
                .start(new StartRequest(ScriptedSync.SYNC, trigger, mode, null, Map.of()))
                .await()
                .atMost(PATIENCE);
    }

    @CanIgnoreReturnValue
    public Run cancel(Run run) {
        return cancels.cancel(run.id(), "tester").await().atMost(PATIENCE);
    }

    @CanIgnoreReturnValue
    public Run awaitEnd(Run run) {
        return await(run, now -> !now.active());
    }

    @CanIgnoreReturnValue
    public Run await(Run run, Predicate<Run> state) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> stored(run), state);
    }

    public Run stored(Run run) {
        return stored(run.id());
    }

    Run stored(String run) {
        return store.byId(run).await().atMost(PATIENCE).orElseThrow();
    }

    // --- what they left

    public List<Document> all(String collection) {
        return database.collection(collection).find().collect().asList().await().atMost(PATIENCE).stream()
                .sorted(Comparator.comparing(document -> document.getString("_id")))
                .toList();
    }

    public List<Document> rows() {
        return all(ScriptedSync.ROWS);
    }

    public Document row(String key) {
        return find(ScriptedSync.ROWS, Filters.eq("_id", key)).get(0);
    }

    public List<Document> changesOf(Run run) {
        return find("changes", Filters.eq("run", run.id()));
    }

    public List<Document> find(String collection, Bson filter) {
        return database.collection(collection).find(filter).collect().asList().await().atMost(PATIENCE).stream()
                .sorted(Comparator.comparing(document -> document.getString("_id")))
                .toList();
    }

    /** Another writer than the service. */
    public void set(String key, String field, Object value) {
        var unused = database.collection(ScriptedSync.ROWS)
                .updateOne(Filters.eq("_id", key), Updates.set(field, value))
                .await()
                .atMost(PATIENCE);
    }

    private void empty(String collection) {
        var unused = database.collection(collection)
                .deleteMany(new Document())
                .await()
                .atMost(PATIENCE);
    }
}

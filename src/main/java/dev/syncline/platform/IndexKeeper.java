package dev.syncline.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.jboss.logging.Logger;

/**
 * Makes the indexes that are missing, when the service starts or as soon as the database is there, and reports those that
 * differ. It never drops or rebuilds one: on a large collection that is a person's decision (C0-51, C0-56). A unique index is
 * a lock: without it nothing counts as ensured, so no run starts and the process is not ready. Those on collections of others
 * come last, and nothing waits for them.
 */
@ApplicationScoped
public class IndexKeeper {
    private static final Logger LOG = Logger.getLogger(IndexKeeper.class);
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final MongoDatabase database;
    private final Map<String, List<RequiredIndex>> own;
    private final Map<String, List<RequiredIndex>> foreign;
    private final CompletableFuture<Void> ensured = new CompletableFuture<>();
    private volatile List<String> drift = List.of();

    IndexKeeper(MongoDatabase database, @All List<RequiredIndexes> rooms) {
        this.database = database;
        List<RequiredIndex> required =
                rooms.stream().flatMap(room -> room.indexes().stream()).toList();
        this.own = byCollection(required.stream().filter(index -> !index.foreign()));
        this.foreign = byCollection(required.stream().filter(RequiredIndex::foreign));
    }

    private static Map<String, List<RequiredIndex>> byCollection(Stream<RequiredIndex> indexes) {
        return indexes.sorted(Comparator.comparing(RequiredIndex::collection))
                .collect(Collectors.groupingBy(RequiredIndex::collection, LinkedHashMap::new, Collectors.toList()));
    }

    /** Whether all indexes of our own have been looked at and the missing ones made. */
    public boolean ensured() {
        return ensured.isDone();
    }

    /** Completes at that moment: who relies on a unique index waits for it before a first write. */
    public Uni<Void> whenEnsured() {
        return Uni.createFrom().completionStage(() -> ensured.minimalCompletionStage());
    }

    /** The same within a request: {@code DATABASE_UNAVAILABLE} if it does not come soon. */
    public Uni<Void> ensuredSoon() {
        return whenEnsured()
                .ifNoItem()
                .after(SOON)
                .failWith(() -> new SyncException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "the database's indexes are not made yet, and what was asked for relies on them"));
    }

    /** What differs from what is required, one sentence each; empty when all is well. */
    public List<String> drift() {
        return drift;
    }

    /** The start does not wait for the database. */
    void start(@Observes StartupEvent event) {
        ensure().onFailure()
                .invoke(failure -> LOG.warnf("the indexes cannot be looked at yet (%s)", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_DELAY, LONGEST_DELAY)
                .indefinitely()
                .subscribe()
                .with(x -> {});
    }

    /** Looks at all indexes now. */
    Uni<Void> ensure() {
        return ensure(own, this::ensure)
                .invoke(found -> report(found, found))
                .invoke(() -> ensured.complete(null))
                .chain(found -> ensure(foreign, this::ensureForeign).invoke(more -> report(both(found, more), more)))
                .replaceWithVoid();
    }

    private static Uni<List<String>> ensure(
            Map<String, List<RequiredIndex>> required,
            BiFunction<String, List<RequiredIndex>, Uni<List<String>>> ensuring) {
        return Multi.createFrom()
                .iterable(required.entrySet())
                .onItem()
                .transformToUniAndConcatenate(room -> ensuring.apply(room.getKey(), room.getValue()))
                .collect()
                .in(ArrayList<String>::new, List::addAll)
                .map(List::copyOf);
    }

    private static List<String> both(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** A view has no indexes, and a right to read is no right to see them. */
    private Uni<List<String>> ensureForeign(String collection, List<RequiredIndex> wanted) {
        return ensure(collection, wanted)
                .onFailure(failure -> !DatabaseFailures.isConnectivity(failure))
                .recoverWithItem(failure -> wanted.stream()
                        .map(index -> "index %s of %s cannot be looked at".formatted(index.name(), collection))
                        .toList());
    }

    private Uni<List<String>> ensure(String collection, List<RequiredIndex> wanted) {
        return database.collection(collection)
                .listIndexes()
                .collect()
                .asList()
                .onFailure(IndexKeeper::isNoCollection)
                .recoverWithItem(List.of())
                .chain(existing -> ensure(collection, wanted, existing));
    }

    private static boolean isNoCollection(Throwable failure) {
        return failure instanceof com.mongodb.MongoCommandException command && command.getErrorCode() == 26;
    }

    private Uni<List<String>> ensure(String collection, List<RequiredIndex> wanted, List<Document> existing) {
        List<RequiredIndex> unserved = wanted.stream()
                .filter(index -> existing.stream().noneMatch(index::isServedBy))
                .toList();
        List<RequiredIndex> missing =
                unserved.stream().filter(index -> !standsIn(existing, index)).toList();
        List<RequiredIndex> unlike =
                unserved.stream().filter(index -> standsIn(existing, index)).toList();
        if (unlike.stream().anyMatch(RequiredIndex::unique)) {
            throw new IllegalStateException("a unique index of " + collection + " is not as required: " + unlike);
        }
        List<String> different = unlike.stream()
                .map(index -> "index %s of %s is not as required: %s"
                        .formatted(index.name(), collection, index.keys().toJson()))
                .toList();
        return Multi.createFrom()
                .iterable(missing)
                .onItem()
                .transformToUniAndConcatenate(index -> make(collection, index))
                .collect()
                .in(() -> new ArrayList<>(different), List::addAll);
    }

    private Uni<List<String>> make(String collection, RequiredIndex index) {
        return database.collection(collection)
                .createIndexes(List.of(index.model()))
                .map(names -> List.<String>of())
                .onFailure(failure -> !DatabaseFailures.isConnectivity(failure) && !index.unique())
                .recoverWithItem(failure ->
                        List.of("index %s of %s is missing and cannot be made".formatted(index.name(), collection)));
    }

    private static boolean standsIn(List<Document> existing, RequiredIndex index) {
        return existing.stream().anyMatch(e -> index.name().equals(e.getString("name")));
    }

    private void report(List<String> all, List<String> news) {
        drift = all;
        news.forEach(LOG::warn);
    }
}

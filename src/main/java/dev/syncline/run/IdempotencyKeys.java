package dev.syncline.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

/**
 * Which run a caller's {@code Idempotency-Key} stands for, for 24 hours and over all processes (C0-08); sole writer of
 * {@code idempotency_keys}. The key is claimed, with the id of the run to be, before the run is stored: a crash in between
 * leaves a claim that the repeat fulfils.
 */
@ApplicationScoped
class IdempotencyKeys {
    private static final Duration VALID = Duration.ofHours(24);

    private final ReactiveMongoCollection<Document> keys;
    private final Clock clock;

    IdempotencyKeys(MongoDatabase database, Clock clock) {
        this.keys = database.collection("idempotency_keys");
        this.clock = clock;
    }

    /**
     * Claims the request's key for a new run.
     *
     * @return the id of the run that the key stands for, which is {@code run} if nobody had claimed it
     */
    Uni<String> claim(String key, StartRequest request, String run) {
        Instant now = clock.instant();
        Document claim = new Document("_id", id(key, request))
                .append("run", run)
                .append("asks", fingerprint(request))
                .append("at", now);
        return DatabaseFailures.repeat(keys.insertOne(claim))
                .replaceWith(run)
                .onFailure(DatabaseFailures::isDuplicate)
                .recoverWithUni(() -> claimed(key, request, run, now));
    }

    /** Gives a key back whose request started nothing. */
    Uni<Void> release(String key, StartRequest request, String run) {
        return keys.deleteOne(Filters.and(Filters.eq("_id", id(key, request)), Filters.eq("run", run)))
                .replaceWithVoid();
    }

    private Uni<String> claimed(String key, StartRequest request, String run, Instant now) {
        return keys.find(Filters.eq("_id", id(key, request)))
                .collect()
                .first()
                .chain(claim -> claim == null || expired(claim, now)
                        ? forget(claim).chain(() -> claim(key, request, run))
                        : Uni.createFrom().item(() -> same(claim, request)));
    }

    private static boolean expired(Document claim, Instant now) {
        return claim.getDate("at").toInstant().plus(VALID).isBefore(now);
    }

    private Uni<Void> forget(Document claim) {
        return claim == null
                ? Uni.createFrom().voidItem()
                : keys.deleteOne(Filters.and(Filters.eq("_id", claim.get("_id")), Filters.eq("run", claim.get("run"))))
                        .replaceWithVoid();
    }

    private static String same(Document claim, StartRequest request) {
        if (!fingerprint(request).equals(claim.getString("asks"))) {
            throw new SyncException(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED, "the key was used for another request in the last 24 hours");
        }
        return claim.getString("run");
    }

    private static String id(String key, StartRequest request) {
        return request.sync() + '\n' + request.trigger().actor() + '\n' + key;
    }

    private static String fingerprint(StartRequest request) {
        return request.mode() + "\n" + request.reason() + "\n" + new TreeMap<>(Run.work(request.input()));
    }
}

package dev.syncline.writeback;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What has become of one record, on its way to the record's live item, or to a new one.
 *
 * @param id of the item, should it be a new one
 * @param changes how many changes it stands for
 * @param asOf when the record was changed, where the record itself tells it; null where somebody has told us of a change
 */
record Landing(
        String id,
        RecordChange change,
        int changes,
        @Nullable Instant asOf) {
    private static final String DELETE = Action.DELETE.name();

    /** One for each record, in the order in which the records come first. */
    static List<Landing> of(List<RecordChange> changes, Function<String, String> idFor) {
        Map<String, Landing> landings = new LinkedHashMap<>();
        changes.forEach(change -> landings.merge(
                liveFor(change), new Landing(idFor.apply(liveFor(change)), change, 1, null), Landing::then));
        return new ArrayList<>(landings.values());
    }

    private Landing then(Landing next) {
        RecordChange newer = next.change;
        Document payload = newer.payload() == null ? change.payload() : newer.payload();
        return new Landing(
                id,
                new RecordChange(
                        newer.model(),
                        newer.recordId(),
                        newer.action().after(change.action()),
                        payload,
                        newer.actor(),
                        newer.requestId()),
                changes + next.changes,
                asOf);
    }

    String liveFor() {
        return liveFor(change);
    }

    private static String liveFor(RecordChange change) {
        return QueueItem.liveFor(change.model(), change.recordId());
    }

    /** The live item, unless it tells of a deletion and this does not: that is no item to be merely added to. */
    Document target() {
        Document live = new Document("liveFor", liveFor());
        return change.action() == Action.DELETE ? live : live.append("action", new Document("$ne", DELETE));
    }

    /** The live item if it tells of a deletion, and of none that came after this. */
    Document deletion() {
        Document deletion = new Document("liveFor", liveFor()).append("action", DELETE);
        return asOf == null ? deletion : deletion.append("changedAt", new Document("$lt", asOf));
    }

    /** To be made on {@link #target()}, as an upsert. */
    Bson upsert(Instant now, int maxRetries) {
        List<Bson> updates = news(now);
        updates.add(
                change.action() == Action.UPDATE
                        ? Updates.setOnInsert("action", Action.UPDATE.name())
                        : Updates.set("action", change.action().name()));
        updates.addAll(List.of(
                Updates.setOnInsert("_id", id),
                Updates.setOnInsert("model", change.model()),
                Updates.setOnInsert("recordId", change.recordId()),
                Updates.setOnInsert("status", QueueItem.Status.PENDING.name()),
                Updates.setOnInsert("retries", 0),
                Updates.setOnInsert("maxRetries", maxRetries),
                Updates.setOnInsert("createdAt", now),
                Updates.setOnInsert("nextAttemptAt", now)));
        return Updates.combine(updates);
    }

    /** To be made on {@link #deletion()}: the record is there again. */
    Bson revival(Instant now) {
        List<Bson> updates = news(now);
        updates.add(Updates.set("action", Action.UPDATE.name()));
        return Updates.combine(updates);
    }

    /** What somebody told of a change stays when the record then tells the same. */
    private List<Bson> news(Instant now) {
        List<Bson> updates = new ArrayList<>(List.of(Updates.inc("changes", changes), Updates.set("changedAt", now)));
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("payload", change.payload());
        told.put("actor", change.actor());
        told.put("requestId", change.requestId());
        told.values().removeIf(value -> value == null);
        told.forEach((field, value) ->
                updates.add(asOf == null ? Updates.set(field, value) : Updates.setOnInsert(field, value)));
        return updates;
    }
}

package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import org.bson.conversions.Bson;

import dev.syncline.platform.ErrorCode;
import dev.syncline.writeback.ItemOutcome.Failed;
import dev.syncline.writeback.ItemOutcome.Skipped;
import dev.syncline.writeback.ItemOutcome.Written;
import dev.syncline.writeback.QueueItem.Status;
import dev.syncline.writeback.QueueStore.Closing;

/** What becomes of a claimed item in the database. Each write is fenced: it does nothing to an item that is not its owner's. */
final class ItemUpdates {
    static final String WRITTEN = "written";
    static final String SUPERSEDED = "superseded";

    /**
     * Google ends a call by itself after so long (Sheets API, usage limits). Until then one whose answer is lost may still be carried
     * out, and would overwrite what the next attempt has written.
     */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(180);

    private ItemUpdates() {}

    /** The item as its owner has it. */
    static Bson held(QueueItem item) {
        return Filters.and(
                Filters.eq("_id", item.id()),
                Filters.eq("owner", item.owner()),
                Filters.eq("status", Status.PROCESSING.name()));
    }

    /** The closing, then what is done instead if a change has come since the claim. In this order. */
    static List<WriteModel<QueueItem>> closing(Closing closing, Instant now, RetryWait waits) {
        QueueItem item = closing.item();
        Bson unchanged = Filters.and(held(item), Filters.eq("changes", item.changes()));
        return List.of(
                new UpdateOneModel<>(unchanged, closed(item, closing.outcome(), now, waits)),
                new UpdateOneModel<>(held(item), again(closing.outcome(), now)));
    }

    private static Bson closed(QueueItem item, ItemOutcome outcome, Instant now, RetryWait waits) {
        if (outcome instanceof Failed failed) {
            return isLast(item, failed)
                    ? failedForGood(failed)
                    : failedForNow(failed, now.plus(wait(item, failed, waits)));
        }
        List<Bson> updates = new ArrayList<>(List.of(completed(outcomeName(outcome), now), Updates.inc("retries", -1)));
        if (outcome instanceof Written written) {
            updates.add(Updates.set("row", written.row()));
        }
        List<CellRemark> remarks = remarks(outcome);
        updates.add(remarks.isEmpty() ? Updates.unset("remarks") : Updates.set("remarks", remarks));
        return Updates.combine(updates);
    }

    static boolean isLast(QueueItem item, Failed failed) {
        return failed.lasting() || item.retries() >= item.maxRetries();
    }

    private static Duration wait(QueueItem item, Failed failed, RetryWait waits) {
        Duration usual = waits.after(item.retries());
        Duration least = leastWait(failed);
        return usual.compareTo(least) > 0 ? usual : least;
    }

    private static Duration leastWait(ItemOutcome outcome) {
        return outcome instanceof Failed failed && SheetFailures.isDoubtful(failed.code())
                ? LONGEST_CALL
                : Duration.ZERO;
    }

    /** What a person reads of how an item has ended. */
    static String outcomeName(ItemOutcome outcome) {
        return outcome instanceof Skipped skipped ? skipped.reason().name() : WRITTEN;
    }

    private static List<CellRemark> remarks(ItemOutcome outcome) {
        return outcome instanceof Written written ? written.remarks() : ((Skipped) outcome).remarks();
    }

    static Bson completed(String outcome, Instant now) {
        return Updates.combine(
                Updates.set("status", Status.COMPLETED.name()),
                Updates.set("outcome", outcome),
                Updates.set("processedAt", now),
                Updates.unset("lastCode"),
                Updates.unset("lastError"),
                notLive());
    }

    private static Bson failedForGood(Failed failed) {
        return Updates.combine(
                Updates.set("status", Status.FAILED.name()), error(failed.code(), failed.detail()), notLive());
    }

    private static Bson failedForNow(Failed failed, Instant next) {
        return Updates.combine(
                Updates.set("status", Status.PENDING.name()),
                Updates.set("nextAttemptAt", next),
                error(failed.code(), failed.detail()));
    }

    /** The word of a person that others' values may be replaced was for what has been written now. */
    private static Bson again(ItemOutcome outcome, Instant now) {
        Bson pending = Updates.combine(
                Updates.set("status", Status.PENDING.name()),
                Updates.set("nextAttemptAt", now.plus(leastWait(outcome))),
                Updates.set("retries", 0));
        return outcome instanceof Failed failed
                ? Updates.combine(pending, error(failed.code(), failed.detail()))
                : Updates.combine(
                        pending, Updates.unset("lastCode"), Updates.unset("lastError"), Updates.unset("overwrite"));
    }

    /** Gives an item back as if it had not been claimed. */
    static Bson released() {
        return Updates.combine(Updates.set("status", Status.PENDING.name()), Updates.inc("retries", -1), unowned());
    }

    /** The same, but due later. */
    static Bson postponed(Instant due) {
        return Updates.combine(released(), Updates.set("nextAttemptAt", due));
    }

    /** Of a worker that is gone; behind all that waits, for it may be the reason. */
    static Bson reclaimed(QueueItem item, Instant now) {
        return item.retries() >= item.maxRetries()
                ? Updates.combine(
                        Updates.set("status", Status.FAILED.name()),
                        error(ErrorCode.WORKER_DIED, "no attempt of %d came to its end".formatted(item.retries())),
                        unowned(),
                        notLive())
                : Updates.combine(
                        Updates.set("status", Status.PENDING.name()), Updates.set("nextAttemptAt", now), unowned());
    }

    private static Bson unowned() {
        return Updates.combine(Updates.unset("owner"), Updates.unset("claimedAt"));
    }

    private static Bson notLive() {
        return Updates.combine(Updates.unset("liveFor"), Updates.unset("nextAttemptAt"));
    }

    private static Bson error(ErrorCode code, String detail) {
        return Updates.combine(Updates.set("lastCode", code.name()), Updates.set("lastError", detail));
    }
}

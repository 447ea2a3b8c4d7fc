package dev.syncline.platform;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * An index that the service relies on.
 *
 * @param expireAfter documents go so long after the instant in the indexed field; null for never
 * @param foreign whether the collection is somebody else's, so that nothing of ours may depend on the index
 */
public record RequiredIndex(
        String collection,
        String name,
        Document keys,
        boolean unique,
        boolean sparse,
        @Nullable Duration expireAfter,
        boolean foreign) {

    public static RequiredIndex on(String collection, String name, Document keys) {
        return new RequiredIndex(collection, name, keys, false, false, null, false);
    }

    /** At most one document for each value; documents without the field do not count. */
    public static RequiredIndex uniqueSparse(String collection, String name, Document keys) {
        return new RequiredIndex(collection, name, keys, true, true, null, false);
    }

    /** Small where few documents have the field. */
    public static RequiredIndex sparse(String collection, String name, Document keys) {
        return new RequiredIndex(collection, name, keys, false, true, null, false);
    }

    public static RequiredIndex expiring(String collection, String name, String field, Duration after) {
        return new RequiredIndex(collection, name, new Document(field, 1), false, false, after, false);
    }

    /** On a collection of others, which may be a view, or closed to us but for reading: made if it can be, and told if not. */
    public static RequiredIndex onForeign(String collection, String name, Document keys) {
        return new RequiredIndex(collection, name, keys, false, false, null, true);
    }

    IndexModel model() {
        IndexOptions options = new IndexOptions().name(name).unique(unique).sparse(sparse);
        if (expireAfter != null) {
            options.expireAfter(expireAfter.toSeconds(), TimeUnit.SECONDS);
        }
        return new IndexModel(keys, options);
    }

    /** Whether an index as the server describes it does what this one is for, whatever its name is. */
    boolean isServedBy(Document existing) {
        return !existing.containsKey("partialFilterExpression")
                && !existing.getBoolean("hidden", false)
                && sameKeys(existing.get("key", Document.class))
                && unique == existing.getBoolean("unique", false)
                && sparse == existing.getBoolean("sparse", false)
                && sameExpiry(existing.get("expireAfterSeconds", Number.class));
    }

    private boolean sameExpiry(@Nullable Number existing) {
        return expireAfter == null
                ? existing == null
                : existing != null && existing.longValue() == expireAfter.toSeconds();
    }

    /** In the same order: it decides what an index can find. Servers give directions back as int, long or double. */
    private boolean sameKeys(@Nullable Document existing) {
        if (existing == null || !List.copyOf(existing.keySet()).equals(List.copyOf(keys.keySet()))) {
            return false;
        }
        return keys.entrySet().stream()
                .allMatch(key -> key.getValue() instanceof Number wanted
                        && existing.get(key.getKey()) instanceof Number found
                        && wanted.intValue() == found.intValue());
    }
}

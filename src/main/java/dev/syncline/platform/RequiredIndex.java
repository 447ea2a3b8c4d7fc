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
 */
public record RequiredIndex(
        String collection,
        String name,
        Document keys,
        boolean unique,
        boolean sparse,
        @Nullable Duration expireAfter) {

    public static RequiredIndex on(String collection, String name, Document keys) {
        return new RequiredIndex(collection, name, keys, false, false, null);
    }

    /** At most one document for each value; documents without the field do not count. */
    public static RequiredIndex uniqueSparse(String collection, String name, Document keys) {
        return new RequiredIndex(collection, name, keys, true, true, null);
    }

    /** Small where few documents have the field. */
    public static RequiredIndex sparse(String collection, String name, Document keys) {
        return new RequiredIndex(collection, name, keys, false, true, null);
    }

    public static RequiredIndex expiring(String collection, String name, String field, Duration after) {
        return new RequiredIndex(collection, name, new Document(field, 1), false, false, after);
    }

    IndexModel model() {
        IndexOptions options = new IndexOptions().name(name).unique(unique).sparse(sparse);
        if (expireAfter != null) {
            options.expireAfter(expireAfter.toSeconds(), TimeUnit.SECONDS);
        }
        return new IndexModel(keys, options);
    }

    /** Whether an index as the server describes it does what this one is for. */
    boolean isServedBy(Document existing) {
        return name.equals(existing.getString("name"))
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

package dev.syncline.ingest;

import com.carrotsearch.hppc.LongArrayList;
import com.carrotsearch.hppc.LongIntHashMap;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * Which keys a feed holds and which row of each key counts, in about 20 bytes a row (5 MB for 237,000), filled by a first
 * pass before anything is written. So a key that stands twice is stored once and does not flip from run to run (S1-28), and a
 * stored row is called absent only when its key stands nowhere in the feed, not even in a row that was rejected.
 *
 * <p>Keys are held as 64 bits of their SHA-256: two different keys of one feed meet with a chance of 2 in a thousand million
 * at 237,000 rows. Not thread-safe while it is filled; read-only afterwards.
 */
final class KeyIndex {
    private final LongIntHashMap ordinalByKey = new LongIntHashMap();
    private final LongArrayList rankByOrdinal = new LongArrayList();
    private long duplicates;

    /** Takes the next row's key; rows come in the order of the feed. */
    void add(String key, long rank) {
        int ordinal = rankByOrdinal.size();
        rankByOrdinal.add(rank);
        long bits = ContentHash.bits(key);
        int slot = ordinalByKey.indexOf(bits);
        if (!ordinalByKey.indexExists(slot)) {
            ordinalByKey.indexInsert(slot, bits, ordinal);
            return;
        }
        duplicates++;
        if (rank >= rankByOrdinal.get(ordinalByKey.indexGet(slot))) {
            ordinalByKey.indexReplace(slot, ordinal);
        }
    }

    /** Takes a row that has no key, so that ordinals stay those of the feed. */
    void skip() {
        rankByOrdinal.add(Long.MIN_VALUE);
    }

    boolean contains(String key) {
        return ordinalByKey.containsKey(ContentHash.bits(key));
    }

    /**
     * Whether this row, of all that share its key, is the one that counts.
     *
     * @throws SyncException SOURCE_CHANGED when the first pass did not see the key
     */
    boolean wins(String key, long ordinal) {
        int slot = ordinalByKey.indexOf(ContentHash.bits(key));
        if (!ordinalByKey.indexExists(slot)) {
            throw new SyncException(ErrorCode.SOURCE_CHANGED, "it holds the key " + key + ", which it did not before");
        }
        return ordinalByKey.indexGet(slot) == ordinal;
    }

    long rows() {
        return rankByOrdinal.size();
    }

    /** Rows without those that repeat a key. */
    long distinctRows() {
        return rows() - duplicates;
    }
}

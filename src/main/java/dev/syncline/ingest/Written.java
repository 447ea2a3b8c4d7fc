package dev.syncline.ingest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What became of a bulk of writes.
 *
 * @param done keys that are certainly written
 * @param unsettled keys of which that is not certain; reading them again tells
 * @param refused keys that the database will not take, with its reason
 */
record Written(Set<String> done, Set<String> unsettled, Map<String, String> refused) {
    static final Written NOTHING = new Written(Set.of(), Set.of(), Map.of());

    /** All is well only if as many were matched as were sent; the bulk's answer does not say which was not. */
    static Written of(List<RowWrite> writes, long took) {
        return took == writes.size() ? new Written(keys(writes), Set.of(), Map.of()) : unsettled(writes);
    }

    static Written unsettled(List<RowWrite> writes) {
        return new Written(Set.of(), keys(writes), Map.of());
    }

    static Written unsettledBut(List<RowWrite> writes, Map<String, String> refused) {
        Set<String> others =
                keys(writes).stream().filter(key -> !refused.containsKey(key)).collect(Collectors.toSet());
        return new Written(Set.of(), others, Map.copyOf(refused));
    }

    private static Set<String> keys(List<RowWrite> writes) {
        return writes.stream().map(RowWrite::key).collect(Collectors.toSet());
    }
}

package dev.syncline.status;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditEntry;

/**
 * Which records of the trail are asked for, of those that are there and of those that are about to be.
 *
 * @param types as the API writes them; all if there is none
 * @param target what was acted on; anything if there is none
 * @param before the id that the page begins after; empty for the newest
 */
record AuditQuery(List<String> types, @Nullable String target, String before) {
    Bson bson() {
        List<Bson> filters = new ArrayList<>();
        if (!types.isEmpty()) {
            filters.add(Filters.in(
                    "type", types.stream().map(type -> type.replace('-', '_')).toList()));
        }
        if (target != null) {
            filters.add(Filters.eq("target", target));
        }
        if (!before.isEmpty()) {
            filters.add(Filters.lt("_id", before));
        }
        return filters.isEmpty() ? Filters.empty() : Filters.and(filters);
    }

    /** Newest first, each once. */
    List<AuditEntry> merged(List<AuditEntry> recorded, List<AuditEntry> toCome, int limit) {
        Map<String, AuditEntry> byId = Stream.concat(
                        recorded.stream(), toCome.stream().filter(this::wants))
                .collect(Collectors.toMap(AuditEntry::id, Function.identity(), (stored, same) -> stored));
        return byId.values().stream()
                .sorted(Comparator.comparing(AuditEntry::id).reversed())
                .limit(limit)
                .toList();
    }

    private boolean wants(AuditEntry entry) {
        return (types.isEmpty() || types.contains(entry.eventType()))
                && (target == null || target.equals(entry.context().get("target")))
                && (before.isEmpty() || entry.id().compareTo(before) < 0);
    }
}

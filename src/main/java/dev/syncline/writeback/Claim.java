package dev.syncline.writeback;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The items of one batch that have not ended yet. For one thread at a time. */
final class Claim {
    private final Map<String, QueueItem> open = new LinkedHashMap<>();

    Claim(List<QueueItem> claimed) {
        claimed.forEach(item -> open.put(item.id(), item));
    }

    void ended(Collection<Settlement> settlements) {
        settlements.forEach(settlement -> open.remove(settlement.item().id()));
    }

    void gaveBack(Collection<QueueItem> items) {
        items.forEach(item -> open.remove(item.id()));
    }

    /** Those that are left; they are the caller's from now on. */
    List<QueueItem> takeOpen() {
        List<QueueItem> left = List.copyOf(open.values());
        open.clear();
        return left;
    }
}

package dev.syncline.permits;

import java.util.List;
import java.util.stream.Stream;

import org.bson.Document;

import dev.syncline.platform.RequiredIndex;

/** What the lists and the detail of permits are found by. */
public final class PermitIndexes {
    private PermitIndexes() {}

    /** One index for each order that the list offers, either way round, and for each field that it selects by. */
    public static List<RequiredIndex> all() {
        Stream<String> orders = PermitQuery.SORTABLE.stream();
        Stream<String> selections = Stream.of("permit_type", "builder_name");
        Stream<RequiredIndex> permits = Stream.concat(orders, selections).map(PermitIndexes::by);
        return Stream.concat(permits, Stream.of(history())).toList();
    }

    private static RequiredIndex by(String field) {
        Document keys = new Document(field, 1).append("_id", 1);
        return RequiredIndex.lookup(PermitReader.PERMITS, "permits_by_" + field, keys);
    }

    private static RequiredIndex history() {
        Document keys =
                new Document("sync", 1).append("key", 1).append("at", -1).append("_id", -1);
        return RequiredIndex.lookup(PermitHistory.CHANGES, "changes_by_key", keys);
    }
}

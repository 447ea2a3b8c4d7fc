package dev.syncline.permits;

import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;

import dev.syncline.ingest.RowCollection;
import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;

/** What permits are found by. The order by permit number is that of the key, which has its own index. */
@ApplicationScoped
class PermitIndexes implements RequiredIndexes {
    @Override
    public List<RequiredIndex> indexes() {
        return Stream.of(
                        "issued_date",
                        "application_date",
                        "est_const_cost",
                        "status",
                        "ward",
                        "permit_type",
                        "builder_name",
                        RowCollection.ADDED_BY,
                        RowCollection.ABSENT_SINCE)
                .map(PermitIndexes::by)
                .toList();
    }

    private static RequiredIndex by(String field) {
        return RequiredIndex.on(PermitReader.PERMITS, "by_" + field, new Document(field, 1).append("_id", 1));
    }
}

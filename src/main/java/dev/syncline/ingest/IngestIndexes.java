package dev.syncline.ingest;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;

import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;

/** The indexes of what runs leave behind. Runs' own entries are found by their ids, which begin with the run's. */
@ApplicationScoped
class IngestIndexes implements RequiredIndexes {
    @Override
    public List<RequiredIndex> indexes() {
        return List.of(
                RequiredIndex.on(
                        "changes",
                        "by_row",
                        new Document("sync", 1)
                                .append("key", 1)
                                .append("at", -1)
                                .append("_id", -1)),
                RequiredIndex.on("rejections", "by_run", new Document("run", 1).append("_id", 1)),
                RequiredIndex.on("sweeps", "by_sync", new Document("sync", 1).append("state", 1)));
    }
}

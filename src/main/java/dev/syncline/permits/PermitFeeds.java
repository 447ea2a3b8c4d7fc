package dev.syncline.permits;

import java.nio.file.Path;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.source.FeedLimits;
import dev.syncline.source.JsonFeed;
import dev.syncline.source.RowSource;

/** Where feeds of permits come from. */
@ApplicationScoped
class PermitFeeds {
    private final PermitsConfig config;

    PermitFeeds(PermitsConfig config) {
        this.config = config;
    }

    Uni<String> check(String filePath) {
        return Uni.createFrom().item(filePath);
    }

    Uni<RowSource> open(String feed) {
        Path base = config.importDirectory()
                .orElseThrow(() -> new SyncException(ErrorCode.SOURCE_NOT_CONFIGURED, "no import directory"));
        Path file = base.resolve(feed);
        return Uni.createFrom().item(columns -> JsonFeed.open(file, FeedLimits.defaults(), columns));
    }
}

package dev.syncline.writeback;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;

import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RetentionConfig;

/** The real log, which a test can make fail. */
@Alternative
@Singleton
public class SteeredWriteLog extends WriteLog {
    private final AtomicInteger good = new AtomicInteger(Integer.MAX_VALUE);

    SteeredWriteLog(MongoDatabase database, RetentionConfig retention, Clock clock) {
        super(database, retention, clock);
    }

    void reset() {
        failAfter(Integer.MAX_VALUE);
    }

    void failAfter(int goodWrites) {
        good.set(goodWrites);
    }

    @Override
    Uni<Void> write(List<LogEntry> entries) {
        return entries.isEmpty() || good.getAndDecrement() > 0
                ? super.write(entries)
                : Uni.createFrom().failure(new IllegalStateException("the log cannot be written"));
    }
}

package dev.syncline.writeback;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.RetentionConfig;

/** The real log, which a test can make fail. */
@Alternative
@Singleton
public class SteeredWriteLog extends WriteLog {
    private static final Runnable NOTHING = () -> {};

    private final AtomicInteger good = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicReference<Runnable> after = new AtomicReference<>(NOTHING);

    SteeredWriteLog(MongoDatabase database, RetentionConfig retention, Clock clock) {
        super(database, retention, clock);
    }

    void reset() {
        failAfter(Integer.MAX_VALUE);
        after.set(NOTHING);
    }

    void failAfter(int goodWrites) {
        good.set(goodWrites);
    }

    /** Once something has been written. */
    void afterNext(Runnable action) {
        after.set(action);
    }

    @Override
    Uni<Void> write(List<LogEntry> entries) {
        Runnable action = entries.isEmpty() ? NOTHING : after.getAndSet(NOTHING);
        return entries.isEmpty() || good.getAndDecrement() > 0
                ? super.write(entries)
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(action)
                : Uni.createFrom().failure(new IllegalStateException("the log cannot be written"));
    }
}

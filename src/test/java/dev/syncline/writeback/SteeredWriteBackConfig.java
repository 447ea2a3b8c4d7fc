package dev.syncline.writeback;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.ConfigProvider;

/** The settings of write-back, some of which a test changes while the application runs. */
@Alternative
@ApplicationScoped
public class SteeredWriteBackConfig implements WriteBackConfig {
    private final WriteBackConfig settings =
            ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(WriteBackConfig.class);

    private volatile int itemsPerRun;
    private volatile Duration runFor;
    private volatile ConflictPolicy conflicts;

    SteeredWriteBackConfig() {
        reset();
    }

    final void reset() {
        itemsPerRun = settings.itemsPerRun();
        runFor = settings.runFor();
        conflicts = settings.conflicts();
    }

    void setItemsPerRun(int items) {
        itemsPerRun = items;
    }

    void setRunFor(Duration time) {
        runFor = time;
    }

    void setConflicts(ConflictPolicy policy) {
        conflicts = policy;
    }

    @Override
    public int itemsPerRun() {
        return itemsPerRun;
    }

    @Override
    public Duration runFor() {
        return runFor;
    }

    @Override
    public ConflictPolicy conflicts() {
        return conflicts;
    }

    @Override
    public boolean enabled() {
        return settings.enabled();
    }

    @Override
    public boolean checkAtStart() {
        return settings.checkAtStart();
    }

    @Override
    public Optional<String> sheetId() {
        return settings.sheetId();
    }

    @Override
    public String zone() {
        return settings.zone();
    }

    @Override
    public int batchSize() {
        return settings.batchSize();
    }

    @Override
    public MemorySize bytesAtOnce() {
        return settings.bytesAtOnce();
    }

    @Override
    public int maxRows() {
        return settings.maxRows();
    }

    @Override
    public Duration claimTimeout() {
        return settings.claimTimeout();
    }

    @Override
    public int maxAttempts() {
        return settings.maxAttempts();
    }

    @Override
    public Duration retryDelay() {
        return settings.retryDelay();
    }

    @Override
    public Duration longestRetryDelay() {
        return settings.longestRetryDelay();
    }

    @Override
    public Duration keepCompleted() {
        return settings.keepCompleted();
    }

    @Override
    public Calls calls() {
        return settings.calls();
    }

    @Override
    public Tail tail() {
        return settings.tail();
    }

    @Override
    public Intake intake() {
        return settings.intake();
    }

    @Override
    public Backlog backlog() {
        return settings.backlog();
    }

    @Override
    public EveryFiveMinutes schedule() {
        return settings.schedule();
    }

    @Override
    public Map<String, ModelConfig> models() {
        return settings.models();
    }
}

package dev.syncline.google;

import java.time.Duration;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import dev.syncline.platform.SyncException;

/** Figures of the calls to Google (C0-54). */
@Singleton
class CallMetrics {
    private static final String SUCCESS = "success";

    private final MeterRegistry metrics;

    CallMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void succeeded() {
        count(SUCCESS);
    }

    void failed(Throwable failure) {
        count(failure instanceof SyncException known ? known.code().name() : "failure");
    }

    void repeated() {
        metrics.counter("syncline.google.retries", "api", "sheets").increment();
    }

    /** The budget was used up, and somebody waited for it. */
    void waited(Duration wait) {
        Timer.builder("syncline.google.throttle.waits")
                .tag("api", "sheets")
                .register(metrics)
                .record(wait);
    }

    private void count(String outcome) {
        metrics.counter("syncline.google.calls", "api", "sheets", "outcome", outcome)
                .increment();
    }
}

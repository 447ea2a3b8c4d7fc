package dev.syncline.writeback;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import dev.syncline.writeback.ItemOutcome.Failed;
import dev.syncline.writeback.ItemOutcome.Written;
import dev.syncline.writeback.QueueStore.Closing;

/** Numbers of the work on the queue (S2-44); each process counts its own. Tags are models and codes, never records. */
@ApplicationScoped
class QueueMetrics {
    private static final String APPENDED = "appended";
    private static final String UPDATED = "updated";

    private final MeterRegistry registry;

    QueueMetrics(MeterRegistry registry, Models models) {
        this.registry = registry;
        models.all().forEach(model -> expect(model.name()));
    }

    /** Shows a model at zero before anything happens: who watches a number has to find it. */
    private void expect(String model) {
        attempts(model);
        rows(model, APPENDED);
        rows(model, UPDATED);
    }

    void claimed(List<QueueItem> items) {
        items.forEach(item -> attempts(item.model()).increment());
    }

    void closed(Closing closing) {
        String model = closing.item().model();
        if (closing.outcome() instanceof Failed failed) {
            failed(model, failed.code().name());
            return;
        }
        registry.counter(
                        "syncline.writeback.items",
                        "model",
                        model,
                        "outcome",
                        ItemUpdates.outcomeName(closing.outcome()))
                .increment();
        if (closing.outcome() instanceof Written written) {
            rows(model, written.appended() ? APPENDED : UPDATED).increment();
        }
    }

    void failed(String model, String code) {
        registry.counter("syncline.writeback.failures", "model", model, "code", code)
                .increment();
    }

    @CanIgnoreReturnValue
    private Counter attempts(String model) {
        return registry.counter("syncline.writeback.attempts", "model", model);
    }

    @CanIgnoreReturnValue
    private Counter rows(String model, String outcome) {
        return registry.counter("syncline.writeback.rows", "model", model, "outcome", outcome);
    }
}

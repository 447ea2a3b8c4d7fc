package dev.syncline.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A wish for a run.
 *
 * @param input what the sync reads at each attempt; part of what an idempotency key stands for, as are mode and reason
 */
public record StartRequest(
        String sync, Trigger trigger, Mode mode, @Nullable String reason, Map<String, String> input) {
    public StartRequest {
        input = Map.copyOf(input);
    }
}

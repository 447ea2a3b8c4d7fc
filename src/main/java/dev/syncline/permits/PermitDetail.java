package dev.syncline.permits;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one permit.
 *
 * @param trades always empty: this service holds no trades
 * @param history the last 50 changes, newest first
 * @param builder null when the permit names none
 */
record PermitDetail(
        PermitView permit,
        List<String> trades,
        List<PermitChange> history,
        @Schema(nullable = true) @Nullable Builder builder) {
    PermitDetail {
        trades = List.copyOf(trades);
        history = List.copyOf(history);
    }

    /** Who builds, and how many permits name them. */
    record Builder(
            String name, @JsonProperty("permit_count") long permitCount) {}
}

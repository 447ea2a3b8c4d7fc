package dev.syncline.roster;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** How the sheet's columns have changed, as the status, the figures and the alert tell it (S0-39). */
@RegisterForReflection(registerFullHierarchy = true)
record SchemaChange(
        String runId,
        Instant at,
        List<String> added,
        List<String> removed,
        List<ColumnChange.Renamed> renamed,
        Versions versions) {
    /** Of the column registry. */
    record Versions(@Nullable String before, String after) {}

    static SchemaChange of(ColumnChange change) {
        return new SchemaChange(
                change.run(),
                change.at(),
                change.added(),
                change.removed(),
                change.renamed(),
                new Versions(change.versionBefore(), change.versionAfter()));
    }

    String inWords() {
        return "Columns of the sheet have changed: %d added, %d removed, %d renamed"
                .formatted(added.size(), removed.size(), renamed.size());
    }

    /** For a program, or for the audit trail: no type of ours in it. */
    Map<String, Object> facts() {
        Map<String, Object> byName = new HashMap<>();
        byName.put("before", versions.before());
        byName.put("after", versions.after());
        List<Map<String, String>> names = renamed.stream()
                .map(column -> Map.of("from", column.from(), "to", column.to()))
                .toList();
        return Map.of("runId", runId, "added", added, "removed", removed, "renamed", names, "versions", byName);
    }
}

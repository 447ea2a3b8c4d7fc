package dev.syncline.roster;

import java.time.Instant;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * What a run found changed in the sheet's header (S0-39); {@code column_changes}. The first run's columns are a baseline and
 * make none.
 *
 * @param run its id; the change has no other
 * @param added labels
 * @param removed labels
 */
@RegisterForReflection(registerFullHierarchy = true)
public record ColumnChange(
        @BsonId String run,
        String sheetId,
        Instant at,
        List<String> added,
        List<String> removed,
        List<Renamed> renamed,
        @Nullable String versionBefore,
        String versionAfter) {

    /** A column that kept its place and got another label. */
    public record Renamed(String from, String to) {}

    public ColumnChange {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        renamed = List.copyOf(renamed);
    }
}

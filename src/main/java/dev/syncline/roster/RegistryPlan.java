package dev.syncline.roster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.syncline.roster.ColumnChange.Renamed;

/**
 * What the registry has to write so that it knows the columns as a run has seen them (S0-39): nothing at all when they are as
 * before. A column at the place of one that is gone has been renamed, if its key is new. Of the inferred types the version knows
 * nothing, so that one cell changes no version.
 *
 * @param change what a person is told; none for a sheet that was never read before
 */
record RegistryPlan(String version, List<ColumnDefinition> writes, Optional<ColumnChange> change) {
    /** In place of a sheet's id, which is longer. */
    private static final String NO_SHEET = "baseline";

    RegistryPlan {
        writes = List.copyOf(writes);
    }

    /** @param known all that the registry has of this sheet, also what was removed */
    static RegistryPlan of(
            String sheetId, List<ColumnDefinition> known, List<SeenColumn> seen, String run, Instant now) {
        return new Difference(sheetId, known, seen, run, now).plan();
    }

    /** Takes note of attributes that come from elsewhere than a sheet, so that they go when a sheet has no column for them. */
    static RegistryPlan remembering(Collection<String> attributes, List<ColumnDefinition> known, Instant now) {
        List<String> keys = attributesIn(known);
        List<ColumnDefinition> writes = attributes.stream()
                .filter(key -> !keys.contains(key))
                .map(key -> new ColumnDefinition(
                        NO_SHEET + ':' + key,
                        NO_SHEET,
                        key,
                        key,
                        0,
                        ColumnDefinition.DataType.unknown,
                        true,
                        false,
                        now,
                        now,
                        now,
                        ""))
                .toList();
        return new RegistryPlan("", writes, Optional.empty());
    }

    /** Keys of the attributes that devices may have, whichever sheet they came from. */
    static List<String> attributesIn(List<ColumnDefinition> known) {
        return known.stream()
                .filter(column -> !column.declared())
                .map(ColumnDefinition::columnKey)
                .distinct()
                .toList();
    }

    private static final class Difference {
        private final String sheetId;
        private final Map<String, ColumnDefinition> known;
        private final List<ColumnDefinition> present;
        private final List<SeenColumn> seen;
        private final String run;
        private final Instant now;
        private final String version;

        private Difference(
                String sheetId, List<ColumnDefinition> known, List<SeenColumn> seen, String run, Instant now) {
            this.sheetId = sheetId;
            this.known = known.stream().collect(Collectors.toMap(ColumnDefinition::columnKey, Function.identity()));
            this.present = known.stream()
                    .filter(column -> column.removedAt() == null)
                    .sorted(Comparator.comparing(ColumnDefinition::displayOrder))
                    .toList();
            this.seen = seen;
            this.run = run;
            this.now = now;
            this.version = version(sheetId, seen);
        }

        private RegistryPlan plan() {
            List<ColumnDefinition> writes = new ArrayList<>();
            seen.stream().map(this::definition).flatMap(Optional::stream).forEach(writes::add);
            gone().map(column -> column.removed(now)).forEach(writes::add);
            return new RegistryPlan(version, writes, known.isEmpty() ? Optional.empty() : change());
        }

        private Optional<ColumnDefinition> definition(SeenColumn column) {
            @Nullable ColumnDefinition before = known.get(column.columnKey());
            ColumnDefinition after = new ColumnDefinition(
                    sheetId + ':' + column.columnKey(),
                    sheetId,
                    column.columnKey(),
                    column.label(),
                    column.displayOrder(),
                    column.dataType(),
                    column.nullable(),
                    column.declared(),
                    before == null ? now : before.detectedAt(),
                    now,
                    null,
                    version);
            boolean same = before != null && after.seenAt(before.lastSeenAt()).equals(before);
            return same ? Optional.empty() : Optional.of(after);
        }

        private Stream<ColumnDefinition> gone() {
            List<String> keys = seen.stream().map(SeenColumn::columnKey).toList();
            return present.stream().filter(column -> !keys.contains(column.columnKey()));
        }

        private Optional<ColumnChange> change() {
            Map<Integer, ColumnDefinition> gone = new LinkedHashMap<>();
            gone().forEach(column -> gone.put(column.displayOrder(), column));
            List<String> added = new ArrayList<>();
            List<Renamed> renamed = new ArrayList<>();
            for (SeenColumn column : seen) {
                if (isPresent(column)) {
                    continue;
                }
                @Nullable ColumnDefinition before = gone.remove(column.displayOrder());
                if (before == null) {
                    added.add(column.label());
                } else {
                    renamed.add(new Renamed(before.label(), column.label()));
                }
            }
            List<String> removed =
                    gone.values().stream().map(ColumnDefinition::label).toList();
            return added.isEmpty() && removed.isEmpty() && renamed.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new ColumnChange(run, sheetId, now, added, removed, renamed, versionBefore(), version));
        }

        private boolean isPresent(SeenColumn column) {
            return present.stream().anyMatch(before -> before.columnKey().equals(column.columnKey()));
        }

        private @Nullable String versionBefore() {
            return present.stream()
                    .map(ColumnDefinition::sourceVersion)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
    }

    private static String version(String sheetId, List<SeenColumn> seen) {
        MessageDigest digest = sha1();
        update(digest, sheetId);
        for (SeenColumn column : seen) {
            update(digest, column.columnKey());
            update(digest, column.label());
            update(digest, Integer.toString(column.displayOrder()));
        }
        return "registry-%d-%s".formatted(seen.size(), HexFormat.of().formatHex(digest.digest()));
    }

    /** With its length, so that no two headers read alike. */
    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) ':');
        digest.update(bytes);
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}

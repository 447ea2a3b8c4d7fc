package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Looks up what was last written for records, and whether other records have rows with the same keys. */
@ApplicationScoped
class KnownRows {
    private final WrittenRows written;
    private final RecordReader records;

    KnownRows(WrittenRows written, RecordReader records) {
        this.written = written;
        this.records = records;
    }

    /**
     * What is known of the rows of a few records.
     *
     * @param last what we wrote, by {@code model/recordId}
     * @param holders of each key that is of interest, and by the model, as {@code model/key}: records that are there, and whose
     *     rows had that key when they were last written
     */
    record Known(Map<String, WrittenRow> last, Map<String, Set<String>> holders) {
        /** What we wrote into its row the last time, unless that row is another record's by now. */
        Optional<WrittenRow> last(Candidate candidate) {
            return Optional.ofNullable(last.get(candidate.place()))
                    .filter(row -> row.isIn(candidate.model()))
                    .filter(row -> !isHeldByAnother(candidate, row.key()));
        }

        boolean isHeldByAnother(Candidate candidate, String key) {
            return holders.getOrDefault(place(candidate.model(), key), Set.of()).stream()
                    .anyMatch(place -> !place.equals(candidate.place()));
        }
    }

    private static String place(Model model, String key) {
        return QueueItem.liveFor(model.name(), key.strip());
    }

    Uni<Known> of(List<Candidate> candidates) {
        return written.read(places(candidates)).chain(last -> of(candidates, last));
    }

    private static List<String> places(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::place).toList();
    }

    private Uni<Known> of(List<Candidate> candidates, Map<String, WrittenRow> last) {
        Set<Model> models = candidates.stream().map(Candidate::model).collect(Collectors.toSet());
        return written.withKeys(keys(candidates, last.values()))
                .map(rows -> held(models, rows))
                .chain(rows -> existing(Set.copyOf(places(candidates)), rows))
                .map(rows -> new Known(last, byKey(rows)));
    }

    /** A row of a record. */
    private record Held(Model model, WrittenRow row) {
        String recordId() {
            return row.id().substring(model.name().length() + 1);
        }
    }

    /** Those that the records have, and those that they had. */
    private static Set<String> keys(List<Candidate> candidates, Collection<WrittenRow> last) {
        return Stream.concat(
                        candidates.stream().map(candidate -> candidate.values().key()),
                        last.stream().map(WrittenRow::key))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    private static List<Held> held(Set<Model> models, List<WrittenRow> rows) {
        return rows.stream().flatMap(row -> held(models, row)).toList();
    }

    private static Stream<Held> held(Set<Model> models, WrittenRow row) {
        return models.stream()
                .filter(model -> row.id().startsWith(model.name() + "/") && row.isIn(model))
                .map(model -> new Held(model, row));
    }

    /** @param there places of records that have been read already */
    private Uni<List<Held>> existing(Set<String> there, List<Held> rows) {
        Map<Model, List<Held>> byModel = rows.stream().collect(Collectors.groupingBy(Held::model));
        return Multi.createFrom()
                .iterable(byModel.entrySet())
                .onItem()
                .transformToUniAndConcatenate(each -> existing(there, each.getKey(), each.getValue()))
                .collect()
                .in(ArrayList<Held>::new, List::addAll)
                .map(List::copyOf);
    }

    private Uni<List<Held>> existing(Set<String> there, Model model, List<Held> rows) {
        List<String> asked = rows.stream()
                .filter(held -> !there.contains(held.row().id()))
                .map(Held::recordId)
                .toList();
        return records.read(model, asked).map(found -> existing(rows, there, found.keySet()));
    }

    private static List<Held> existing(List<Held> rows, Set<String> there, Set<String> found) {
        return rows.stream()
                .filter(held -> there.contains(held.row().id()) || found.contains(held.recordId()))
                .toList();
    }

    private static Map<String, Set<String>> byKey(List<Held> rows) {
        Map<String, Set<String>> holders = new HashMap<>();
        rows.forEach(
                held -> holders.computeIfAbsent(place(held.model(), held.row().key()), x -> new HashSet<>())
                        .add(held.row().id()));
        return holders;
    }
}

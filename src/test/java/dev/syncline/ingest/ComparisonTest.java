package dev.syncline.ingest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ComparisonTest {
    private static final String RUN = "run-2";

    private final MappedRow row = MappedRow.of("k", new TreeMap<>(Map.of("status", "Open")));

    @Test
    void rowThatIsNotStoredIsNew() {
        Comparison comparison = compare();

        assertThat(comparison.added()).containsExactly(row);
        assertThat(comparison.foreign()).containsExactly("k");
        assertThat(comparison.wereLive()).isZero();
    }

    @Test
    void equalRowIsUnchanged() {
        Comparison comparison = compare(stored(row.hash(), false, "run-1", "run-1"));

        assertThat(comparison.settled()).isEqualTo(new Tally(0, 0, 0, 1, 0, 0, 0));
        assertThat(comparison.foreign()).containsExactly("k");
        assertThat(comparison.wereLive()).isEqualTo(1);
    }

    @Test
    void otherContentAndAbsenceAreChanges() {
        assertThat(compare(stored("other", false, "run-1", "run-1")).changed()).containsExactly(row);
        Comparison returns = compare(stored(row.hash(), true, "run-1", "run-1"));
        assertThat(returns.changed()).containsExactly(row);
        assertThat(returns.wereLive()).isZero();
    }

    @Test
    void whatThisRunWroteCountsAsWhatItBecameThen() {
        Comparison added = compare(stored(row.hash(), false, RUN, RUN));
        Comparison updated = compare(stored(row.hash(), false, "run-1", RUN));

        assertThat(added.settled()).isEqualTo(new Tally(0, 1, 0, 0, 0, 0, 0));
        assertThat(added.addedBefore()).isEqualTo(1);
        assertThat(updated.settled()).isEqualTo(new Tally(0, 0, 1, 0, 0, 0, 0));
        assertThat(updated.addedBefore()).isZero();
        assertThat(Stream.of(added, updated).flatMap(c -> c.foreign().stream())).isEmpty();
    }

    private static StoredRow stored(String hash, boolean absent, String addedBy, String changedBy) {
        return new StoredRow("k", hash, absent, addedBy, changedBy);
    }

    private Comparison compare(StoredRow... stored) {
        Map<String, StoredRow> byKey = Stream.of(stored).collect(Collectors.toMap(StoredRow::key, Function.identity()));
        return Comparison.of(List.of(row), byKey, RUN);
    }
}

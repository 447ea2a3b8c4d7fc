package dev.syncline.writeback;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.syncline.platform.ErrorCode;
import dev.syncline.writeback.KnownRows.Known;

/**
 * Plans the rows of one batch, each from the same reading. Two records with one key would write over each other without knowing,
 * so the second of them is refused, in the same batch or in a later one.
 */
final class BatchPlanner {
    private final RowPlanner rows;
    private final Map<Model, TabReading> readings;
    private final Known known;
    private final Set<String> keys = new HashSet<>();

    BatchPlanner(RowPlanner rows, Map<Model, TabReading> readings, Known known) {
        this.rows = rows;
        this.readings = readings;
        this.known = known;
    }

    /** A candidate and what is to be done about its row. */
    record Planned(Candidate candidate, RowPlan plan) {}

    List<Planned> plan(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate -> new Planned(candidate, plan(candidate)))
                .toList();
    }

    private RowPlan plan(Candidate candidate) {
        Model model = candidate.model();
        String key = candidate.values().key();
        if (known.isHeldByAnother(candidate, key)) {
            return new RowPlan.Refuse(
                    ErrorCode.KEY_DUPLICATED,
                    "another record of the model was written to the row with the key '%s'".formatted(key));
        }
        if (!keys.add(QueueItem.liveFor(model.name(), key.strip()))) {
            return new RowPlan.Refuse(
                    ErrorCode.KEY_DUPLICATED, "another record of the model has the key '%s', too".formatted(key));
        }
        try {
            return rows.plan(
                    candidate, readings.get(model), known.last(candidate).orElse(null));
        } catch (RuntimeException e) {
            return new RowPlan.Faulty(ItemFailures.ofFault(candidate.item(), e));
        }
    }
}

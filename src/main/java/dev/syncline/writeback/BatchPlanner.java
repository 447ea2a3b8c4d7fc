package dev.syncline.writeback;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.syncline.platform.ErrorCode;

/**
 * Plans the rows of one batch, each from the same reading. Two records with one key would write over each other without knowing,
 * so the second of them is refused.
 */
final class BatchPlanner {
    private final RowPlanner rows;
    private final Map<Model, TabReading> readings;
    private final Map<String, WrittenRow> written;
    private final Set<String> keys = new HashSet<>();

    /** @param written by {@code model/recordId} */
    BatchPlanner(RowPlanner rows, Map<Model, TabReading> readings, Map<String, WrittenRow> written) {
        this.rows = rows;
        this.readings = readings;
        this.written = written;
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
        if (!keys.add(QueueItem.liveFor(model.name(), candidate.values().key().strip()))) {
            return new RowPlan.Refuse(ErrorCode.KEY_DUPLICATED, "another record of the model has the same key");
        }
        try {
            return rows.plan(candidate, readings.get(model), written.get(candidate.place()));
        } catch (RuntimeException e) {
            return new RowPlan.Faulty(ItemFailures.ofFault(candidate.item(), e));
        }
    }
}

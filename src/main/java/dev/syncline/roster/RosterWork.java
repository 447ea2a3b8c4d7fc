package dev.syncline.roster;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Baseline;
import dev.syncline.ingest.IngestLimits;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.source.RowSource;

/**
 * What an attempt has read and checked, and is about to write.
 *
 * @param columns what the registry learns when the devices are written
 * @param remarks what a person is told when all is done
 * @param before the run to be measured against; null if there is no measure
 */
record RosterWork(
        RowSource rows,
        DeviceMapper mapper,
        RegistryPlan columns,
        List<Warning> remarks,
        IngestLimits limits,
        @Nullable Baseline before) {
    RosterWork {
        remarks = List.copyOf(remarks);
    }

    /** The remarks, with one on changed columns. */
    List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>(remarks);
        columns.change().map(RosterWork::told).ifPresent(warnings::add);
        return warnings;
    }

    private static Warning told(ColumnChange change) {
        List<String> all = new ArrayList<>();
        change.added().forEach(label -> all.add("added " + Remarks.quoted(label)));
        change.removed().forEach(label -> all.add("removed " + Remarks.quoted(label)));
        change.renamed()
                .forEach(
                        both -> all.add("renamed " + Remarks.quoted(both.from()) + " to " + Remarks.quoted(both.to())));
        return Warning.of(
                ErrorCode.COLUMNS_CHANGED,
                "columns of the sheet that were added, removed or renamed: " + all.size(),
                Remarks.sample(all));
    }
}

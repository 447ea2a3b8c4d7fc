package dev.syncline.roster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.MappedRow;
import dev.syncline.ingest.RowRejected;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.source.RowCursor;
import dev.syncline.source.RowSource;
import dev.syncline.source.SourceItem;
import dev.syncline.source.SourceRow;

/**
 * All rows looked at before the first is written: what a person should know of them, and which cannot be taken. It is done once
 * and apart from the mapping of a run, which comes to a row as often as it needs.
 *
 * @param refused places of the rows that cannot be taken, with the reason
 */
record RosterSurvey(long rows, List<String> refused, List<Warning> remarks) {
    RosterSurvey {
        refused = List.copyOf(refused);
        remarks = List.copyOf(remarks);
    }

    static RosterSurvey of(RowSource rows, DeviceMapper mapper) {
        Walk walk = new Walk(mapper);
        try (RowCursor cursor = rows.open(Set.of())) {
            for (@Nullable SourceItem item = cursor.next(); item != null; item = cursor.next()) {
                walk.meet((SourceRow) item);
            }
        }
        return walk.survey();
    }

    private static final class Walk {
        private final DeviceMapper mapper;
        private final Remarks remarks = new Remarks();
        private final List<String> refused = new ArrayList<>();
        private final Map<String, List<String>> bySerial = new LinkedHashMap<>();
        private final Map<Object, List<String>> byLegacyId = new LinkedHashMap<>();
        private long rows;

        private Walk(DeviceMapper mapper) {
            this.mapper = mapper;
        }

        private void meet(SourceRow row) {
            rows++;
            try {
                if (add(bySerial, mapper.key(row), row.place()) == 1) {
                    meet(row, mapper.map(row, this::remark));
                }
            } catch (RowRejected why) {
                refused.add(row.place() + ": " + why.getMessage());
            }
        }

        private void meet(SourceRow row, MappedRow device) {
            @Nullable Object legacyId = device.fields().get(DeviceField.LEGACY_DEVICE_ID.path());
            if (legacyId != null) {
                add(byLegacyId, legacyId, row.place());
            }
        }

        /** Which of those with this key it is, from 1. */
        @CanIgnoreReturnValue
        private static <K> int add(Map<K, List<String>> places, K key, String place) {
            List<String> all = places.computeIfAbsent(key, first -> new ArrayList<>());
            all.add(place);
            return all.size();
        }

        private void remark(ErrorCode code, SourceRow row, SheetColumn column, String text) {
            remarks.add(code, row.place() + ", " + Remarks.quoted(column.label()) + ": " + Remarks.quoted(text));
        }

        private RosterSurvey survey() {
            shared(ErrorCode.SERIAL_CONFLICT, bySerial);
            shared(ErrorCode.LEGACY_ID_SHARED, byLegacyId);
            return new RosterSurvey(rows, refused, remarks.warnings());
        }

        private void shared(ErrorCode code, Map<?, List<String>> places) {
            places.forEach((value, all) -> {
                if (all.size() > 1) {
                    remarks.add(code, String.join(", ", all) + ": " + Remarks.quoted(value.toString()));
                }
            });
        }
    }
}

package dev.syncline.roster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.RowRejected;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.source.SourceRow;

/**
 * All rows looked at before the first is written, for what a person should know of them. It is done once and apart from the
 * mapping of a run, which comes to a row as often as it needs. Rows that cannot be taken are told by the run. What stands in a
 * cell is not repeated, but for serials: remarks are told to viewers, and may be read with anonymization on (S0-46).
 */
final class RosterSurvey {
    private static final int NAMED = 10;

    private final DeviceMapper mapper;
    private final Remarks remarks = new Remarks();
    private final Map<String, List<String>> bySerial = new LinkedHashMap<>();
    private final Map<Object, List<String>> byLegacyId = new LinkedHashMap<>();

    private RosterSurvey(DeviceMapper mapper) {
        this.mapper = mapper;
    }

    static List<Warning> of(SheetRows rows, DeviceMapper mapper) {
        RosterSurvey survey = new RosterSurvey(mapper);
        for (int ordinal = 0; ordinal < rows.count(); ordinal++) {
            survey.meet(rows.row(ordinal));
        }
        return survey.warnings();
    }

    private void meet(SourceRow row) {
        try {
            if (add(bySerial, mapper.key(row), row.place()) == 1) {
                meet(row, mapper.device(row, this::remark));
            }
        } catch (RowRejected why) {
            // The run sets it aside, with its place and reason.
        }
    }

    private void meet(SourceRow row, SortedMap<String, Object> device) {
        @Nullable Object legacyId = device.get(SheetField.LEGACY_DEVICE_ID.path());
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

    private void remark(ErrorCode code, SourceRow row, SheetColumn column) {
        remarks.add(code, row.place() + ", " + Remarks.quoted(column.label()));
    }

    private List<Warning> warnings() {
        shared(bySerial)
                .forEach((serial, all) ->
                        remarks.add(ErrorCode.SERIAL_CONFLICT, named(all) + ": " + Remarks.quoted(serial)));
        shared(byLegacyId).values().forEach(all -> remarks.add(ErrorCode.LEGACY_ID_SHARED, named(all)));
        return remarks.warnings();
    }

    private static <K> Map<K, List<String>> shared(Map<K, List<String>> places) {
        Map<K, List<String>> shared = new LinkedHashMap<>(places);
        shared.values().removeIf(all -> all.size() == 1);
        return shared;
    }

    private static String named(List<String> places) {
        String first = String.join(", ", places.subList(0, Math.min(NAMED, places.size())));
        return places.size() > NAMED ? first + " and " + (places.size() - NAMED) + " more" : first;
    }
}

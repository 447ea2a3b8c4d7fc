package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;

/** What a person should know of a run, told once for each kind, with a few of the places. For one thread at a time. */
final class Remarks {
    private static final int SAMPLE = 10;

    private final List<Warning> before;
    private final List<Warning> single = new ArrayList<>();
    private final Map<ErrorCode, List<String>> places = new LinkedHashMap<>();

    /** @param before what an earlier attempt of the run has told */
    Remarks(List<Warning> before) {
        this.before = List.copyOf(before);
    }

    /** @param place a record and a column; never what stands there */
    void add(ErrorCode code, String place) {
        places.computeIfAbsent(code, x -> new ArrayList<>()).add(place);
    }

    void add(ErrorCode code, String detail, List<String> sample) {
        single.add(Warning.of(code, detail, sample));
    }

    List<Warning> all() {
        List<Warning> all = new ArrayList<>(before);
        all.addAll(single);
        places.forEach((code, at) -> all.add(warning(code, at)));
        return all;
    }

    private static Warning warning(ErrorCode code, List<String> places) {
        return Warning.of(
                code,
                "%s (%d)".formatted(title(code), places.size()),
                places.stream().limit(SAMPLE).toList());
    }

    private static String title(ErrorCode code) {
        return code == ErrorCode.CELL_CONFLICT
                ? "Cells that people had changed were overwritten; the log has what they held"
                : code.title();
    }
}

package dev.syncline.roster;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.source.SafeText;

/** What there is to say of a sheet's rows and columns, by kind: how many, and where the first of them stand. */
final class Remarks {
    private static final int SAMPLE = 25;
    private static final int TEXT = 60;

    private final Map<ErrorCode, Places> kinds = new EnumMap<>(ErrorCode.class);

    private static final class Places {
        private final List<String> first = new ArrayList<>();
        private int count;

        private void add(String place) {
            count++;
            if (first.size() < SAMPLE) {
                first.add(place);
            }
        }
    }

    void add(ErrorCode code, String place) {
        kinds.computeIfAbsent(code, kind -> new Places()).add(place);
    }

    /** One warning for each kind. */
    List<Warning> warnings() {
        List<Warning> warnings = new ArrayList<>();
        kinds.forEach(
                (code, places) -> warnings.add(Warning.of(code, message(code).formatted(places.count), places.first)));
        return warnings;
    }

    /** A few of many. */
    static List<String> sample(List<String> all) {
        return all.stream().limit(SAMPLE).toList();
    }

    private static String message(ErrorCode code) {
        return switch (code) {
            case SERIAL_CONFLICT -> "serials that stand in several rows, the first of which counts: %d";
            case LEGACY_ID_SHARED -> "device ids that several devices share: %d";
            case DATE_UNREADABLE -> "cells without a date that can be read, which count as blank: %d";
            case CELL_ERROR -> "cells that show an error, which count as blank: %d";
            case COLUMN_DUPLICATED -> "columns that repeat a name and are kept under another: %d";
            case COLUMNS_OVER_LIMIT -> "columns that are more than are kept, and are not kept: %d";
            default -> throw new IllegalStateException("no remark on a sheet: " + code);
        };
    }

    /** A text of the sheet, fit for a message. */
    static String quoted(String text) {
        return "'" + SafeText.of(text, TEXT) + "'";
    }
}

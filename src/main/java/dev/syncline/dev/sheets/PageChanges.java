package dev.syncline.dev.sheets;

import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** What a person does on the page; each answer says what was done. */
final class PageChanges {
    private static final int UNTIL_SWITCHED_OFF = Integer.MAX_VALUE;
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration HANGING = Duration.ofMinutes(5);

    private final SheetsStandIn standIn;

    PageChanges(SheetsStandIn standIn) {
        this.standIn = standIn;
    }

    String make(JsonNode change) {
        String what = change.path("change").asText();
        return switch (what) {
            case "cell" -> typed(change);
            case "insertRow" -> {
                tab(change).insertRow(row(change));
                yield "Row %d is a new one.".formatted(row(change));
            }
            case "deleteRow" -> {
                tab(change).deleteRow(row(change));
                yield "Row %d is gone.".formatted(row(change));
            }
            case "fault" -> faulty(change.path("fault").asText());
            case "sample" -> {
                SampleDevices.into(standIn);
                SampleSales.into(standIn);
                yield "The samples are as they were.";
            }
            default -> throw new IllegalArgumentException("unknown change: " + what);
        };
    }

    private String typed(JsonNode change) {
        String cell = change.path("cell").asText();
        tab(change).type(cell, change.path("value").asText());
        return "%s is changed.".formatted(cell);
    }

    private static int row(JsonNode change) {
        int row = change.path("row").asInt();
        if (row < 1) {
            throw new IllegalArgumentException("rows count from 1");
        }
        return row;
    }

    private StandInTab tab(JsonNode change) {
        StandInSpreadsheet spreadsheet =
                standIn.spreadsheet(change.path("spreadsheet").asText());
        return spreadsheet.tab(change.path("tab").asText());
    }

    private String faulty(String fault) {
        Faults faults = standIn.faults();
        faults.reset();
        standIn.revokeAccount(fault.equals("revoked"));
        switch (fault) {
            case "none", "revoked" -> {}
            case "slow" -> faults.delay(SLOW);
            case "hanging" -> faults.delay(HANGING);
            case "unavailable" -> faults.fail(503, "backendError", UNTIL_SWITCHED_OFF);
            case "forbidden" -> faults.fail(403, "forbidden", UNTIL_SWITCHED_OFF);
            case "missing" -> faults.fail(404, "notFound", UNTIL_SWITCHED_OFF);
            case "limited" -> faults.rateLimit(UNTIL_SWITCHED_OFF, Optional.empty());
            case "cut" -> faults.cut(UNTIL_SWITCHED_OFF);
            default -> throw new IllegalArgumentException("unknown fault: " + fault);
        }
        return fault.equals("none") ? "All calls go well." : "From now on: " + fault + ".";
    }
}

package dev.syncline.processes;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.bson.RawBsonDocument;

import dev.syncline.dev.sheets.SheetsStandIn;
import dev.syncline.dev.sheets.StandInTab;

import static org.assertj.core.api.Assertions.assertThat;

/** Processes that keep devices in step with a sheet, the sheet's server, which outlives them, and their database. */
final class RosterProcesses implements AutoCloseable {
    private static final String SHEET = "roster-sheet";
    private static final String TAB = "Devices";

    private final SheetsStandIn sheets = SheetsStandIn.start(0);
    private final StandInTab tab =
            sheets.create(SHEET, "Roster", ZoneId.of("America/New_York")).tab(TAB);
    private final Replicas replicas;

    /** @param more settings of all processes */
    RosterProcesses(Map<String, String> more) {
        replicas = new Replicas(settings(more));
    }

    /** What it takes to read this sheet. */
    Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "syncline.roster.sheet-id",
                SHEET,
                "syncline.roster.schedule.cron",
                "off",
                "syncline.roster.anonymization-key",
                "0123456789abcdef0123456789abcdef",
                "syncline.google.sheets.root-url",
                sheets.root().toString(),
                "syncline.google.sheets.credentials-json",
                sheets.accountKey()));
        settings.putAll(more);
        return settings;
    }

    Replicas replicas() {
        return replicas;
    }

    SheetsStandIn sheets() {
        return sheets;
    }

    /** Puts devices into the sheet, each with so many attributes beside and all with one status. */
    void write(int devices, int attributes, String status) {
        write(devices, attributes, status, devices);
    }

    /** The same, but only the first of them with that status. */
    void write(int devices, int attributes, String status, int changed) {
        List<List<?>> rows = new ArrayList<>(devices + 1);
        List<Object> header = new ArrayList<>(List.of("Serial", "Assigned To", "Status"));
        for (int column = 0; column < attributes; column++) {
            header.add("Attribute " + column);
        }
        rows.add(header);
        for (int device = 0; device < devices; device++) {
            List<Object> row = new ArrayList<>(List.of(
                    "SN-%06d".formatted(device), "Person " + device % 50, device < changed ? status : "In Stock"));
            for (int column = 0; column < attributes; column++) {
                row.add(column % 3 == 0 ? (Object) (double) (device + column) : "value " + device + '/' + column);
            }
            rows.add(row);
        }
        tab.fill(rows);
    }

    /** Starts a run as a manager does, and gives its id. */
    static String refresh(Replica replica) {
        Answer answer = replica.api().post("/api/sync/manual", "{}", Map.of());
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(202);
        return answer.body().path("data").path("runId").asText();
    }

    static JsonNode refreshAndWait(Replica replica) {
        return replica.awaitEnd(refresh(replica));
    }

    /** Every byte of the devices. */
    List<RawBsonDocument> devices() {
        return replicas.database().bytes("devices");
    }

    void brake(Duration each) {
        replicas.brake(each);
    }

    @Override
    public void close() {
        replicas.close();
        sheets.close();
    }
}

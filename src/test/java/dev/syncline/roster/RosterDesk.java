package dev.syncline.roster;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import io.quarkus.mongodb.FindOptions;
import io.restassured.path.json.JsonPath;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.syncline.SharedSheets;
import dev.syncline.dev.sheets.SheetsStandIn;
import dev.syncline.dev.sheets.StandInTab;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.RunCalls;

/** A sheet that a test fills, runs of the roster over it, and what they leave in the database. */
@Alternative
@Singleton
public class RosterDesk {
    static final ZoneId ZONE = ZoneId.of("America/New_York");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> COLLECTIONS = List.of(
            "devices",
            "column_definitions",
            "column_changes",
            "runs",
            "changes",
            "sweeps",
            "rejections",
            "undo_journal");

    private final MongoDatabase database;
    private final SteeredRosterConfig config;
    private final int port;
    private SheetsStandIn sheets;

    RosterDesk(
            MongoDatabase database, SteeredRosterConfig config, @ConfigProperty(name = RosterProfile.PORT) int port) {
        this.database = database;
        this.config = config;
        this.port = port;
    }

    /** No run, no device, a blank sheet, settings as they are by themselves. */
    void clear() {
        sheets = SharedSheets.ready(sheets, port, RosterProfile.KEY);
        sheets.revokeAccount(false);
        sheets.forgetCalls();
        config.reset();
        RunCalls.cancelAll();
        for (String collection : COLLECTIONS) {
            var unused = database.collection(collection)
                    .deleteMany(Filters.empty())
                    .await()
                    .atMost(PATIENCE);
        }
        var unused = sheets.create(RosterProfile.SHEET, "Roster", ZONE);
    }

    @PreDestroy
    void close() {
        if (sheets != null) {
            sheets.close();
        }
    }

    SheetsStandIn sheets() {
        return sheets;
    }

    StandInTab tab() {
        return sheets.spreadsheet(RosterProfile.SHEET).tab("Devices");
    }

    /** Fills the sheet: first the labels, then row after row. */
    @CanIgnoreReturnValue
    StandInTab fill(List<?>... rows) {
        return tab().fill(List.of(rows));
    }

    /** So many plain devices, d-0 and on, in use. */
    void fillWith(int devices) {
        List<List<?>> rows = new ArrayList<>(List.of(List.of("Serial", "Status", "Price")));
        for (int i = 0; i < devices; i++) {
            rows.add(List.of("D-" + i, "in use", i));
        }
        tab().fill(rows);
    }

    /** A manager's run from its start to its end. */
    @CanIgnoreReturnValue
    JsonPath run() {
        return RosterCalls.run(RosterCalls.runToEnd());
    }

    List<Document> devices() {
        return all("devices");
    }

    Document device(String serial) {
        return devices().stream()
                .filter(device -> device.getString("_id").equals(serial))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no device " + serial));
    }

    List<Document> all(String collection) {
        return database.collection(collection)
                .find(new FindOptions().sort(Sorts.ascending("_id")))
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }

    /** All that a run may write but does not unless it succeeds. */
    Map<String, List<Document>> written() {
        return Map.of(
                "devices", devices(),
                "column_definitions", all("column_definitions"),
                "column_changes", all("column_changes"));
    }
}

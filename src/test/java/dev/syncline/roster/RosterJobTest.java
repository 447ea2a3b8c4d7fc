package dev.syncline.roster;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Runs of the roster from a sheet of the stand-in to what is in the database. */
@QuarkusTest
@TestProfile(RosterProfile.class)
class RosterJobTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    RosterDesk desk;

    @Inject
    SteeredRosterConfig config;

    @BeforeEach
    void clear() {
        desk.clear();
    }

    // --- what is stored

    @Test
    @DisplayName("S0-34: all declared fields and all attributes are stored, with transfer notes and who moved it last")
    void storesEveryField() {
        desk.fill(
                List.of(
                        "Serial Number",
                        "Device ID",
                        "Assigned To",
                        "Status",
                        "Condition",
                        "Offboarding Status",
                        "Offboarding Actor",
                        "Offboarding Action",
                        "Offboarding Timestamp",
                        "Last Transfer Notes",
                        "Last Seen",
                        "Asset Tag",
                        "Price",
                        "Insured",
                        "Bought"),
                List.of(
                        " ABC-1 ",
                        "D-17",
                        "Lee McX",
                        "in use",
                        "good",
                        "Hold",
                        "sam@example.org",
                        "returned",
                        "2026-01-31T17:00:00Z",
                        "with cable",
                        LocalDate.of(2026, 1, 30),
                        "000042",
                        1249.5,
                        true,
                        LocalDate.of(2025, 7, 1)));

        JsonPath run = desk.run();

        assertCounts(run, 1, 1, 0, 0, 0, 0);
        assertThat(run.getString("state")).isEqualTo("SUCCEEDED");
        Document device = desk.device("abc-1");
        assertThat(device)
                .containsEntry("serial", "abc-1")
                .containsEntry("legacyDeviceId", "D-17")
                .containsEntry("sheetId", RosterProfile.SHEET)
                .containsEntry("assignedTo", "Lee McX")
                .containsEntry("status", "In Use")
                .containsEntry("condition", "Good")
                .containsEntry("offboardingStatus", "Hold")
                .containsEntry(
                        "offboardingMetadata",
                        new Document("lastAction", "returned")
                                .append("lastActor", "sam@example.org")
                                .append("lastTransferAt", date("2026-01-31T17:00:00Z")))
                .containsEntry("lastTransferNotes", "with cable")
                .containsEntry("lastSeen", date("2026-01-30T05:00:00Z"))
                .doesNotContainKeys("presence", "absent_since", "last_seen_at");
        assertThat(device.get("dynamicAttributes", Document.class))
                .isEqualTo(new Document("asset_tag", "000042")
                        .append("bought", "2025-07-01")
                        .append("insured", true)
                        .append("price", new Decimal128(new BigDecimal("1249.5"))));
        assertThat(device.getString("added_by")).isEqualTo(run.getString("id"));
        assertThat(device.getString("data_hash")).matches("[0-9a-f]{64}");
    }

    private static Date date(String instant) {
        return Date.from(Instant.parse(instant));
    }

    @Test
    @DisplayName("S0-9: a sheet gives the same devices and the same counts whoever starts the run")
    void doesTheSameForAPersonAndForTheSchedule() {
        desk.fillWith(45);
        JsonPath manual = desk.run();
        List<Document> byHand = contents();
        desk.clear();
        desk.fillWith(45);

        String scheduled = Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> SignedIn.nobody()
                                .header("X-Appengine-Cron", "true")
                                .header("X-Internal-Service-Token", RosterProfile.SCHEDULER_SECRET)
                                .post("/api/sync/run")
                                .then()
                                .statusCode(202)
                                .extract()
                                .<String>path("data.runId"),
                        run -> run != null);
        RosterCalls.awaitEnd(scheduled);

        JsonPath run = RosterCalls.run(scheduled);
        assertThat(run.getString("trigger.kind")).isEqualTo("scheduled");
        assertThat(contents()).isEqualTo(byHand).hasSize(45);
        assertThat(run.getMap("counts")).isEqualTo(manual.getMap("counts"));
        assertThat(run.getMap("").keySet()).isEqualTo(manual.getMap("").keySet());
    }

    /** The devices without the marks of their runs. */
    private List<Document> contents() {
        List<Document> devices = desk.devices();
        devices.forEach(device ->
                List.of("added_by", "changed_by", "changed_at", "first_seen_at").forEach(device::remove));
        return devices;
    }

    // --- what changes

    @Test
    @DisplayName("S0-31: over an unchanged sheet nothing is written; of one changed cell one device is")
    void writesWhatHasChanged() {
        desk.fillWith(45);
        desk.run();
        Map<String, List<Document>> before = desk.written();

        assertCounts(desk.run(), 45, 0, 0, 45, 0, 0);
        assertThat(desk.written()).isEqualTo(before);

        desk.tab().set("B7", "lost");
        JsonPath changed = desk.run();

        assertCounts(changed, 45, 0, 1, 44, 0, 0);
        assertThat(changed.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(desk.device("d-5"))
                .containsEntry("status", "Lost")
                .containsEntry("changed_by", changed.getString("id"));
        assertThat(desk.devices())
                .filteredOn(device -> !before.get("devices").contains(device))
                .hasSize(1);
    }

    @Test
    @DisplayName("S0-31: a new column, or a first blank in one, updates the rows alone that it says something of")
    void leavesRowsAloneOfWhichANewColumnSaysNothing() {
        desk.fillWith(30);
        desk.run();
        desk.tab().set("D1", "Colour").set("D3", "red").set("C5", null);

        JsonPath run = desk.run();

        assertCounts(run, 30, 0, 2, 28, 0, 0);
        assertThat(attributes("d-1")).containsEntry("colour", "red");
        assertThat(desk.device("d-3")).doesNotContainKey("price");
        assertThat(attributes("d-3")).isEmpty();
    }

    private Document attributes(String serial) {
        return desk.device(serial).get("dynamicAttributes", Document.class);
    }

    @Test
    @DisplayName("S0-30: a change of case alone in the assignee is stored")
    void storesAChangeOfCase() {
        desk.fill(List.of("Serial", "Assigned To"), List.of("a", "lee mcx"), List.of("b", "sam"));
        desk.run();
        desk.tab().set("B2", "Lee McX");

        assertCounts(desk.run(), 2, 0, 1, 1, 0, 0);
        assertThat(desk.device("a")).containsEntry("assignedTo", "Lee McX");
    }

    // --- rows that are not as they should be

    @Test
    @DisplayName(
            "S0-25: a row without a serial is left out, with its number; the others are taken, and blank rows are none")
    void leavesOutRowsWithoutASerial() {
        desk.fill(
                List.of("Serial", "Status"),
                List.of("a", "x"),
                blankAnd("x"),
                blankAnd(""),
                List.of("b", "x"),
                blankAnd("y"),
                List.of(" ", " "),
                List.of("c"));

        JsonPath run = desk.run();

        assertCounts(run, 5, 3, 0, 0, 2, 0);
        assertThat(run.getString("state")).isEqualTo("PARTIAL");
        assertThat(desk.devices()).extracting(device -> device.getString("_id")).containsExactly("a", "b", "c");
        assertThat(rejections(run))
                .extracting(rejection -> rejection.get("code"), rejection -> rejection.get("place"))
                .containsExactly(tuple("KEY_MISSING", "row 3"), tuple("KEY_MISSING", "row 6"));
    }

    private static List<?> blankAnd(String status) {
        List<Object> row = new ArrayList<>();
        row.add(null);
        row.add(status);
        return row;
    }

    private static List<Map<String, Object>> rejections(JsonPath run) {
        return SignedIn.as(SamplePerson.manager)
                .get("/api/runs/" + run.getString("id") + "/rejections")
                .jsonPath()
                .getList("items");
    }

    @Test
    @DisplayName("S0-25: where serials are strict, one row without stops the run before anything is written")
    void stopsForARowWithoutASerialWhereSerialsAreStrict() {
        desk.fill(List.of("Serial", "Status"), List.of("a", "x"));
        desk.run();
        Map<String, List<Document>> before = desk.written();
        desk.fill(List.of("Serial", "Status"), List.of("a", "y"), blankAnd("x"), List.of("b"), blankAnd("z"));
        config.setStrictSerials();

        JsonPath run = desk.run();

        assertFailed(run, "SERIAL_AUDIT_FAILED");
        assertThat(run.getString("error.message"))
                .isEqualTo("2 of 4 rows have no serial: rows 3, 5; nothing was written");
        assertThat(desk.written()).isEqualTo(before);
    }

    @Test
    @DisplayName("S0-28: boxes, errors, short rows, merged cells and numbers as serials are no reason to fail")
    void takesOddCells() {
        desk.fill(
                List.of("Serial", "Status", "Box", "Sum"),
                List.of(12345, "x", true, "=1/0"),
                List.of("00042"),
                List.of("=NA()", "x"),
                List.of("123456789012345678", "=NA()", false, 7));

        JsonPath run = desk.run();

        assertCounts(run, 4, 3, 0, 0, 1, 0);
        assertThat(desk.devices())
                .extracting(device -> device.getString("_id"))
                .containsExactly("00042", "12345", "123456789012345678");
        assertThat(attributes("12345")).isEqualTo(new Document("box", true));
        assertThat(desk.device("123456789012345678")).containsEntry("status", "Unknown");
        assertThat(rejections(run))
                .extracting(rejection -> rejection.get("code"))
                .containsExactly("CELL_ERROR");
        assertThat(sample(run, "CELL_ERROR")).containsExactly("row 2, 'Sum'", "row 5, 'Status'");
    }

    private static List<String> sample(JsonPath run, String code) {
        return run.param("code", code).getList("warnings.find { it.code == code }.sample");
    }

    @Test
    @DisplayName("S0-29: a date that cannot be read is left out, and told with its row; the device is taken")
    void tellsOfDatesThatCannotBeRead() {
        desk.fill(
                List.of("Serial", "Last Seen"),
                List.of("a", "2026-01-31T10:15:00Z"),
                List.of("b", "yesterday"),
                List.of("c", 46053.5),
                List.of("d", 1769854530123L));

        JsonPath run = desk.run();

        assertCounts(run, 4, 4, 0, 0, 0, 0);
        assertThat(sample(run, "DATE_UNREADABLE")).containsExactly("row 3, 'Last Seen'");
        assertThat(desk.devices())
                .extracting(device -> device.getDate("lastSeen"))
                .containsExactly(
                        date("2026-01-31T10:15:00Z"),
                        null,
                        date("2026-01-31T17:00:00Z"),
                        date("2026-01-31T10:15:30.123Z"));
    }

    @Test
    @DisplayName(
            "S0-32: of two rows with one serial the first counts, in each run; the other is counted, and both are named")
    void takesTheFirstOfTwoRows() {
        desk.fill(List.of("Serial", "Status"), List.of("A-1", "first"), List.of("b", "x"), List.of(" a-1", "second"));

        for (JsonPath run : List.of(desk.run(), desk.run())) {
            assertThat(run.getLong("counts.duplicates")).isEqualTo(1);
            assertThat(sample(run, "SERIAL_CONFLICT")).containsExactly("row 2, row 4: 'a-1'");
            assertThat(desk.device("a-1")).containsEntry("status", "First");
        }
    }

    @Test
    @DisplayName("S0-33: a serial that stands in two sheets is one device, of the sheet that was read last")
    void hasOneDeviceForASerialInTwoSheets() {
        desk.fill(List.of("Serial", "Device ID", "Price"), List.of("a", "D-1", 1), List.of("b", "D-1", 2));
        JsonPath shared = desk.run();
        desk.sheets()
                .create("another-sheet", "Another", ZoneId.of("UTC"))
                .tab("Devices")
                .fill(List.of(List.of("Serial", "Colour"), List.of("a", "red"), List.of("b", "blue")));
        config.setSheetId("another-sheet");

        JsonPath run = desk.run();

        assertThat(sample(shared, "LEGACY_ID_SHARED")).containsExactly("row 2, row 3");
        assertCounts(run, 2, 0, 2, 0, 0, 0);
        assertThat(run.getList("warnings")).isEmpty();
        assertThat(desk.devices()).hasSize(2);
        assertThat(desk.device("a"))
                .containsEntry("sheetId", "another-sheet")
                .containsEntry("dynamicAttributes", new Document("colour", "red"))
                .doesNotContainKey("legacyDeviceId");
    }

    // --- devices that are gone

    @Test
    @DisplayName("S0-35: a device that vanishes is missing, later inactive, never deleted; when it returns it is there")
    void flagsDevicesThatVanish() {
        desk.fillWith(10);
        desk.run();
        desk.tab().deleteRow(5);

        JsonPath missed = desk.run();

        assertThat(missed.getLong("counts.absent")).isEqualTo(1);
        assertThat(missed.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(desk.device("d-3"))
                .containsEntry("presence", "missing")
                .containsEntry("status", "In Use")
                .containsKeys("absent_since", "last_seen_at");

        config.setInactiveAfter(Duration.ZERO);
        desk.run();
        assertThat(desk.device("d-3")).containsEntry("presence", "inactive");
        assertThat(desk.devices()).hasSize(10);

        desk.fillWith(10);
        assertCounts(desk.run(), 10, 0, 1, 9, 0, 0);
        assertThat(desk.device("d-3")).doesNotContainKeys("presence", "absent_since", "last_seen_at");
    }

    @Test
    @DisplayName("S0-35: an empty sheet, or one that has lost more than half, stops the run and changes nothing")
    void refusesASheetThatHasShrunk() {
        desk.fillWith(10);
        desk.run();
        Map<String, List<Document>> before = desk.written();

        desk.fillWith(4);
        assertFailed(desk.run(), "FEED_SHRUNK");
        desk.fillWith(0);
        assertFailed(desk.run(), "FEED_EMPTY");

        assertThat(desk.written()).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "S0-35: where half of the devices are others, they are added, and those that are gone wait for a person")
    void holdsASweepOfHalf() {
        desk.fillWith(10);
        desk.run();
        List<List<?>> others = new ArrayList<>(List.of(List.of("Serial")));
        IntStream.range(5, 15).forEach(i -> others.add(List.of("D-" + i)));
        desk.tab().fill(others);

        JsonPath run = desk.run();

        assertThat(run.getString("state")).isEqualTo("PARTIAL");
        assertThat(run.getList("warnings.code")).contains("SWEEP_HELD");
        assertThat(desk.devices()).hasSize(15).allSatisfy(device -> assertThat(device)
                .doesNotContainKey("presence"));
    }

    @Test
    @DisplayName("S0-28, S0-35: while a serial shows an error no device is taken for missing")
    void takesNoDeviceForMissingWhoseSerialMayShowAnError() {
        desk.fillWith(10);
        desk.run();
        desk.tab().set("A5", "=NA()");

        JsonPath run = desk.run();

        assertThat(run.getList("warnings.code")).containsExactly("SWEEP_HELD");
        assertThat(desk.device("d-3")).doesNotContainKey("presence");
    }

    // --- columns

    @Test
    @DisplayName("S0-26: a header without a serial is refused, with its labels, and nothing is written")
    void refusesAHeaderWithoutASerial() {
        desk.fill(List.of("Serial No", "Device ID"), List.of("a", "D-1"));
        desk.run();
        Map<String, List<Document>> before = desk.written();

        desk.tab().set("A1", "Asset");
        JsonPath renamed = desk.run();
        desk.tab().set("B1", "Other");
        JsonPath foreign = desk.run();

        assertFailed(renamed, "INVALID_SYNC_CONFIGURATION");
        assertThat(renamed.getString("error.message"))
                .isEqualTo("the column 'Serial No' with the serials is gone; the tab has 'Asset', 'Device ID'");
        assertFailed(foreign, "INVALID_SYNC_CONFIGURATION");
        assertThat(foreign.getString("error.message"))
                .isEqualTo("row 1 of the tab 'Devices' has no column for the serial; it has 'Asset', 'Other'");
        assertThat(desk.written()).isEqualTo(before);
    }

    @Test
    @DisplayName("S0-37: columns of one name are all stored, and told")
    void storesColumnsOfOneName() {
        desk.fill(List.of("Serial", "Price", "price", "Status", "STATUS"), List.of("a", 1, 2, "x", "y"));

        JsonPath run = desk.run();

        assertThat(attributes("a"))
                .isEqualTo(new Document("price", 1L).append("price_2", 2L).append("status_2", "y"));
        assertThat(desk.device("a")).containsEntry("status", "X");
        assertThat(sample(run, "COLUMN_DUPLICATED"))
                .containsExactly("column C, 'price' is kept as price_2", "column E, 'STATUS' is kept as status_2");
    }

    @ParameterizedTest(name = "{0} extra columns")
    @ValueSource(ints = {5, 20, 100, 101})
    @DisplayName("S0-38: 5, 20 and 100 extra columns are stored; the 101st is told")
    void storesExtraColumns(int columns) {
        List<Object> labels = Stream.concat(
                        Stream.of("Serial"), IntStream.rangeClosed(1, columns).mapToObj(i -> "Extra " + i))
                .collect(Collectors.toList());
        List<Object> cells = Stream.concat(
                        Stream.of("a"), IntStream.rangeClosed(1, columns).mapToObj(i -> "value " + i))
                .collect(Collectors.toList());
        desk.fill(labels, cells);

        JsonPath run = desk.run();

        assertThat(attributes("a")).hasSize(Math.min(columns, 100)).containsEntry("extra_5", "value 5");
        assertThat(desk.all("column_definitions")).hasSize(1 + Math.min(columns, 100));
        assertThat(sample(run, "COLUMNS_OVER_LIMIT"))
                .isEqualTo(columns > 100 ? List.of("column CX, 'Extra 101'") : null);
    }

    @Test
    @DisplayName("S0-39: columns that are added, removed or renamed are told once; the first run's are a baseline")
    void tellsOfChangedColumnsOnce() {
        desk.fill(List.of("Serial", "Price", "Colour"), List.of("a", 1, "red"), List.of("b", 2, "blue"));
        JsonPath first = desk.run();
        desk.fill(List.of("Serial", "Cost", "Size"), List.of("a", 1, "L"), List.of("b", 2, "M"));
        JsonPath renamed = desk.run();
        JsonPath again = desk.run();
        desk.fill(List.of("Serial", "Cost"), List.of("a", 1), List.of("b", 2));
        JsonPath removed = desk.run();

        assertThat(first.getList("warnings")).isEmpty();
        assertThat(sample(renamed, "COLUMNS_CHANGED"))
                .containsExactly("renamed 'Price' to 'Cost'", "renamed 'Colour' to 'Size'");
        assertThat(again.getList("warnings")).isEmpty();
        assertThat(again.getString("state")).isEqualTo("SUCCEEDED");
        assertThat(sample(removed, "COLUMNS_CHANGED")).containsExactly("removed 'Size'");
        assertThat(desk.all("column_changes"))
                .extracting(change -> change.getString("_id"))
                .containsExactly(renamed.getString("id"), removed.getString("id"));
        assertThat(desk.all("column_definitions"))
                .filteredOn(column -> column.get("removedAt") == null)
                .extracting(column -> column.getString("columnKey"))
                .containsExactlyInAnyOrder("serial", "cost");
        assertThat(attributes("a")).isEqualTo(new Document("cost", 1L));
    }

    @Test
    @DisplayName("S0-36: 600 rows with a gap are read to their end, and more than the cap are refused")
    void readsToTheEnd() {
        List<List<?>> rows = new ArrayList<>(List.of(List.of("Serial")));
        for (int row = 2; row <= 606; row++) {
            rows.add(row > 496 && row <= 501 ? Collections.singletonList(null) : List.of("s" + row));
        }
        desk.tab().fill(rows);

        assertCounts(desk.run(), 600, 600, 0, 0, 0, 0);
        assertThat(desk.device("s606")).isNotNull();

        config.setMaxRows(599);
        assertFailed(desk.run(), "SHEET_TOO_LARGE");
    }

    // --- dry runs

    @Test
    @DisplayName("S0-41: a dry run counts what would be, and writes neither devices nor columns")
    void writesNothingInADryRun() {
        desk.fillWith(10);
        desk.run();
        Map<String, List<Document>> before = desk.written();
        desk.fillWith(12);
        desk.tab().set("B3", "lost").set("D1", "Colour").set("D4", "red").deleteRow(5);

        String run = SignedIn.as(SamplePerson.manager)
                .contentType("application/json")
                .body("{\"mode\": \"dry-run\"}")
                .post("/api/sync/manual?wait=true")
                .then()
                .statusCode(200)
                .extract()
                .path("data.runId");

        JsonPath dry = RosterCalls.run(run);
        assertCounts(dry, 11, 2, 2, 7, 0, 0);
        assertThat(dry.getLong("counts.absent")).isEqualTo(1);
        assertThat(sample(dry, "COLUMNS_CHANGED")).containsExactly("added 'Colour'");
        assertThat(desk.written()).isEqualTo(before);
        assertThat(desk.all("undo_journal")).isEmpty();
    }

    static void assertCounts(
            JsonPath run, long read, long added, long updated, long unchanged, long rejected, long duplicates) {
        assertThat(List.of("read", "added", "updated", "unchanged", "rejected", "duplicates"))
                .map(name -> run.getLong("counts." + name))
                .as("counts")
                .containsExactly(read, added, updated, unchanged, rejected, duplicates);
    }

    static void assertFailed(JsonPath run, String code) {
        assertThat(run.getString("error.code")).isEqualTo(code);
        assertThat(run.getString("state")).isEqualTo("FAILED");
    }
}

package dev.syncline.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import com.mongodb.MongoException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.ingest.Interposed;
import dev.syncline.ingest.RunMark;
import dev.syncline.ingest.UndoJournal;
import dev.syncline.platform.MongoDatabase;

import static dev.syncline.roster.RosterJobTest.assertCounts;
import static dev.syncline.roster.RosterJobTest.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Runs of the roster that fail, and what is left then: all as it was. */
@QuarkusTest
@TestProfile(RosterProfile.class)
class RosterFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int DEVICES = 45;

    @Inject
    RosterDesk desk;

    @Inject
    SteeredRosterConfig config;

    @Inject
    SteeredDeviceRows rows;

    @Inject
    MongoDatabase database;

    @Inject
    ColumnRegistry registry;

    @Inject
    UndoJournal journal;

    private Map<String, List<Document>> before;

    @BeforeEach
    void storeDevices() {
        rows.reset();
        desk.clear();
        desk.fillWith(DEVICES);
        desk.run();
        before = desk.written();
    }

    @AfterEach
    void reset() {
        rows.reset();
    }

    /** Every third device another one, one gone, two more, and one more column. */
    private void change() {
        for (int row = 2; row <= DEVICES; row += 3) {
            desk.tab().set("B" + row, "lost");
        }
        desk.tab()
                .deleteRow(6)
                .set("D1", "Colour")
                .set("D2", "red")
                .set("A47", "new-1")
                .set("A48", "new-2");
    }

    static Stream<Arguments> faultsOfTheSheet() {
        return Stream.of(
                fault("SHEET_NOT_FOUND", desk -> desk.sheets().faults().fail(404, "notFound", 1)),
                fault("SHEETS_AUTH_REVOKED", desk -> desk.sheets()
                        .spreadsheet(RosterProfile.SHEET)
                        .unshare(desk.sheets().accountEmail())),
                fault("SHEETS_AUTH_REVOKED", desk -> desk.sheets().revokeAccount(true)),
                fault("SHEETS_RATE_LIMIT", desk -> desk.sheets().faults().rateLimit(20, Optional.empty())),
                fault("SOURCE_FAILED", desk -> desk.sheets().faults().fail(503, "backendError", 20)),
                fault("SOURCE_CUT", desk -> desk.sheets().faults().cut(20)),
                fault("INVALID_SYNC_CONFIGURATION", desk -> desk.tab().rename("Others")),
                fault("INVALID_SYNC_CONFIGURATION", desk -> desk.tab().set("A1", "Asset")),
                fault("FEED_EMPTY", desk -> desk.fillWith(0)),
                fault("FEED_SHRUNK", desk -> desk.fillWith(20)),
                fault("TRANSFORM_VALIDATION_FAILED", RosterFaultsTest::takeSerialsAway));
    }

    private static Arguments fault(String code, Consumer<RosterDesk> fault) {
        return arguments(code, fault);
    }

    private static void takeSerialsAway(RosterDesk desk) {
        for (int row = 2; row <= 30; row++) {
            desk.tab().set("A" + row, null);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfTheSheet")
    @DisplayName(
            "S0-11, S0-12: what is wrong with the sheet ends the run with its code and changes no byte; the next one may start")
    void changesNothingWhenTheSheetFails(String code, Consumer<RosterDesk> fault) {
        change();
        fault.accept(desk);

        JsonPath run = desk.run();

        assertFailed(run, code);
        assertThat(run.getString("error.nextStep")).isNotBlank();
        assertThat(run.getString("error.reference")).isEqualTo(run.getString("id"));
        assertThat(run.getList("attempts")).hasSize(1);
        assertThat(desk.written()).isEqualTo(before);
        awaitForgotten();
    }

    static Stream<Arguments> faultsOfTheDatabase() {
        MongoException refused = new MongoException(13, "not authorized on canary");
        return Stream.of(1, 2, 3, 4)
                .flatMap(write -> Stream.of(
                        arguments("MONGO_WRITE_FAILED", write, refused),
                        arguments("UNKNOWN_FAILURE", write, new IllegalStateException("canary"))));
    }

    @ParameterizedTest(name = "{0} after write {1}")
    @MethodSource("faultsOfTheDatabase")
    @DisplayName("S0-11, S0-12: a failure between two writes takes back all of them, to the byte")
    void takesBackWhatItHasWritten(String code, int write, RuntimeException failure) {
        change();
        rows.useInstead(Interposed.on(database.collection(RosterSync.DEVICES))
                .afterWrite(call -> {
                    if (call == write) {
                        throw failure;
                    }
                })
                .rows());

        JsonPath run = desk.run();

        assertFailed(run, code);
        assertThat(run.getString("error.message")).doesNotContain("canary");
        assertThat(desk.written()).isEqualTo(before);
        awaitForgotten();

        rows.reset();
        assertCounts(desk.run(), 46, 2, 15, 29, 0, 0);
    }

    @Test
    @DisplayName("S0-10: a sheet that does not answer ends the run as SYNC_TIMEOUT, and the next one may start")
    void stopsAtItsTimeLimit() {
        config.setTimeLimit(Duration.ofSeconds(1));
        desk.sheets().faults().delay(Duration.ofSeconds(30));

        JsonPath run = desk.run();

        assertFailed(run, "SYNC_TIMEOUT");
        assertThat(run.getString("error.message")).contains("at the stage 'fetching'");
        assertThat(desk.written()).isEqualTo(before);
        desk.sheets().faults().reset();
        config.reset();
        assertThat(desk.run().getString("state")).isEqualTo("SUCCEEDED");
    }

    @Test
    @DisplayName("S0-12: a run that a person cancels while it writes leaves no device and no column behind")
    void takesBackWhatACancelledRunHasWritten() {
        change();
        rows.useInstead(Interposed.on(database.collection(RosterSync.DEVICES))
                .afterWrite(call -> RosterCalls.cancel())
                .rows());

        JsonPath run = desk.run();

        assertThat(run.getString("state")).isEqualTo("CANCELLED");
        assertThat(desk.written()).isEqualTo(before);
        awaitForgotten();
    }

    @Test
    @DisplayName("S0-12, S0-39: what a run wrote of the columns is taken back with it, to the byte")
    void takesBackTheColumns() {
        Tab renamed = Tab.withHeader("Serial", "State", "Price", "Size");
        RunMark mark = new RunMark("run-x", RosterSync.SYNC, 1, Instant.now(), false);
        RegistryPlan plan = registry.all()
                .map(known -> RegistryPlan.of(
                        RosterProfile.SHEET, known, Columns.seen(renamed), mark.run(), mark.startedAt()))
                .await()
                .atMost(PATIENCE);

        registry.write(mark, plan).await().atMost(PATIENCE);
        assertThat(desk.all("column_changes")).hasSize(1);
        assertThat(desk.all("column_definitions")).isNotEqualTo(before.get("column_definitions"));

        var unused = journal.takeBack(mark.run()).await().atMost(PATIENCE);
        assertThat(desk.written()).isEqualTo(before);
    }

    /** Whoever follows the run's end takes back once more, and then the images go. */
    private void awaitForgotten() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(desk.all("undo_journal"))
                .isEmpty());
        assertThat(desk.written()).isEqualTo(before);
    }
}

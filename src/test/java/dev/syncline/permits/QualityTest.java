package dev.syncline.permits;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.CapturedLog;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.run.Run;
import dev.syncline.run.RunStore;
import dev.syncline.status.ApiProfile;
import dev.syncline.status.RunCalls;

import static dev.syncline.SignedIn.as;
import static dev.syncline.permits.PermitFeed.sync;
import static dev.syncline.permits.StoredPermits.aPermit;
import static dev.syncline.permits.StoredPermits.stored;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

@QuarkusTest
@TestProfile(ApiProfile.class)
@DisplayName("S1-34 (quality): the snapshot of a day, and /api/quality")
class QualityTest {
    private static final Instant LAST_COMPLETE = Instant.parse("2026-05-11T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-05-11T10:20:00Z");

    /** All of Spec 28. */
    private static final Set<String> COLUMNS = Set.of(
            "total_permits",
            "active_permits",
            "permits_with_trades",
            "trade_matches_total",
            "trade_avg_confidence",
            "trade_tier1_count",
            "trade_tier2_count",
            "trade_tier3_count",
            "permits_with_builder",
            "builders_total",
            "builders_enriched",
            "builders_with_phone",
            "builders_with_email",
            "builders_with_website",
            "builders_with_google",
            "builders_with_wsib",
            "permits_with_parcel",
            "parcel_exact_matches",
            "parcel_name_matches",
            "parcel_avg_confidence",
            "permits_with_neighbourhood",
            "permits_geocoded",
            "coa_total",
            "coa_linked",
            "coa_avg_confidence",
            "coa_high_confidence",
            "coa_low_confidence",
            "permits_updated_24h",
            "permits_updated_7d",
            "permits_updated_30d",
            "last_sync_at",
            "last_sync_status",
            "created_at");

    @Inject
    MongoDatabase database;

    @Inject
    PermitsConfig config;

    @Inject
    RunStore runs;

    @Inject
    QualityStore store;

    @Inject
    QualitySurvey survey;

    @ConfigProperty(name = "syncline.permits.import-directory")
    Path imports;

    private StoredPermits permits;

    @BeforeEach
    @AfterEach
    void clear() {
        RunCalls.cancelAll();
        permits = new StoredPermits(database);
        permits.clear();
        for (String collection : List.of("runs", "audit")) {
            await(database.collection(collection).deleteMany(new Document()));
        }
        await(database.collection("quality_snapshots").drop());
    }

    // --- what is counted

    @Test
    @DisplayName("S1-34: exact figures of stored permits; what we do not hold is null and says why")
    void countsWhatIsStored() {
        // Given
        permits.hold(
                aPermit("inspected")
                        .with("STATUS", "Inspection ")
                        .with("DESCRIPTION", "A porch")
                        .with("BUILDER_NAME", "BUILDER 1")
                        .with("EST_CONST_COST", "2,000,000,000"),
                aPermit("issued").with("STATUS", "Permit Issued").with("EST_CONST_COST", "2000000000.01"),
                aPermit("refused").with("STATUS", "Refusal Notice").with("EST_CONST_COST", "0"),
                aPermit("asked").with("STATUS", "Examiner's Notice Sent").with("EST_CONST_COST", "-1"),
                aPermit("blank").with("STATUS", " "));
        permits.add(absent("gone for 3 days", "Pending Closed", ago(3)));
        permits.add(absent("gone for 10 days", "Pending Closed", ago(10)));
        permits.add(absent("closed", "Closed", ago(40)));

        // When
        QualitySnapshot found = await(surveyAt(NOW, LAST_COMPLETE).take());

        // Then
        assertThat(found.snapshotDate()).isEqualTo("2026-05-11");
        assertThat(found.totalPermits()).isEqualTo(8);
        assertThat(found.activePermits()).isEqualTo(3);
        assertThat(found.permitsWithBuilder()).isEqualTo(1);
        assertThat(found.permitsWithoutDescription()).isEqualTo(7);
        assertThat(found.permitsWithoutStatus()).isEqualTo(1);
        assertThat(found.costOutOfBounds()).isEqualTo(2);
        assertThat(found.ghosts()).isZero();
        assertThat(found.permitsUpdated24h()).isEqualTo(5);
        assertThat(found.permitsUpdated7d()).isEqualTo(6);
        assertThat(found.permitsUpdated30d()).isEqualTo(7);
        assertThat(found.createdAt()).isEqualTo(NOW);
        assertThat(found.lastSyncAt()).isNull();
        assertThat(found.score()).isNull();
        assertThat(found.unavailable())
                .containsEntry("permits_with_trades", "this service holds no trades")
                .containsEntry("coa_linked", "this service holds no CoA applications")
                .containsKeys("score", "builders_total", "permits_with_parcel", "permits_geocoded")
                .hasSize(25);
        assertThat(await(store.newest(30))).contains(found);
    }

    @Test
    void countsNothingWhereThereIsNothing() {
        QualitySnapshot found = await(surveyAt(NOW, null).take());

        assertThat(found.totalPermits()).isZero();
        assertThat(found.activePermits()).isZero();
        assertThat(found.permitsUpdated30d()).isZero();
        assertThat(found.warnings()).isEmpty();
    }

    @Test
    @DisplayName("S1-34: a permit that is there was last seen by the last complete run, or when it was written since")
    void derivesWhenPermitsWereLastSeen() {
        permits.hold(aPermit("old"));
        permits.add(stored(aPermit("added")).append("first_seen_at", Date.from(ago(2))));
        permits.add(stored(aPermit("changed")).append("changed_at", Date.from(ago(10))));

        QualitySnapshot found = await(surveyAt(NOW, ago(20)).take());
        assertThat(found.permitsUpdated24h()).isZero();
        assertThat(found.permitsUpdated7d()).isEqualTo(1);
        assertThat(found.permitsUpdated30d()).isEqualTo(3);

        found = await(surveyAt(NOW, null).take());
        assertThat(found.permitsUpdated7d()).isEqualTo(1);
        assertThat(found.permitsUpdated30d()).isEqualTo(2);
    }

    @Test
    void findsGhostsThatTheLastSweepShouldHaveClosed() {
        Instant due = LAST_COMPLETE.minus(config.closeAfter());
        permits.add(absent("due only now", "Pending Closed", due));
        permits.add(absent("closed", "Closed", due.minusMillis(1)));
        assertThat(await(surveyAt(NOW, LAST_COMPLETE).take()).ghosts()).isZero();

        permits.add(absent("due", "Pending Closed", due.minusMillis(1)));

        QualitySnapshot found = await(surveyAt(NOW, LAST_COMPLETE).take());
        assertThat(found.ghosts()).isEqualTo(1);
        assertThat(found.warnings())
                .contains(new QualityWarning(
                        QualityWarning.Code.GHOSTS,
                        "Permits that should be closed, as long as they have been absent: 1",
                        1L,
                        1.0 / 3));
    }

    @Test
    void findsThatAllAreGhostsWithoutACompleteRun() {
        permits.hold(aPermit("A"), aPermit("B").with("STATUS", "Closed"));

        assertThat(await(surveyAt(NOW, NOW.minus(config.closeAfter())).take()).ghosts())
                .isZero();
        assertThat(await(surveyAt(NOW, NOW.minus(config.closeAfter()).minusMillis(1))
                                .take())
                        .ghosts())
                .isEqualTo(1);
    }

    // --- what is warned of

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | 1 |
            2 | 1 | Permits without description: 10.0 % (2), more than the usual 5.0 %
            0 | 0 | Permits without builder: 100.0 % (20), more than the usual 95.0 %
            """)
    @DisplayName("S1-34: more than 5 % without description or 95 % without builder is a warning; just as many is none")
    void warnsOfWhatIsMissing(int withoutDescription, int withBuilder, @Nullable String warning) {
        // Given
        for (int n = 0; n < 20; n++) {
            permits.add(stored(aPermit("P" + n)
                    .with("STATUS", "Inspection")
                    .with("DESCRIPTION", n < withoutDescription ? null : "A porch")
                    .with("BUILDER_NAME", n < withBuilder ? "BUILDER 1" : null)));
        }

        // When
        QualitySnapshot found = await(surveyAt(NOW, LAST_COMPLETE).take());

        // Then
        assertThat(found.warnings())
                .extracting(QualityWarning::message)
                .isEqualTo(Stream.ofNullable(warning).toList());
    }

    @Test
    void warnsOfASingleCostThatCannotBeMeantAndOfASingleBlankStatus() {
        permits.hold(
                described("A").with("EST_CONST_COST", "2,000,000,000"),
                described("B").with("EST_CONST_COST", "0"),
                described("C"),
                described("D"));
        assertThat(await(surveyAt(NOW, LAST_COMPLETE).take()).warnings()).isEmpty();

        permits.add(stored(described("E").with("EST_CONST_COST", "2000000000.01")));
        permits.add(stored(described("F").with("EST_CONST_COST", "-0.01")));
        permits.add(stored(described("G").with("STATUS", null)));
        permits.add(stored(described("H").with("STATUS", "")));

        assertThat(await(surveyAt(NOW, LAST_COMPLETE).take()).warnings())
                .containsExactly(
                        new QualityWarning(
                                QualityWarning.Code.COST_OUT_OF_BOUNDS,
                                "Permits that cost less than 0 or more than 2,000,000,000: 2",
                                2L,
                                0.25),
                        new QualityWarning(QualityWarning.Code.STATUS_MISSING, "Permits without status: 2", 2L, 0.25));
    }

    // --- one a day

    @ParameterizedTest
    @CsvSource({
        "2026-07-01T03:59:59.999Z, 2026-06-30",
        "2026-07-01T04:00:00Z, 2026-07-01",
        "2026-01-15T04:59:59.999Z, 2026-01-14",
        "2026-01-15T05:00:00Z, 2026-01-15"
    })
    @DisplayName("S1-34: a day is one of Toronto, in winter and in summer")
    void belongsToADayOfTheZone(Instant now, String day) {
        assertThat(await(surveyAt(now, null).take()).snapshotDate()).isEqualTo(day);
    }

    @Test
    @DisplayName(
            "S1-34: a second look on the same day takes the place of the first; on the next day it stands beside it")
    void keepsOneADay() {
        permits.hold(aPermit("A"));
        await(surveyAt(NOW, null).take());
        permits.hold(aPermit("A"), aPermit("B"));
        await(surveyAt(NOW.plusSeconds(3600), null).take());
        await(surveyAt(NOW.plus(Duration.ofDays(1)), null).take());

        List<QualitySnapshot> kept = await(store.newest(30)).stream()
                .filter(snapshot -> snapshot.snapshotDate().startsWith("2026-05"))
                .toList();
        assertThat(kept).extracting(QualitySnapshot::snapshotDate).containsExactly("2026-05-12", "2026-05-11");
        assertThat(kept.get(1).totalPermits()).isEqualTo(2);
        assertThat(kept.get(1).createdAt()).isEqualTo(NOW.plusSeconds(3600));
    }

    // --- over HTTP

    @Test
    @DisplayName("S1-34: before the first snapshot there is none, and that is no error")
    void answersBeforeTheFirstSnapshot() {
        given().get("/api/quality")
                .then()
                .statusCode(200)
                .body("", equalTo(json("current", null, "trends", List.of(), "lastUpdated", null)));
    }

    @Test
    @DisplayName("S1-34: GET tells the newest and at most 30 with it, newest first")
    void tellsTheNewestThirty() {
        for (int day = 0; day < 31; day++) {
            await(surveyAt(NOW.plus(Duration.ofDays(day)), null).take());
        }

        JsonPath answer =
                given().get("/api/quality").then().statusCode(200).extract().jsonPath();

        List<String> days = answer.getList("trends.snapshot_date");
        assertThat(days).hasSize(30).startsWith("2026-06-10", "2026-06-09").endsWith("2026-05-12");
        assertThat(answer.getString("current.snapshot_date")).isEqualTo("2026-06-10");
        assertThat(answer.getString("lastUpdated")).isEqualTo("2026-06-10T10:20:00Z");
    }

    @Test
    @DisplayName("S1-34: POST /api/quality/refresh looks at once, tells all columns, and is audited")
    void refreshes() {
        permits.hold(described("A").with("BUILDER_NAME", "BUILDER 1"));

        JsonPath answer = given().header("x-request-id", "quality-1")
                .post("/api/quality/refresh")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        Map<String, Object> snapshot = answer.getMap("snapshot");
        String today = LocalDate.now(ZoneId.of(config.schedule().zone())).toString();
        assertThat(snapshot)
                .containsEntry("snapshot_date", today)
                .containsEntry("total_permits", 1)
                .containsEntry("active_permits", 1)
                .containsEntry("permits_with_builder", 1)
                .containsEntry("permits_updated_24h", 0)
                .containsEntry("score", null)
                .containsEntry("last_sync_status", null);
        assertThat(snapshot.keySet()).containsAll(COLUMNS);
        Map<String, String> unavailable = answer.getMap("snapshot.unavailable");
        assertThat(unavailable.keySet())
                .allSatisfy(column -> assertThat(snapshot).containsEntry(column, null));
        given().get("/api/quality").then().body("current.snapshot_date", equalTo(today));
        assertThat(await(database.collection("audit")
                        .find(Filters.eq("requestId", "quality-1"))
                        .collect()
                        .asList()))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .containsEntry("action", "QUALITY_REFRESHED")
                        .containsEntry("target", "permits")
                        .containsEntry("outcome", today)
                        .containsEntry("type", "sync"));
    }

    @Test
    void isRefreshedByManyAtOnce() {
        permits.hold(aPermit("A"));

        List<CompletableFuture<Integer>> calls = IntStream.range(0, 8)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> given().post("/api/quality/refresh").statusCode()))
                .toList();

        assertThat(calls.stream().map(CompletableFuture::join)).containsOnly(200);
        assertThat(await(store.newest(30))).hasSize(1);
    }

    @Test
    @DisplayName("C0-31: errors are in the family's own shape")
    void refusesInTheFamilysShape() {
        given().accept("image/png")
                .get("/api/quality")
                .then()
                .statusCode(406)
                .body("error", equalTo(ErrorCode.NOT_ACCEPTABLE.title()));
        as(SamplePerson.viewer)
                .post("/api/quality/refresh")
                .then()
                .statusCode(403)
                .body("error", notNullValue());
    }

    // --- after a run

    @Test
    @DisplayName("S1-16: after a completed run the snapshot is taken, by itself; an unchanged run is one too")
    void isTakenAfterARun() {
        PermitFeed.write(imports, "quality.json", PermitFeed.permits(3, "Inspection"));
        assertThat(sync("?wait=true", "quality.json").statusCode()).isEqualTo(200);

        JsonPath taken = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/api/quality").jsonPath(), answer -> answer.get("current") != null);

        assertThat(taken.getInt("current.active_permits")).isEqualTo(3);
        assertThat(taken.getInt("current.permits_updated_24h")).isEqualTo(3);
        assertThat(taken.getString("current.last_sync_status")).isEqualTo("completed");
        assertThat(Instant.parse(taken.getString("current.last_sync_at")))
                .isBetween(Instant.now().minusSeconds(90), Instant.now());

        String second = sync("?wait=true", "quality.json").path("sync_run.id");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> given().get("/api/quality").jsonPath().getString("current.last_sync_at"),
                        equalTo(RunCalls.get(second).getString("completedAt")));
        assertThat(RunCalls.get(second).getInt("counts.unchanged")).isEqualTo(3);
    }

    @Test
    @DisplayName("S1-16: when the database refuses the snapshot, the run stays completed and the log has a WARNING")
    void harmsNoRun() {
        // Given
        PermitFeed.write(imports, "quality.json", PermitFeed.permits(3, "Inspection"));
        permits.hold(aPermit("A"), aPermit("B"), aPermit("C"));
        await(surveyAt(NOW, null).take());
        await(database.collection("quality_snapshots")
                .createIndex(new Document("totalPermits", 1), new IndexOptions().unique(true)));
        permits.clear();

        try (CapturedLog log = new CapturedLog()) {
            // When
            Response synced = sync("?wait=true", "quality.json");
            String id = synced.path("sync_run.id");
            Run run = await(runs.byId(id)).orElseThrow();
            await(survey.follow(run));

            // Then
            assertThat(log.records())
                    .filteredOn(entry -> entry.getFormattedMessage().contains("run=" + id))
                    .filteredOn(entry -> entry.getLoggerName().equals(QualitySurvey.class.getName()))
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(entry.getLevel()).isEqualTo(Level.WARN));
            assertThat(await(runs.byId(id))).contains(run);
            given().get("/api/sync")
                    .then()
                    .body("runs[0].id", equalTo(id))
                    .body("runs[0].status", equalTo("completed"));
            given().get("/api/quality").then().statusCode(200).body("current.snapshot_date", equalTo("2026-05-11"));
            given().post("/api/quality/refresh")
                    .then()
                    .statusCode(500)
                    .body("error", equalTo(ErrorCode.INTERNAL_ERROR.title()))
                    .body("message", notNullValue());
        }
    }

    @Test
    void isNotTakenAfterWhatChangedNothing() {
        PermitFeed.write(imports, "quality.json", PermitFeed.permits(3, "Inspection"));
        String dry = given().contentType("application/json")
                .body("{\"mode\": \"dry-run\"}")
                .post("/api/syncs/permits/runs")
                .path("id");
        RunCalls.awaitEnd(dry);
        String other = RunCalls.runToEnd("scripted");

        for (String id : List.of(dry, other)) {
            await(survey.follow(await(runs.byId(id)).orElseThrow()));
        }

        assertThat(await(store.newest(1))).isEmpty();
    }

    private QualitySurvey surveyAt(Instant now, @Nullable Instant lastComplete) {
        return new QualitySurvey(
                new PermitCensus(database, config),
                () -> Uni.createFrom().item(Optional.ofNullable(lastComplete)),
                runs,
                store,
                config,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static PermitRows described(String number) {
        return aPermit(number)
                .with("STATUS", "Inspection")
                .with("DESCRIPTION", "A porch")
                .with("BUILDER_NAME", "BUILDER 1");
    }

    private static Map<String, @Nullable Object> json(@Nullable Object... parts) {
        Map<String, @Nullable Object> json = new HashMap<>();
        for (int n = 0; n < parts.length; n += 2) {
            json.put((String) parts[n], parts[n + 1]);
        }
        return json;
    }

    @CanIgnoreReturnValue
    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }

    private static Document absent(String number, String status, Instant since) {
        return stored(aPermit(number).with("STATUS", status))
                .append("absent_since", Date.from(since))
                .append("last_seen_at", Date.from(since.minus(Duration.ofHours(1))));
    }

    private static Instant ago(int days) {
        return NOW.minus(Duration.ofDays(days));
    }
}

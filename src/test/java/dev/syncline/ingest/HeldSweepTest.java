package dev.syncline.ingest;

import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Multi;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;
import dev.syncline.run.CoreProfile;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.RunState;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.ingest.Feed.aFeed;
import static dev.syncline.ingest.Feed.numbered;
import static dev.syncline.ingest.Limits.limits;
import static dev.syncline.run.RunAssert.Counts.added;
import static dev.syncline.run.RunAssert.Counts.unchanged;
import static dev.syncline.run.RunAssert.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

/** Of 40 permits the feed loses four, a tenth. */
@QuarkusTest
@TestProfile(CoreProfile.class)
class HeldSweepTest {
    private static final List<String> LOST =
            IntStream.range(36, 40).mapToObj(i -> numbered(i).key()).toList();

    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @Inject
    MongoDatabase database;

    private Run first;
    private Run held;

    @BeforeEach
    void holdASweep() {
        desk.clear(sync);
        sync.reads(aFeed().withPermits(0, 40));
        first = desk.run();
        sync.reads(aFeed().withPermits(0, 36).with(numbered(100)));
        held = desk.run();
    }

    @Test
    @DisplayName(
            "C0-12, S1-31: a tenth absent is held: the rest goes in, the run is partial and names count and sample")
    void holds() {
        assertThat(held)
                .is(RunState.PARTIAL)
                .counted(added(1).andUnchanged(36).andAbsent(4))
                .warnsOf("SWEEP_HELD");
        assertThat(held.progress().warnings().get(0).sample()).containsExactlyElementsOf(LOST);
        assertThat(held.progress().warnings().get(0).message()).startsWith("4 of 40 known rows are absent (10.0 %");
        assertThat(absentKeys()).isEmpty();
        JsonPath sweep = given().when()
                .get("/api/runs/" + held.id() + "/sweep")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(sweep.getString("state")).isEqualTo("HELD");
        assertThat(sweep.getInt("absent")).isEqualTo(4);
        assertThat(sweep.getList("sample")).isEqualTo(LOST);
    }

    @Test
    @DisplayName("C0-12: less than the share is swept without a word")
    void sweepsALittle() {
        sync.reads(aFeed().withPermits(0, 40).with(numbered(100)));
        desk.run();
        sync.reads(aFeed().withPermits(0, 37).with(numbered(100)));

        assertThat(desk.run())
                .is(RunState.SUCCEEDED)
                .counted(unchanged(38).andAbsent(3))
                .warnsOf();
        assertThat(absentKeys()).containsExactlyElementsOf(LOST.subList(1, 4));
    }

    @Test
    @DisplayName("S1-31: rows that a failed run has added make no loss look small")
    void measuresAgainstTheLastCompleteRun() {
        desk.clear(sync);
        sync.reads(aFeed().withPermits(0, 40));
        desk.run();
        sync.reads(
                aFeed().withPermits(100, 200).failingAt(99, 1, new SyncException(ErrorCode.FEED_TRUNCATED, "cut")),
                limits().inBatchesOf(10));
        assertThat(desk.run()).failedWith(ErrorCode.FEED_TRUNCATED);

        sync.reads(aFeed().withPermits(4, 40).withPermits(100, 200));

        Run run = desk.run();
        assertThat(run).is(RunState.PARTIAL).warnsOf("SWEEP_HELD");
        assertThat(run.progress().warnings().get(0).message()).startsWith("4 of 40 known rows are absent (10.0 %");
        assertThat(absentKeys()).isEmpty();
    }

    @Test
    @DisplayName("C0-12: approve marks the absent rows, once, and is audited")
    void approves() {
        decide("approve").statusCode(200).body("state", equalTo("APPROVED")).body("applied", equalTo(4));

        assertThat(absentKeys()).containsExactlyElementsOf(LOST);
        assertThat(desk.row(LOST.get(0)))
                .containsEntry("status", "Pending Closed")
                .containsEntry("last_seen_at", Date.from(first.startedAt()))
                .containsKey("absent_since");
        assertThat(history())
                .containsExactlyElementsOf(LOST.stream()
                        .map(key -> key + " absent Inspection -> Pending Closed")
                        .toList());
        assertThat(audited()).containsExactly("SWEEP_APPROVED APPROVED");
        decide("approve").statusCode(409).body("code", equalTo("SWEEP_NOT_HELD"));
        decide("dismiss").statusCode(409).body("code", equalTo("SWEEP_NOT_HELD"));
        assertThat(audited()).hasSize(1);
    }

    @Test
    @DisplayName("C0-12: approve marks exactly those still absent: not a row that came back or was written meanwhile")
    void approvesOnlyThoseStillAbsent() {
        // Given a run that meets one of the four again and then fails, and another writer on a second one
        PermitRow back = numbered(36).withStatus("Closed");
        sync.reads(
                aFeed().with(back)
                        .withPermits(0, 35)
                        .failingAt(20, 9, new SyncException(ErrorCode.FEED_MALFORMED, "cut")),
                limits().inBatchesOf(5));
        Run failed = desk.run();
        assertThat(failed).failedWith(ErrorCode.FEED_MALFORMED);
        desk.set(LOST.get(1), "changed_at", failed.completedAt());

        // When
        decide("approve").statusCode(200).body("applied", equalTo(2));

        // Then
        assertThat(absentKeys()).containsExactlyElementsOf(LOST.subList(2, 4));
        assertThat(desk.row(LOST.get(0))).containsEntry("status", "Closed");
        assertThat(history())
                .containsExactly(
                        LOST.get(2) + " absent Inspection -> Pending Closed",
                        LOST.get(3) + " absent Inspection -> Pending Closed");
    }

    @Test
    @DisplayName("C0-12: dismiss marks none, once, and is audited")
    void dismisses() {
        decide("dismiss").statusCode(200).body("state", equalTo("DISMISSED"));

        assertThat(absentKeys()).isEmpty();
        assertThat(audited()).containsExactly("SWEEP_DISMISSED DISMISSED");
        decide("approve").statusCode(409).body("code", equalTo("SWEEP_NOT_HELD"));
        assertThat(absentKeys()).isEmpty();
    }

    @Test
    @DisplayName("C0-12: a newer complete run supersedes it; one that failed, or was dry, does not")
    void isSuperseded() {
        sync.reads(aFeed().withPermits(0, 40).failingAt(3, 9, new SyncException(ErrorCode.FEED_MALFORMED, "cut")));
        desk.run();
        sync.reads(aFeed().withPermits(0, 40).with(numbered(100)));
        desk.run(Mode.dry_run);
        given().get("/api/runs/" + held.id() + "/sweep").then().body("state", equalTo("HELD"));

        assertThat(desk.run()).is(RunState.SUCCEEDED).counted(unchanged(41));

        given().get("/api/runs/" + held.id() + "/sweep").then().body("state", equalTo("SUPERSEDED"));
        decide("approve").statusCode(409).body("code", equalTo("SWEEP_NOT_HELD"));
        assertThat(absentKeys()).isEmpty();
    }

    @Test
    @DisplayName("C0-12: nobody decides while the sync runs")
    void isRefusedWhileARunIsActive() {
        sync.does(scope -> scope.stop().onItem().transformToMulti(stopped -> Multi.createFrom()
                .empty()));
        Run active = desk.await(desk.start(Mode.live).run(), run -> run.state() == RunState.RUNNING);

        decide("approve")
                .statusCode(409)
                .body("code", equalTo("RUN_ACTIVE"))
                .body("activeRun.id", equalTo(active.id()));

        desk.cancel(active);
        desk.awaitEnd(active);
        decide("approve").statusCode(200).body("applied", equalTo(4));
    }

    @Test
    @DisplayName("C0-12: the same feed again is held again, though its absent rows are a smaller share by then")
    void isHeldAgain() {
        // Given 400 further permits, of which the four are less than a hundredth
        sync.reads(aFeed().withPermits(0, 36).withPermits(100, 500));
        Run second = desk.run();
        assertThat(second).counted(added(399).andUnchanged(37).andAbsent(4)).warnsOf("SWEEP_HELD");

        // When
        Run third = desk.run();

        // Then
        assertThat(third)
                .is(RunState.PARTIAL)
                .counted(unchanged(436).andAbsent(4))
                .warnsOf("SWEEP_HELD");
        assertThat(third.progress().warnings().get(0).message())
                .isEqualTo("4 rows are absent, some of which an earlier run held and nobody approved");
        assertThat(absentKeys()).isEmpty();

        // And after a dismissal too, until somebody approves
        held = third;
        decide("dismiss").statusCode(200);
        Run fourth = desk.run();
        assertThat(fourth).warnsOf("SWEEP_HELD");
        held = fourth;
        decide("approve").statusCode(200).body("applied", equalTo(4));
        assertThat(desk.row(LOST.get(0))).containsEntry("last_seen_at", Date.from(first.startedAt()));
        assertThat(desk.run()).is(RunState.SUCCEEDED).counted(unchanged(436));
    }

    @Test
    @DisplayName("C0-12: an attempt that was cut after it had held does not sweep without a word the second time")
    void isHeldAgainByASecondAttempt() {
        Feed feed = aFeed().withPermits(0, 36).withPermits(100, 500);
        sync.does(scope -> scope.run().attempt() == 1
                ? sync.ingest(scope, feed, limits())
                        .onCompletion()
                        .failWith(new SyncException(ErrorCode.SOURCE_FAILED, "too late"))
                : sync.ingest(scope, feed, limits()));

        Run run = desk.run();

        assertThat(run)
                .hasAttempts("SOURCE_FAILED", "-")
                .counted(added(399).andUnchanged(37).andAbsent(4))
                .warnsOf("SWEEP_HELD");
        assertThat(absentKeys()).isEmpty();
    }

    @Test
    @DisplayName("C0-12: an approval that broke off is gone on with, and nothing is told or counted twice")
    void goesOnWithAnInterruptedApproval() {
        // Given
        sync.writesTo(Interposed.on(database.collection(ScriptedSync.ROWS))
                .beforeWrite(call -> {
                    throw new IllegalStateException("the process ends here");
                })
                .rows());
        decide("approve").statusCode(500);
        assertThat(absentKeys()).isEmpty();
        given().get("/api/runs/" + held.id() + "/sweep").then().body("state", equalTo("APPROVED"));

        // When
        sync.writesTo(new RowCollection(database.collection(ScriptedSync.ROWS), 500));
        decide("approve").statusCode(200).body("applied", equalTo(4));

        // Then
        assertThat(absentKeys()).containsExactlyElementsOf(LOST);
        assertThat(history()).hasSize(4);
        decide("approve").statusCode(409).body("code", equalTo("SWEEP_NOT_HELD"));
    }

    @Test
    @DisplayName("C0-12: a run without a held sweep has none to decide")
    void thereMayBeNone() {
        sync.reads(aFeed().withPermits(0, 40).with(numbered(100)));
        held = desk.run();

        decide("approve").statusCode(404).body("detail", containsString("no sweep"));
    }

    @Test
    void namesTenOfMany() {
        sync.reads(aFeed().withPermits(0, 36).with(numbered(100)), limits().withFloorShare(0));
        desk.run();
        sync.reads(aFeed().with(numbered(100)), limits().withFloorShare(0));

        Run run = desk.run();

        assertThat(run).counted(unchanged(1).andAbsent(40));
        assertThat(run.progress().warnings().get(0).sample()).hasSize(10);
        held = run;
        decide("approve").body("applied", equalTo(40));
    }

    @Test
    void approvesManyLists() {
        desk.clear(sync);
        sync.reads(aFeed().withPermits(0, 1_300));
        desk.run();
        sync.reads(aFeed().withPermits(0, 100), limits().withFloorShare(0));
        held = desk.run();

        decide("approve").body("applied", equalTo(1_200));

        assertThat(absentKeys()).hasSize(1_200);
        assertThat(desk.changesOf(held)).hasSize(1_200).allMatch(change -> change.get("kind")
                .equals("absent"));
    }

    private ValidatableResponse decide(String decision) {
        return given().contentType(ContentType.JSON)
                .body("{\"decision\":\"" + decision + "\"}")
                .when()
                .post("/api/runs/" + held.id() + "/sweep")
                .then();
    }

    private List<String> absentKeys() {
        return desk.find(ScriptedSync.ROWS, Filters.exists("absent_since")).stream()
                .map(row -> row.getString("_id"))
                .toList();
    }

    private List<String> history() {
        return desk.changesOf(held).stream()
                .map(c -> "%s %s %s -> %s".formatted(c.get("key"), c.get("kind"), c.get("from"), c.get("to")))
                .toList();
    }

    private List<String> audited() {
        return desk
                .find("audit", Filters.and(Filters.eq("target", held.id()), Filters.regex("action", "^SWEEP_")))
                .stream()
                .map((Document entry) -> entry.get("action") + " " + entry.get("outcome"))
                .toList();
    }
}

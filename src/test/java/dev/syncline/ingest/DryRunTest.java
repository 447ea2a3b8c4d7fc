package dev.syncline.ingest;

import java.util.List;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.SentCommands;
import dev.syncline.platform.ErrorCode;
import dev.syncline.run.CoreProfile;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.ingest.Feed.aFeed;
import static dev.syncline.ingest.Feed.numbered;
import static dev.syncline.ingest.Limits.limits;
import static dev.syncline.run.RunAssert.Counts.added;
import static dev.syncline.run.RunAssert.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@TestProfile(CoreProfile.class)
class DryRunTest {
    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @BeforeEach
    void clear() {
        desk.clear(sync);
    }

    @ParameterizedTest(name = "sweeps held from a share of {0}")
    @ValueSource(doubles = {0.1, 1.1})
    @DisplayName("C0-13: a dry run counts as a live one would, writes to no target, and is marked")
    void countsAndWritesNothing(double holdShare) {
        // Given
        sync.reads(aFeed().withPermits(0, 50));
        desk.run();
        Feed next = aFeed().withPermits(0, 30)
                .with(
                        numbered(30).withStatus("Closed"),
                        numbered(31).withStatus("Closed").numbered(5))
                .with(numbered(31).numbered(4), numbered(90))
                .withBroken(ErrorCode.ROW_MALFORMED)
                .withPermits(32, 42);
        sync.reads(next, limits().holdingFrom(holdShare));
        List<Document> rows = desk.rows();

        // When
        Run[] dry = new Run[1];
        for (String target : List.of(ScriptedSync.ROWS, "changes", "sweeps")) {
            assertThat(SentCommands.writesTo(target, () -> dry[0] = desk.run(Mode.dry_run)))
                    .as(target)
                    .isEmpty();
        }

        // Then
        assertThat(dry[0])
                .counted(added(1).andUpdated(2)
                        .andUnchanged(40)
                        .andRejected(1)
                        .andDuplicates(1)
                        .andAbsent(8));
        assertThat(desk.rows()).isEqualTo(rows);
        assertThat(desk.all("changes")).isEmpty();
        assertThat(desk.all("sweeps")).isEmpty();
        given().when()
                .get("/api/runs/" + dry[0].id())
                .then()
                .body("mode", equalTo("dry-run"))
                .body("links.sweep", nullValue());

        // And the live run comes to the same, measured against the same
        Run live = desk.run();
        assertThat(live.progress().counts()).isEqualTo(dry[0].progress().counts());
        assertThat(live.progress().warnings()).isEqualTo(dry[0].progress().warnings());
        assertThat(live.state()).isEqualTo(dry[0].state());
    }
}

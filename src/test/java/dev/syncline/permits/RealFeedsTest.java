package dev.syncline.permits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import org.bson.BsonDocument;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SentCommands;
import dev.syncline.ingest.Absence;
import dev.syncline.ingest.Baseline;
import dev.syncline.ingest.IngestPipeline;
import dev.syncline.ingest.IngestRequest;
import dev.syncline.ingest.Limits;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.RowCollection;
import dev.syncline.ingest.RunMark;
import dev.syncline.ingest.Tally;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.source.FeedLimits;
import dev.syncline.source.JsonFeed;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Two real exports, half a year apart, through the whole service. */
@QuarkusTest
class RealFeedsTest {
    private static final Path EXPORTS = Path.of("../shared/data/permits");
    private static final String JANUARY = "2023-01.json";
    private static final String JULY = "2023-07.json";
    private static final String SWEPT = "permits_swept";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Absence ABSENCE = new Absence("status", "Pending Closed", "Closed", Duration.ofDays(30));
    private static final Set<String> BOOKKEEPING =
            Set.of("first_seen_at", "last_seen_at", "absent_since", "added_by", "changed_by", "changed_at");

    @Inject
    MongoDatabase database;

    @Inject
    IngestPipeline pipeline;

    @ConfigProperty(name = "syncline.permits.import-directory")
    Path imports;

    @BeforeEach
    void begin() throws IOException {
        for (String collection : List.of("permits", SWEPT, "changes", "runs", "rejections", "sweeps")) {
            var unused = await(database.collection(collection).deleteMany(new Document()));
        }
        Files.createDirectories(imports);
        for (String export : List.of(JANUARY, JULY)) {
            assumeTrue(Files.exists(EXPORTS.resolve(export)), export + " is not here");
            Files.copy(EXPORTS.resolve(export), imports.resolve(export), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    @DisplayName(
            "S1-26, S1-10: 943 added; then 844 new, 95 updated, 719 unchanged, 129 absent; then 1658 unchanged and no"
                    + " write; held, and the same as swept once it is approved")
    void keepsInStep() {
        // Held
        assertThat(sync(JANUARY)).isEqualTo("read=943 new=943 updated=0 unchanged=0 errors=0 duplicates=0 absent=0");
        assertThat(sync(JULY)).isEqualTo("read=1658 new=844 updated=95 unchanged=719 errors=0 duplicates=0 absent=129");
        assertThat(newestRun().getString("state")).isEqualTo("PARTIAL");
        assertThat(newestRun().getList("warnings.code")).containsExactly("SWEEP_HELD");
        assertThat(newestRun().getString("warnings[0].message")).startsWith("129 of 943 known rows are absent (13.7 %");
        assertThat(absent("permits")).isZero();
        assertThat(historyOf(newestRun().getString("id"), "updated")).isEqualTo(150);

        // Again: nothing is written, and it is held again
        List<Document> before = all("permits");
        List<BsonDocument> writes = SentCommands.writesTo("permits", () -> assertThat(sync(JULY))
                .isEqualTo("read=1658 new=0 updated=0 unchanged=1658 errors=0 duplicates=0 absent=129"));
        assertThat(writes).isEmpty();
        assertThat(all("permits")).isEqualTo(before);
        assertThat(newestRun().getString("state")).isEqualTo("PARTIAL");

        // Approved
        approve(newestRun().getString("id"));
        assertThat(absent("permits")).isEqualTo(129);
        assertThat(sync(JULY)).isEqualTo("read=1658 new=0 updated=0 unchanged=1658 errors=0 duplicates=0 absent=0");
        assertThat(newestRun().getString("state")).isEqualTo("SUCCEEDED");

        // Swept
        assertThat(sweep(JANUARY, "a", null).counts()).isEqualTo(new Tally(943, 943, 0, 0, 0, 0, 0));
        Progress july = sweep(JULY, "b", new Baseline("a", Instant.now(), 943));
        assertThat(july.counts()).isEqualTo(new Tally(1658, 844, 95, 719, 0, 0, 129));
        assertThat(july.warnings()).extracting(Warning::code).isEmpty();
        assertThat(absent(SWEPT)).isEqualTo(129);
        writes = SentCommands.writesTo(SWEPT, () -> assertThat(
                        sweep(JULY, "c", new Baseline("b", Instant.now(), 1658)).counts())
                .isEqualTo(new Tally(1658, 0, 0, 1658, 0, 0, 0)));
        assertThat(writes).isEmpty();
        assertThat(content("permits")).hasSize(1787).isEqualTo(content(SWEPT));
    }

    /** A feed through the service, as its own API tells it. */
    private static String sync(String export) {
        JsonPath run = given().contentType(ContentType.JSON)
                .body("{\"file_path\":\"" + export + "\"}")
                .when()
                .post("/api/sync?wait=true")
                .then()
                .statusCode(200)
                .body("sync_run.status", equalTo("completed"))
                .extract()
                .jsonPath()
                .setRootPath("sync_run");
        return "read=%d new=%d updated=%d unchanged=%d errors=%d duplicates=%d absent=%d"
                .formatted(
                        run.getInt("records_total"),
                        run.getInt("records_new"),
                        run.getInt("records_updated"),
                        run.getInt("records_unchanged"),
                        run.getInt("records_errors"),
                        run.getInt("records_duplicates"),
                        run.getInt("records_absent"));
    }

    private static JsonPath newestRun() {
        return given().when()
                .get("/api/runs?sync=permits&limit=1")
                .then()
                .extract()
                .jsonPath()
                .setRootPath("items[0]");
    }

    private static void approve(String run) {
        given().contentType(ContentType.JSON)
                .body("{\"decision\":\"approve\"}")
                .when()
                .post("/api/runs/" + run + "/sweep")
                .then()
                .statusCode(200)
                .body("applied", equalTo(129));
    }

    /** The same work, where up to a fifth may go without a word. */
    private Progress sweep(String export, String run, @Nullable Baseline baseline) {
        Path file = EXPORTS.resolve(export);
        return await(pipeline.ingest(new IngestRequest(
                        new RunMark(run, "swept", 1, Instant.now(), false),
                        columns -> JsonFeed.open(file, FeedLimits.defaults(), columns),
                        new PermitMapper(),
                        new RowCollection(database.collection(SWEPT), 500),
                        ABSENCE,
                        Limits.limits().holdingFrom(0.2),
                        baseline,
                        () -> false))
                .collect()
                .last());
    }

    private long absent(String collection) {
        return all(collection).stream()
                .filter(row -> "Pending Closed".equals(row.get("status")))
                .count();
    }

    private long historyOf(String run, String kind) {
        return all("changes").stream()
                .filter(change ->
                        change.get("run").equals(run) && change.get("kind").equals(kind))
                .count();
    }

    private List<Document> content(String collection) {
        return all(collection).stream().map(RealFeedsTest::withoutBookkeeping).toList();
    }

    private static Document withoutBookkeeping(Document row) {
        Document content = new Document(row);
        BOOKKEEPING.forEach(content::remove);
        return content;
    }

    private List<Document> all(String collection) {
        return await(database.collection(collection).find().collect().asList()).stream()
                .sorted(Comparator.comparing(document -> document.getString("_id")))
                .toList();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}

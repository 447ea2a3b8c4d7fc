package dev.syncline.permits;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.ApiProfile;
import dev.syncline.status.RunCalls;
import dev.syncline.status.ScriptedSync;

import static dev.syncline.permits.PermitFeed.permit;
import static dev.syncline.permits.PermitFeed.sync;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@TestProfile(ApiProfile.class)
@DisplayName("C0-33: our own lists are paged: complete, in a stable order, with enforced limits")
class PagingTest {
    private static final int RUNS = 25;

    @Inject
    MongoDatabase database;

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @ConfigProperty(name = "syncline.permits.import-directory")
    Path imports;

    @BeforeEach
    void clear() {
        RunCalls.cancelAll();
        scripted.does(scope -> ScriptedSync.succeeding());
        for (String collection : List.of("permits", "changes", "rejections", "sweeps", "runs")) {
            var unused = database.collection(collection)
                    .deleteMany(new Document())
                    .await()
                    .atMost(Duration.ofSeconds(20));
        }
    }

    private static List<JsonPath> pages(String address, Consumer<JsonPath> between) {
        List<JsonPath> pages = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = given().queryParam("cursor", cursor)
                    .get(address)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            pages.add(page);
            between.accept(page);
            cursor = page.getString("nextCursor");
        }
        return pages;
    }

    private static <T> List<T> items(List<JsonPath> pages, String path) {
        return pages.stream()
                .flatMap(page -> page.<T>getList("items." + path).stream())
                .toList();
    }

    @Test
    @DisplayName("C0-33: runs, newest first, each once, although new ones begin while somebody pages")
    void pagesThroughRuns() {
        // Given
        List<String> runs = IntStream.range(0, RUNS)
                .mapToObj(i -> RunCalls.runToEnd("scripted"))
                .sorted(Comparator.reverseOrder())
                .toList();

        // When
        List<JsonPath> pages = pages("/api/runs?limit=7", page -> RunCalls.runToEnd("scripted"));

        // Then
        assertThat(PagingTest.<String>items(pages, "id")).isEqualTo(runs);
        assertThat(pages).extracting(page -> page.getList("items").size()).containsExactly(7, 7, 7, 4);
        assertThat(pages.get(3).getMap("")).containsOnlyKeys("items");
    }

    @Test
    @DisplayName("C0-33: a page holds 20 unless asked otherwise, and the last page names no next one")
    void knowsItsLimits() {
        IntStream.range(0, 21).forEach(i -> RunCalls.runToEnd("scripted"));

        given().get("/api/runs").then().body("items", hasSize(20));
        given().get("/api/runs?limit=21").then().body("items", hasSize(21)).body("nextCursor", nullValue());
        given().get("/api/runs?limit=100").then().body("items", hasSize(21)).body("nextCursor", nullValue());
        given().get("/api/runs?limit=1").then().body("items", hasSize(1));
    }

    @Test
    @DisplayName("C0-33: runs are selected by sync, state, trigger and time")
    void selectsRuns() {
        String first = RunCalls.runToEnd("scripted");
        String other = RunCalls.runToEnd("other");
        scripted.does(scope -> {
            throw new IllegalStateException("a fault of ours");
        });
        String failed = RunCalls.runToEnd("scripted");
        Instant middle = Instant.parse(RunCalls.get(other).getString("queuedAt"));

        assertSelected("sync=scripted", failed, first);
        assertSelected("sync=other", other);
        assertSelected("state=FAILED", failed);
        assertSelected("state=succeeded", other, first);
        assertSelected("trigger=manual", failed, other, first);
        assertSelected("trigger=scheduled");
        assertSelected("from=" + middle, failed, other);
        assertSelected("to=" + middle, first);
        assertSelected("from=" + middle + "&state=SUCCEEDED&sync=other", other);
    }

    private static void assertSelected(String query, String... runs) {
        given().get("/api/runs?" + query).then().statusCode(200).body("items.id", equalTo(List.of(runs)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0|limit must be a whole number from 1 to 100",
                "limit=101|limit must be a whole number from 1 to 100",
                "limit=-1|limit must be a whole number from 1 to 100",
                "limit=ten|limit must be a whole number from 1 to 100",
                "limit=99999999999999999999|limit must be a whole number from 1 to 100",
                "limit=1.5|limit must be a whole number from 1 to 100",
                "cursor=!!|cursor must be the nextCursor of an earlier page",
                "cursor=abcd|cursor must be the nextCursor of an earlier page",
                "state=DONE|state must be one of QUEUED, RUNNING, RETRY_WAIT, SUCCEEDED, PARTIAL, FAILED, CANCELLED",
                "trigger=magic|trigger must be one of manual, scheduled, connect, retry",
                "sync=nobody|sync must be one of other, permits, roster, scripted, writeback",
                "from=yesterday|from must be an instant",
                "to=2026-13-01T00:00:00Z|to must be an instant",
                "to=-999999999-01-01T00:00:00Z|to must be an instant"
            })
    @DisplayName("C0-33: a value that is not allowed is refused with those that are")
    void refusesOtherValues(String query, String detail) {
        given().get("/api/runs?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("INVALID_PARAMETER"))
                .body("detail", containsString(detail));
    }

    @Test
    @DisplayName("C0-11, C0-33: rejections page by page in the order of the source, and grouped by code")
    void pagesThroughRejections() {
        // Given
        List<String> records = new ArrayList<>(PermitFeed.permits(40, "Inspection"));
        for (int i = 0; i < 12; i++) {
            records.add(i * 3, i % 3 == 0 ? permit("X".repeat(31), "Inspection") : permit("", "Inspection"));
        }
        PermitFeed.write(imports, "rejected.json", records);
        String run = sync("?wait=true", "rejected.json")
                .then()
                .statusCode(200)
                .extract()
                .path("sync_run.id");
        String address = "/api/runs/" + run + "/rejections?limit=5";

        // When
        List<JsonPath> pages = pages(address, page -> {});

        // Then
        List<Map<String, Object>> all = items(pages, "findAll { true }");
        assertThat(all).hasSize(12).extracting(item -> item.get("place")).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(item -> item.get("place"))
                .isEqualTo(IntStream.range(0, 12)
                        .mapToObj(i -> "/" + i * 3 + "/PERMIT_NUM")
                        .toList());
        assertThat(all).allSatisfy(item -> assertThat(item).containsKeys("place", "code", "reason", "hint", "raw"));
        assertThat(pages)
                .allSatisfy(page ->
                        assertThat(page.getMap("byCode")).isEqualTo(Map.of("KEY_MISSING", 8, "KEY_TOO_LONG", 4)))
                .allSatisfy(page -> assertThat(page.getInt("total")).isEqualTo(12));
        assertThat(PagingTest.<String>items(pages(address + "&code=KEY_TOO_LONG", page -> {}), "code"))
                .hasSize(4)
                .containsOnly("KEY_TOO_LONG");
    }

    @Test
    @DisplayName("C0-33: changes page by page: changed fields first, then added rows, each once")
    void pagesThroughChanges() {
        // Given
        PermitFeed.write(imports, "before.json", PermitFeed.permits(20, "Inspection"));
        sync("?wait=true", "before.json").then().statusCode(200);
        List<String> after = Stream.concat(
                        PermitFeed.permits(13, "Closed").stream(),
                        PermitFeed.permits(31, "Inspection").stream().skip(13))
                .toList();
        PermitFeed.write(imports, "after.json", after);
        String run = sync("?wait=true", "after.json")
                .then()
                .statusCode(200)
                .extract()
                .path("sync_run.id");

        // When
        List<JsonPath> pages = pages("/api/runs/" + run + "/changes?limit=4", page -> {});

        // Then
        assertThat(PagingTest.<String>items(pages, "kind"))
                .isEqualTo(Stream.concat(
                                Stream.generate(() -> "updated").limit(13),
                                Stream.generate(() -> "added").limit(11))
                        .toList());
        assertThat(PagingTest.<String>items(pages, "key"))
                .doesNotHaveDuplicates()
                .hasSize(24);
        assertThat(pages.get(0).getMap("items[0]"))
                .isEqualTo(Map.of(
                        "key",
                        "24 000001 BLD--00",
                        "kind",
                        "updated",
                        "field",
                        "status",
                        "from",
                        "Inspection",
                        "to",
                        "Closed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rejections", "changes"})
    @DisplayName("C0-33: a cursor of another list is refused, not misread")
    void refusesAForeignCursor(String list) {
        IntStream.range(0, 3).forEach(i -> RunCalls.runToEnd("scripted"));
        String run = RunCalls.runToEnd("scripted");
        String ofRuns = given().get("/api/runs?limit=1").jsonPath().getString("nextCursor");
        String address = "/api/runs/" + run + "/" + list;
        String made = Base64.getUrlEncoder().encodeToString("runs".getBytes());

        for (String cursor : List.of(ofRuns, made, "AAAA")) {
            given().queryParam("cursor", cursor).get(address).then().statusCode(400);
        }
        given().get(address + "?limit=500").then().statusCode(400);
        given().get("/api/runs/" + run + "/rejections?code=NO_SUCH_CODE")
                .then()
                .statusCode(400)
                .body("detail", containsString("KEY_MISSING"));
    }

    @Test
    @DisplayName("C0-33: syncs always come in one order")
    void ordersSyncs() {
        given().get("/api/syncs")
                .then()
                .body("items.id", equalTo(List.of("other", "permits", "roster", "scripted", "writeback")));
    }
}

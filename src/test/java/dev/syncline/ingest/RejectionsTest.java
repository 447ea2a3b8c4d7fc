package dev.syncline.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.run.CoreProfile;
import dev.syncline.run.Run;
import dev.syncline.run.RunDesk;
import dev.syncline.run.ScriptedSync;

import static dev.syncline.ingest.Feed.aFeed;
import static dev.syncline.ingest.Limits.limits;
import static dev.syncline.ingest.PermitRow.permit;
import static dev.syncline.run.RunAssert.Counts.added;
import static dev.syncline.run.RunAssert.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(CoreProfile.class)
class RejectionsTest {
    @Inject
    RunDesk desk;

    @Inject
    ScriptedSync sync;

    @BeforeEach
    void clear() {
        desk.clear(sync);
    }

    @Test
    @DisplayName("C0-11: all rejected records can be paged through, in the order of the source, grouped by code")
    void pages() {
        // Given
        Feed feed = aFeed().withPermits(0, 10);
        for (int i = 0; i < 15; i++) {
            feed = feed.with(permit(" ").with("DESCRIPTION", "no. " + i)).withBroken(ErrorCode.ROW_ENCODING);
        }
        sync.reads(feed, limits().allowingRejected(1_000, 1));

        // When
        Run run = desk.run();

        // Then
        assertThat(run).counted(added(10).andRejected(30)).warnsOf();
        List<String> places = new ArrayList<>();
        List<String> codes = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = page(run, cursor, null);
            places.addAll(page.getList("items.place"));
            codes.addAll(page.getList("items.code"));
            assertThat(page.getMap("byCode")).isEqualTo(Map.of("KEY_MISSING", 15, "ROW_ENCODING", 15));
            assertThat(page.getInt("total")).isEqualTo(30);
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        assertThat(places)
                .hasSize(30)
                .startsWith("/10/PERMIT_NUM", "/11", "/12/PERMIT_NUM")
                .endsWith("/39");
        assertThat(codes).startsWith("KEY_MISSING", "ROW_ENCODING");

        JsonPath onlyKeys = page(run, null, "KEY_MISSING");
        assertThat(onlyKeys.getList("items.code")).hasSize(7).containsOnly("KEY_MISSING");
        assertThat(onlyKeys.getString("items[0].raw")).contains("no. 0");
        assertThat(onlyKeys.getString("items[0].reason")).isEqualTo("PERMIT_NUM is missing or blank.");
    }

    @Test
    @DisplayName("C0-11: beyond the limit rejected records are counted only, and the run says so")
    void keepsAsManyAsAllowed() {
        Feed feed = aFeed().withPermits(0, 10);
        for (int i = 0; i < 30; i++) {
            feed = feed.withBroken(ErrorCode.ROW_MALFORMED);
        }
        sync.reads(feed, limits().inBatchesOf(7, 2).allowingRejected(1_000, 1).keepingRejections(12));

        Run run = desk.run();

        assertThat(run).counted(added(10).andRejected(30)).warnsOf("REJECTIONS_CUT");
        assertThat(run.progress().warnings().get(0).message()).startsWith("18 more");
        assertThat(desk.all("rejections")).hasSize(12);
        JsonPath page = page(run, null, null);
        assertThat(page.getMap("byCode")).isEqualTo(Map.of("ROW_MALFORMED", 12));
        assertThat(page.getInt("total")).isEqualTo(30);
    }

    @Test
    @DisplayName("C0-11: of a rejected record no more than 2 KB are kept")
    void cutsTheRecord() {
        sync.reads(aFeed().withPermits(0, 2).with(permit(" ").with("DESCRIPTION", "x".repeat(5_000))));

        Run run = desk.run();

        assertThat(page(run, null, null).getString("items[0].raw")).hasSize(2_048);
    }

    private static JsonPath page(Run run, String cursor, String code) {
        RequestSpecification request = given().queryParam("limit", 7);
        if (cursor != null) {
            request = request.queryParam("cursor", cursor);
        }
        if (code != null) {
            request = request.queryParam("code", code);
        }
        return request.when()
                .get("/api/runs/" + run.id() + "/rejections")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}

package dev.syncline.dashboard;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.Chromium;
import dev.syncline.dev.SampleFeed;
import dev.syncline.dev.SamplePerson;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;

/** The quality of the data as a person sees it, in a real browser against the running service. */
@QuarkusTest
@TestProfile(DashboardTest.Profile.class)
class QualityChartTest {
    private static final Path IMPORTS = Path.of("target/dashboard-imports");
    private static final String LIBRARY = "chart.umd.min.js";
    private static final String DATA = "kind => Chart.getChart(document.querySelector(`[data-plot=${kind}]`))?.data";
    /** So many days ago nobody looked. */
    private static final Set<Integer> GAPS = Set.of(3, 4, 11);

    private static Chromium chromium;

    @TestHTTPResource("/")
    URL here;

    @Inject
    ReactiveMongoClient mongo;

    @ConfigProperty(name = "quarkus.mongodb.database")
    String database;

    /** Snapshots are of days there; the browser lives there too. */
    @ConfigProperty(name = "syncline.permits.schedule.zone")
    ZoneId zone;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Visit> visits = new ArrayList<>();

    @BeforeAll
    static void open() throws IOException {
        Files.createDirectories(IMPORTS);
        chromium = Chromium.launch();
        PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void forgetEarlierTests() {
        var inside = mongo.getDatabase(database);
        inside.listCollectionNames()
                .onItem()
                .transformToUniAndConcatenate(name -> inside.getCollection(name).deleteMany(new Document()))
                .collect()
                .last()
                .await()
                .indefinitely();
    }

    @AfterEach
    void hadNothingToComplainOf() {
        assertThat(visits).allSatisfy(visit -> assertThat(visit.complaints()).isEmpty());
    }

    @Test
    @DisplayName(
            "C0-45: the chart draws the last 30 days, a day without a look is a gap, and the page's policy refuses nothing")
    void drawsTheLastThirtyDays() {
        for (int daysAgo = 40; daysAgo >= 0; daysAgo--) {
            if (!GAPS.contains(daysAgo)) {
                store(snapshot(daysAgo, 1000 - daysAgo, 700 - daysAgo));
            }
        }
        var page = page(new NewPageOptions());

        var counts = drawn(page, "counts");

        assertThat(line(page, "counts", 0)).hasSize(30);
        for (int daysAgo = 0; daysAgo < 30; daysAgo++) {
            boolean isGap = GAPS.contains(daysAgo);
            assertThat(line(page, "counts", 0).get(29 - daysAgo)).isEqualTo(isGap ? null : 1000 - daysAgo);
            assertThat(line(page, "counts", 1).get(29 - daysAgo)).isEqualTo(isGap ? null : 700 - daysAgo);
        }
        assertThat(((Number) line(page, "shares", 0).get(29)).doubleValue()).isEqualTo(0.02);
        assertThat(((Number) line(page, "shares", 1).get(29)).doubleValue()).isEqualTo(0.9);
        assertThat(paintedPixels(counts)).isGreaterThan(500);
    }

    @Test
    @DisplayName("C0-45: figures, warnings and reasons stand there as text, also for who sees no chart")
    void tellsInWords() {
        store(snapshot(1, 999, 699));
        store(snapshot(0, 1000, 700)
                .append(
                        "warnings",
                        List.of(new Document("code", "STATUS_MISSING")
                                .append("message", "7 permits have <b>no</b> status")
                                .append("count", 7L)
                                .append("share", 0.007))));
        var page = page(new NewPageOptions());
        var quality = page.locator("#quality-permits");

        assertThat(quality.locator(".counts"))
                .hasText(
                        Pattern.compile(
                                "Permits\\s*1,000\\s*Active\\s*700\\s*No description\\s*2%\\s*No builder\\s*90%\\s*Score\\s*–"));
        assertThat(quality).containsText("No score: it needs what this service does not hold: trades.");
        assertThat(quality.locator(".warnings li")).hasText("7 permits have <b>no</b> status.");
        assertThat(quality.locator("canvas").first())
                .hasAttribute(
                        "aria-label",
                        Pattern.compile(
                                "Permits on 2 days from .* on: all, from 999 to 1,000; active, from 699 to 700"));
        assertThat(quality.locator("tbody tr")).hasCount(2);
        assertThat(quality.locator("tbody")).isHidden();
        quality.locator("summary").click();
        assertThat(quality.locator("tbody tr").first().locator("td"))
                .hasText(new String[] {"1,000", "700", "2%", "90%", "–", "1"});
    }

    @Test
    @DisplayName("S1-16: after a run its snapshot appears on the open page, and the part is not drawn anew until then")
    void followsARunAndSurvivesTheRenewalOfItsCard() {
        store(snapshot(1, 1000, 700));
        var page = page(SamplePerson.manager, new NewPageOptions());
        var quality = page.locator("#quality-permits");
        drawn(page, "counts").evaluate("canvas => { window.kept = canvas }");
        quality.locator("summary").click();

        page.evaluate("htmx.trigger('#sync-permits', 'stale')");
        page.waitForRequest(
                request -> request.url().endsWith("/dashboard/syncs/permits"),
                () -> page.evaluate("htmx.trigger('#sync-permits', 'stale')"));
        assertThat(quality.locator("details")).hasAttribute("open", "");
        assertThat(page.evaluate("window.kept.isConnected && !!Chart.getChart(window.kept)"))
                .isEqualTo(true);

        SampleFeed.first(7, 400).writeTo(IMPORTS.resolve("feed.json"));
        page.locator("#start-permits").click();
        assertThat(page.locator("#sync-permits .state")).hasText("Complete, with remarks");

        assertThat(quality.locator(".counts dd").first()).hasText("400");
        assertThat(quality.locator("details")).hasAttribute("open", "");
        assertThat(quality.locator("canvas")).hasCount(2);
        drawn(page, "counts");
        assertThat(line(page, "counts", 0).get(29)).isEqualTo(400);
        assertThat(line(page, "counts", 0).get(28)).isEqualTo(1000);
    }

    @Test
    void loadsNothingToDrawWhereThereIsNothing() {
        var page = page(new NewPageOptions());

        assertThat(page.locator("#quality-permits")).containsText("Nobody has looked yet.");
        assertThat(page.locator("#quality-steered")).hasCount(0);
        assertThat(requests).anyMatch(address -> address.endsWith("/api/quality"));
        assertThat(requests).noneMatch(address -> address.endsWith(LIBRARY));
        given().get("/api/syncs/permits").then().body("links.quality", equalTo("/api/quality"));
        given().get("/api/syncs/steered").then().body("links", hasKey("quality"));
        given().get("/api/syncs/steered").then().body("links.quality", nullValue());
    }

    @Test
    void fitsANarrowScreenAndTheDark() {
        for (int daysAgo = 29; daysAgo >= 0; daysAgo--) {
            store(snapshot(daysAgo, 237_000 - daysAgo, 168_000));
        }
        var page = page(new NewPageOptions().setViewportSize(360, 740).setColorScheme(ColorScheme.DARK));

        drawn(page, "counts");
        page.locator("#quality-permits summary").click();

        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        Object dark = page.evaluate("(" + DATA + ")('counts').datasets[0].borderColor");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.waitForFunction(
                "dark => ![undefined, dark].includes((" + DATA + ")('counts')?.datasets[0].borderColor)", dark);
    }

    // --- given

    private Document snapshot(int daysAgo, long total, long active) {
        LocalDate day = LocalDate.now(zone).minusDays(daysAgo);
        return new Document("_id", day.toString())
                .append("totalPermits", total)
                .append("activePermits", active)
                .append("permitsWithBuilder", total / 10)
                .append("permitsWithoutDescription", total / 50)
                .append("permitsWithoutStatus", 0L)
                .append("costOutOfBounds", 0L)
                .append("ghosts", 0L)
                .append("permitsUpdated24h", total)
                .append("permitsUpdated7d", total)
                .append("permitsUpdated30d", total)
                .append("lastSyncStatus", "completed")
                .append("createdAt", Date.from(Instant.parse(day + "T12:00:00Z")))
                .append("warnings", List.of())
                .append("unavailable", new Document("score", "it needs what this service does not hold: trades"));
    }

    private void store(Document snapshot) {
        mongo.getDatabase(database)
                .getCollection("quality_snapshots")
                .insertOne(snapshot)
                .await()
                .indefinitely();
    }

    // --- the browser

    private Page page(NewPageOptions options) {
        return page(SamplePerson.viewer, options);
    }

    private Page page(SamplePerson person, NewPageOptions options) {
        var visit = Visit.to(here, chromium.newPage(options.setTimezoneId(zone.getId())));
        visits.add(visit);
        var page = visit.page();
        page.onRequest(request -> requests.add(request.url()));
        visit.logIn(person);
        assertThat(page.locator("#connection")).hasText("Live");
        return page;
    }

    /** The canvas of a chart when it is drawn. */
    @CanIgnoreReturnValue
    private static Locator drawn(Page page, String kind) {
        var canvas = page.locator("[data-plot=" + kind + "]");
        canvas.scrollIntoViewIfNeeded();
        page.waitForFunction("kind => window.Chart && (" + DATA + ")(kind)", kind);
        return canvas;
    }

    private static List<?> line(Page page, String kind, int index) {
        return (List<?>)
                page.evaluate("([kind, index]) => (" + DATA + ")(kind).datasets[index].data", List.of(kind, index));
    }

    private static int paintedPixels(Locator canvas) {
        return (int) canvas.evaluate("canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)"
                + ".data.filter((value, n) => n % 4 === 3 && value > 0).length");
    }
}

package dev.syncline.dashboard;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.syncline.Chromium;
import dev.syncline.SteeredSync;
import dev.syncline.dev.SampleFeed;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

/** The page as a person sees it, in a real browser against the running service. */
@QuarkusTest
@TestProfile(DashboardTest.Profile.class)
class DashboardTest {
    private static final Path IMPORTS = Path.of("target/dashboard-imports");
    private static final String FEED = "feed.json";
    private static final SampleFeed FIRST = SampleFeed.first(7, 400);

    private static Chromium chromium;

    @TestHTTPResource("/")
    URL here;

    @Inject
    SteeredSync steered;

    @Inject
    ReactiveMongoClient mongo;

    @ConfigProperty(name = "quarkus.mongodb.database")
    String database;

    private final List<Visit> visits = new ArrayList<>();

    public static class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "syncline.permits.import-directory",
                    IMPORTS.toString(),
                    "syncline.permits.source",
                    FEED,
                    SteeredSync.SETTING,
                    "true");
        }
    }

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

    // --- the page by itself

    @Test
    @DisplayName("C0-45: the page loads from this service alone, in 150 KB, and its policy finds nothing to refuse")
    void loadsFromThisServiceAlone() {
        var session = page().context().storageState();
        var page = watch(chromium.newPage(new NewPageOptions().setStorageState(session)));
        var addresses = new CopyOnWriteArrayList<String>();
        page.onRequest(request -> addresses.add(request.url()));
        var bytes = bytesOverTheWire(page);

        var answer = page.navigate(home());
        assertThat(page.locator("#connection")).hasText("Live");

        assertThat(addresses)
                .hasSizeGreaterThan(4)
                .allMatch(address -> address.startsWith(home()))
                .anyMatch(address -> address.endsWith("/api/events"));
        assertThat(answer.headerValue("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headerValue("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headerValue("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(bytes.get()).isBetween(10_000L, 150_000L);
    }

    @Test
    @DisplayName("C0-45: nothing that a sync, a feed or a failure says becomes markup")
    void showsTextAsText() {
        start("steered");
        steered.fail(new SyncException(ErrorCode.FEED_FAILURE_REPORTED, "<img src=x onerror=alert(1)> & \"more\""));
        var page = page();

        var card = card(page, "steered");
        assertThat(card.locator("h2")).hasText("A sync <b>that a test steers</b>");
        assertThat(card.locator(".failure")).containsText("<img src=x onerror=alert(1)> & \"more\"");
        assertThat(page.locator("img[src=x]")).hasCount(0);
    }

    @Test
    void fitsANarrowScreen() {
        sync(FIRST);
        sync(FIRST.later(0, 0.15, 0));
        var page = page(new NewPageOptions().setViewportSize(360, 740));

        assertThat(card(page, "permits").locator(".attention h3")).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    }

    // --- a run

    @Test
    void tellsARunFromThePressToItsOutcome() {
        put(FIRST);
        var page = page();
        var card = card(page, "permits");
        assertThat(card.locator(".state")).hasText("Not run yet");

        card.getByText("Start now", exactly()).click();

        assertThat(card.locator(".state")).hasText("Complete, with remarks");
        assertThat(count(card, "read")).hasText("403");
        assertThat(count(card, "added")).hasText("400");
        assertThat(count(card, "rejected")).hasText("3");
        assertThat(card.locator(".as-of")).containsText("Data as of");
        assertThat(card.locator(".history tbody tr")).hasCount(1);
        assertThat(isStillTheSamePage(page)).isTrue();
    }

    @Test
    void followsARunOnEveryPage() {
        var page = page();
        var other = page();
        var card = card(page, "steered");
        var others = card(other, "steered");

        card.locator("#start-steered").click();
        assertThat(card.locator(".state")).hasText("Running");
        assertThat(others.locator(".state")).hasText("Running");
        assertThat(card.locator("#start-steered")).isDisabled();

        steered.added(1_500);
        for (Locator shown : List.of(card, others)) {
            assertThat(shown.locator(".figures [data-live=read]")).hasText("1,500");
            assertThat(shown.locator(".figures [data-live=stage]")).hasText("writing");
            assertThat(shown.locator("progress")).hasJSProperty("value", 1_500);
            assertThat(shown.locator("progress")).hasJSProperty("max", (int) SteeredSync.BYTES);
        }
        steered.added(2_500);
        assertThat(card.locator("[data-live=rate]")).hasText(Pattern.compile("[\\d,]+ rows/s"));

        steered.finish(4_000);
        for (Locator shown : List.of(card, others)) {
            assertThat(shown.locator(".state")).hasText("Complete");
            assertThat(count(shown, "added")).hasText("4,000");
            assertThat(shown.locator("#start-steered")).isEnabled();
        }
        assertThat(isStillTheSamePage(page) && isStillTheSamePage(other)).isTrue();
    }

    @Test
    @DisplayName("a run whose source had nothing new says so, in the card, in the history and for who listens")
    void saysThatNothingHasChanged() {
        var card = card(page(), "steered");

        card.locator("#start-steered").click();
        steered.finishUnchanged();

        assertThat(card.locator(".state")).hasText("Unchanged");
        assertThat(card.locator(".state")).hasClass(Pattern.compile("\\bgood\\b"));
        assertThat(card.locator("p.remark")).hasText("Nothing was read: the source says that nothing has changed.");
        assertThat(card.locator(".history .outcome")).hasText("Unchanged");
        assertThat(card.locator(".card"))
                .hasAttribute("data-says", Pattern.compile(".*: Unchanged\\. Nothing was read: the source says .*"));
    }

    @Test
    @DisplayName("C0-13: a dry run is marked as one on the page")
    void startsADryRun() {
        put(FIRST);
        var card = card(page(), "permits");

        card.getByLabel("Dry run").check();
        card.locator("#start-permits").click();

        assertThat(count(card, "added")).hasText("400");
        assertThat(card).containsText("dry run: nothing was written");
        assertThat(card.locator(".as-of")).hasText("No complete run yet");
    }

    @Test
    void cancelsARun() {
        var card = card(page(), "steered");
        card.locator("#start-steered").click();
        assertThat(card.locator(".state")).hasText("Running");
        steered.added(10);

        card.getByText("Cancel", exactly()).click();

        assertThat(card.locator(".state")).hasText("Cancelled");
        assertThat(count(card, "read")).hasText("10");
    }

    @Test
    void tellsWhyARunFailedAndWhatToDo() throws IOException {
        Files.writeString(IMPORTS.resolve(FEED), "<html>maintenance</html>");
        var card = card(page(), "permits");

        card.locator("#start-permits").click();

        assertThat(card.locator(".state")).hasText("Failed");
        var failure = card.locator(".failure");
        assertThat(failure).containsText("FEED_NOT_JSON");
        assertThat(failure).containsText(ErrorCode.FEED_NOT_JSON.nextStep());
        assertThat(failure)
                .containsText(newestRun("permits").extract().jsonPath().getString("items[0].id"));
    }

    @Test
    @DisplayName("what was started shows who asked, how long it took, what was counted and whether names were hidden")
    void tellsWhoAskedAndHow() {
        var card = card(page(), "steered");
        assertThat(card.locator("#start-steered")).hasText("Refresh now");

        card.locator("#start-steered").click();
        assertThat(card.locator(".now .origin")).containsText("Started by manager@example.org");
        assertThat(card.locator(".now .origin")).containsText("Anonymization was on");
        steered.finish(12);

        assertThat(card.locator(".state")).hasText("Complete");
        assertThat(card.locator(".origin")).containsText("Started by manager@example.org");
        assertThat(card.locator(".origin")).containsText("took");
        assertThat(card.locator(".origin")).containsText("Anonymization was on");
        assertThat(count(card, "added")).hasText("12");
        assertThat(card.locator(".as-of")).containsText("Data as of");
    }

    @Test
    @DisplayName("S0, numbers: a press shows within a second that the run starts, long before the service answers")
    void showsAStartAtOnce() {
        var page = page();
        var card = card(page, "steered");
        var held = new AtomicReference<Route>();
        page.route("**/api/syncs/steered/runs", held::set);

        card.locator("#start-steered").click();

        assertThat(card.locator(".state")).hasText("Starting", within(1_000));
        assertThat(card.locator(".state")).hasClass(Pattern.compile("\\bbusy\\b"));
        assertThat(card.locator("#start-steered")).isDisabled();
        page.waitForCondition(() -> held.get() != null);
        held.get().resume();
        assertThat(card.locator(".state")).hasText("Running");
        steered.finish(1);
        assertThat(card.locator(".state")).hasText("Complete");
    }

    @Test
    @DisplayName("a start that does not reach the service is taken back, and the page says so")
    void takesBackAStartThatIsLost() {
        var page = page();
        var card = card(page, "steered");
        page.route("**/api/syncs/steered/runs", Route::abort);

        card.locator("#start-steered").click();

        assertThat(card.locator(".answer")).containsText("The service cannot be reached. Nothing was started");
        assertThat(card.locator(".state")).hasText("Not run yet");
        assertThat(card.locator("#start-steered")).isEnabled();
        expect("ERR_FAILED");
        expect("htmx:");
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "DATABASE_UNAVAILABLE", "INTERNAL_ERROR"})
    @DisplayName("a start that is refused is taken back, with the refusal's code, words, next step and reference")
    void takesBackAStartThatIsRefused(ErrorCode code) {
        var page = page();
        var card = card(page, "steered");
        var problem =
                "{\"title\":\"%s\",\"detail\":\"as it is\",\"nextStep\":\"%s\",\"code\":\"%s\",\"reference\":\"r-1\"}"
                        .formatted(code.title(), code.nextStep(), code.name());
        page.route(
                "**/api/syncs/steered/runs",
                route -> route.fulfill(new FulfillOptions()
                        .setStatus(code.status())
                        .setContentType("application/problem+json")
                        .setBody(problem)));

        card.locator("#start-steered").click();

        assertThat(card.locator(".answer"))
                .hasText("%s: as it is. %s (%s, r-1)".formatted(code.title(), code.nextStep(), code.name()));
        assertThat(card.locator(".state")).hasText("Not run yet");
        assertThat(card.locator("#start-steered")).isEnabled();
        expect(String.valueOf(code.status()));
    }

    @Test
    void triesAFailedRunAgain() {
        var card = card(page(), "steered");
        card.locator("#start-steered").click();
        steered.fail(new SyncException(ErrorCode.SHEET_NOT_FOUND, "there is no such sheet"));
        assertThat(card.locator(".failure")).containsText("SHEET_NOT_FOUND");

        card.getByText("Retry", exactly()).click();

        assertThat(card.locator(".state")).hasText("Running");
        assertThat(card.locator(".retry")).hasCount(0);
        steered.finish(3);
        assertThat(card.locator(".state")).hasText("Complete");
    }

    @Test
    @DisplayName("S0-47: runs that keep failing, and what a run remarks of its columns, stand on the card")
    void warnsOnTheCard() {
        for (int i = 0; i < 2; i++) {
            start("steered");
            steered.fail(new SyncException(ErrorCode.SHEET_NOT_FOUND, "there is no such sheet"));
            await().untilAsserted(() -> newestRun("steered").body("items[0].state", equalTo("FAILED")));
        }

        var card = card(page(), "steered");

        assertThat(card.locator("[data-warning=FAILED_REPEATEDLY]")).hasText("The last 2 runs have failed.");
    }

    @Test
    void showsWhyAStartIsRefused() {
        var visit = visit(chromium.newPage());
        var page = visit.page();
        page.route(
                "**/api/events",
                route -> route.fulfill(
                        new FulfillOptions().setContentType("text/event-stream").setBody("retry: 60000\n\n")));
        visit.logIn(SamplePerson.manager);
        var card = card(page, "steered");
        assertThat(card.locator(".state")).hasText("Not run yet");
        start("steered");

        card.locator("#start-steered").click();

        assertThat(card.locator(".answer")).containsText("The sync is already running");
        assertThat(card.locator(".answer")).containsText("started by admin@example.org");
        assertThat(card.locator(".answer")).containsText("cancel it first");
        assertThat(card.locator(".answer")).containsText("RUN_ACTIVE");
        assertThat(card.locator(".state")).hasText("Running");
        assertThat(card.locator("#start-steered")).isDisabled();
        expect("409");
        steered.finish(0);
    }

    // --- what needs a person

    @Test
    @DisplayName("C0-12: a held sweep is shown with its sample, and approving it marks what is absent")
    void asksForAWordOnAHeldSweep() {
        sync(FIRST);
        put(FIRST.later(0, 0.15, 0));
        var page = page();
        var other = page();
        var card = card(page, "permits");

        card.locator("#start-permits").click();
        assertThat(card.locator(".state")).hasText("Needs your decision");
        long absent = newestRun("permits").extract().jsonPath().getLong("items[0].counts.absent");
        assertThat(absent).isBetween(40L, 80L);
        assertThat(card.locator(".attention h3")).hasText(absent + " rows would go: is that right?");
        card.getByText("Some of them").click();
        assertThat(card.locator(".keys li")).hasCount(10);
        assertThat(pendingClosed()).isZero();

        page.onceDialog(Dialog::accept);
        card.getByText("Yes, mark them as gone").click();

        for (Locator shown : List.of(card, card(other, "permits"))) {
            assertThat(shown.locator(".attention h3")).hasCount(0);
            assertThat(shown.locator(".remark").first()).containsText("approved, so they were marked");
        }
        assertThat(pendingClosed()).isEqualTo(absent);
    }

    @Test
    @DisplayName("C0-12: dismissing a held sweep marks nothing")
    void keepsWhatADismissedSweepWouldMark() {
        sync(FIRST);
        sync(FIRST.later(0, 0.15, 0));
        var card = card(page(), "permits");

        card.getByText("No, keep them").click();

        assertThat(card.locator(".remark").first()).containsText("dismissed, so they were kept");
        assertThat(pendingClosed()).isZero();
    }

    // --- who may not act

    @Test
    void offersAViewerNothingToDo() {
        sync(FIRST);
        sync(FIRST.later(0, 0.15, 0));
        start("steered");
        var page = page(SamplePerson.viewer, new NewPageOptions());
        var card = card(page, "permits");

        assertThat(card.locator("section.attention")).containsText("A manager says whether they go.");
        assertThat(card(page, "steered").locator(".state")).hasText("Running");
        assertThat(page.locator("#syncs").locator("button, form, input")).hasCount(0);
        steered.finish(5);
        assertThat(card(page, "steered").locator(".state")).hasText("Complete");
        assertThat(page.locator("#syncs").locator("button, form, input")).hasCount(0);

        assertThat(page.evaluate("fetch('/api/syncs/steered/runs', {method: 'POST'}).then(answer => answer.status)"))
                .isEqualTo(403);
        expect("403");
    }

    // --- the stream

    @Test
    void comesBackAfterACut() throws IOException {
        try (var wire = Wire.to(here.getPort())) {
            var visit = Visit.to(wire.address(), chromium.newPage());
            var page = visit.page();
            visit.logIn(SamplePerson.manager);
            page.evaluate("window.since = 'the beginning'");
            assertThat(page.locator("#connection")).hasText("Live");
            page.locator("#start-permits").focus();

            wire.cut();
            assertThat(page.locator("#connection")).hasText("Connection lost, reconnecting");
            start("steered");
            steered.finish(77);
            await().untilAsserted(() -> newestRun("steered").body("items[0].state", equalTo("SUCCEEDED")));
            wire.mend();

            assertThat(page.locator("#connection")).hasText("Live");
            assertThat(card(page, "steered").locator(".state")).hasText("Complete");
            assertThat(count(card(page, "steered"), "added")).hasText("77");
            assertThat(page.locator("#start-permits")).isFocused();
            assertThat(isStillTheSamePage(page)).isTrue();
            visit.expect("ERR_");
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    void keepsFocusAndTicksWhenACardIsRenewed() {
        var page = page();
        var card = card(page, "steered");
        card.getByLabel("Dry run").check();
        card.locator("#start-steered").focus();

        start("steered");
        assertThat(card.locator(".state")).hasText("Running");
        assertThat(card.locator("#start-steered")).isFocused();
        steered.finish(1);
        assertThat(card.locator(".state")).hasText("Complete");

        assertThat(card.locator("#start-steered")).isFocused();
        assertThat(card.getByLabel("Dry run")).isChecked();
    }

    @Test
    void announcesChangesOfStateAlone() {
        var page = page();
        page.evaluate("window.said = []; new MutationObserver(() => said.push("
                + "document.getElementById('announcement').textContent)).observe("
                + "document.getElementById('announcement'), {childList: true})");
        var card = card(page, "steered");

        start("steered");
        assertThat(card.locator(".state")).hasText("Running");
        steered.added(100);
        assertThat(count(card, "added")).hasText("100");
        steered.added(200);
        assertThat(count(card, "added")).hasText("200");
        steered.finish(300);
        assertThat(card.locator(".state")).hasText("Complete");
        assertThat(page.locator("#announcement")).containsText("Complete"); // a moment after the card

        var said = (List<?>) page.evaluate("said");
        assertThat(said).hasSizeBetween(2, 3); // a browser may see that it starts before it runs
        assertThat(said.get(said.size() - 2)).isEqualTo("A sync <b>that a test steers</b>: Running");
        assertThat(said.get(said.size() - 1))
                .isEqualTo("A sync <b>that a test steers</b>: Complete. 300 read, 300 added");
    }

    // --- given

    private static void put(SampleFeed feed) {
        feed.writeTo(IMPORTS.resolve(FEED));
    }

    /** Runs the permits sync with a feed, to its end. */
    private static void sync(SampleFeed feed) {
        put(feed);
        given().contentType(ContentType.JSON)
                .post("/api/syncs/permits/runs?wait=true")
                .then()
                .statusCode(200);
    }

    /** Starts a run beside the page, and waits until it is under way. */
    private static void start(String sync) {
        given().contentType(ContentType.JSON)
                .post("/api/syncs/{sync}/runs", sync)
                .then()
                .statusCode(202);
        await().untilAsserted(() -> newestRun(sync).body("items[0].state", equalTo("RUNNING")));
    }

    private static ValidatableResponse newestRun(String sync) {
        return given().get("/api/runs?limit=1&sync={sync}", sync).then();
    }

    private long pendingClosed() {
        return mongo.getDatabase(database)
                .getCollection("permits")
                .countDocuments(new Document("status", "Pending Closed"))
                .await()
                .indefinitely();
    }

    // --- the browser

    private Page page() {
        return page(new NewPageOptions());
    }

    private Page page(NewPageOptions options) {
        return page(SamplePerson.manager, options);
    }

    private Page page(SamplePerson person, NewPageOptions options) {
        var visit = visit(chromium.newPage(options));
        visit.logIn(person);
        var page = visit.page();
        page.evaluate("window.since = 'the beginning'");
        assertThat(page.locator("#connection")).hasText("Live");
        return page;
    }

    private Visit visit(Page page) {
        var visit = Visit.to(here, page);
        visits.add(visit);
        return visit;
    }

    private Page watch(Page page) {
        return visit(page).page();
    }

    private String home() {
        return visits.get(0).home();
    }

    /** A complaint that the test itself has caused. */
    private void expect(String part) {
        visits.forEach(visit -> visit.expect(part));
    }

    private static AtomicLong bytesOverTheWire(Page page) {
        var bytes = new AtomicLong();
        var session = page.context().newCDPSession(page);
        session.send("Network.enable");
        session.on(
                "Network.loadingFinished",
                (JsonObject event) ->
                        bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        return bytes;
    }

    private static Locator card(Page page, String sync) {
        return page.locator("#sync-" + sync);
    }

    private static Locator count(Locator card, String key) {
        return card.locator("[data-count=" + key + "] dd");
    }

    private static LocatorAssertions.HasTextOptions within(double millis) {
        return new LocatorAssertions.HasTextOptions().setTimeout(millis);
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    private static boolean isStillTheSamePage(Page page) {
        return "the beginning".equals(page.evaluate("window.since"));
    }
}

package dev.syncline.writeback;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.Chromium;
import dev.syncline.SignedIn;
import dev.syncline.dashboard.Visit;
import dev.syncline.dev.SamplePerson;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.syncline.writeback.SalesDesk.queue;
import static dev.syncline.writeback.SalesDesk.write;
import static org.assertj.core.api.Assertions.assertThat;

/** The page of the write-back, as a person sees it, in a real browser. */
@QuarkusTest
@TestProfile(SalesProfile.class)
class QueuePageTest {
    private static Chromium chromium;

    @TestHTTPResource("/")
    URL here;

    @Inject
    SalesDesk desk;

    private final List<Visit> visits = new ArrayList<>();

    @BeforeAll
    static void open() {
        chromium = Chromium.launch();
        PlaywrightAssertions.setDefaultAssertionTimeout(15_000);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void clear() {
        desk.clear();
    }

    @AfterEach
    void hadNothingToComplainOf() {
        assertThat(visits).allSatisfy(visit -> assertThat(visit.complaints()).isEmpty());
    }

    /** Ana's row is written, Bea's then stands in her place; an item of a model without a sheet has failed. */
    private void haveWritten() {
        desk.request("req-1", "Ana <b>Silva</b>", 2);
        queue("Request", "CREATE", "req-1");
        write();
        desk.request("req-1", "Bea", 2);
        queue("Request", "UPDATE", "req-1");
        queue("Operator", "UPDATE", "op-1");
        write();
    }

    // --- what is shown

    @Test
    @DisplayName("an empty queue says so")
    void showsAnEmptyQueue() {
        Page page = queuePage(SamplePerson.admin);

        assertThat(page.locator("#queue-now .state")).hasText("Everything is written");
        assertThat(page.locator("#queue-now .as-of")).containsText("No change waits.");
        assertThat(page.locator("#writes")).containsText("Nothing was written yet.");
        assertThat(page.locator("nav.pages [aria-current=page]")).hasText("Write-back");
    }

    @Test
    @DisplayName(
            "S2-42, C0-45: failed items with reason and next step; every cell of the last writes, old and new, as text")
    void showsWhatHasFailedAndWhatWasWritten() {
        haveWritten();
        Page page = queuePage(SamplePerson.admin);

        assertThat(page.locator("#queue-now .state")).hasText("Some changes have failed");
        Locator reason = page.locator("section.reason");
        assertThat(reason.locator("h4")).containsText("No spreadsheet is configured for the model");
        assertThat(reason).containsText("Set the model's sheet-id");
        assertThat(reason.locator("h4 a")).hasAttribute("href", "/docs/runbook/target-not-configured");
        assertThat(reason.locator("li")).containsText("Operator op-1");
        assertThat(reason.getByText("Overwrite")).hasCount(0);

        Locator run = page.locator("#writes section.run").first();
        Locator entry = run.locator("li", new Locator.LocatorOptions().setHasText("Request req-1"));
        assertThat(entry).containsText("Written: Request, row 2");
        entry.locator("summary").click();
        assertThat(entry.locator("del")).hasText("Ana <b>Silva</b>");
        assertThat(entry.locator("ins")).hasText("Bea");
        assertThat(page.locator("#writes b")).hasCount(0);
    }

    @Test
    @DisplayName("S2-46: a blocked tab says what is the matter and what to do")
    void showsABlockedTab() {
        desk.request("req-1", "Ana", 2);
        var unused = desk.tab().set("B1", "Client");
        queue("Request", "CREATE", "req-1");
        write();

        Page page = queuePage(SamplePerson.viewer);

        assertThat(page.locator("#queue-now .state")).hasText("A tab needs you");
        Locator tab = page.locator("section.attention");
        assertThat(tab.locator("h3")).hasText("Request: The tab's header is not the one that is configured");
        assertThat(tab).containsText("Customer");
        assertThat(tab).containsText("none is lost");
    }

    // --- acting

    @Test
    @DisplayName(
            "S2-42: an item is tried again, by keyboard too, all of its code are, and it is deleted after a question")
    void decidesOnAFailedItem() {
        haveWritten();
        Page page = queuePage(SamplePerson.admin);

        page.locator("section.reason li").getByText("Retry").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("section.reason")).hasCount(0);
        assertThat(page.locator("#queue-now .state")).hasText("Changes wait for the next run");

        page.locator("#write-now").click();
        assertThat(page.locator("section.reason li")).containsText("Operator op-1");
        page.onceDialog(Dialog::accept);
        page.getByText("Retry all of these").click();
        assertThat(page.locator("#queue-now .state")).hasText("Changes wait for the next run");
        page.locator("#write-now").click();
        page.onceDialog(Dialog::dismiss);
        page.locator("section.reason li").getByText("Delete").click();
        assertThat(page.locator("section.reason li")).hasCount(1);
        page.onceDialog(Dialog::accept);
        page.locator("section.reason li").getByText("Delete").click();
        assertThat(page.locator("section.reason")).hasCount(0);
        assertThat(page.locator("#queue-now .state")).hasText("Everything is written");
    }

    @Test
    @DisplayName("a run is undone after a question, and the page shows the run that did it")
    void undoesARun() {
        haveWritten();
        Page page = queuePage(SamplePerson.admin);
        assertThat(desk.tab().get("B2")).isEqualTo("Bea");

        page.onceDialog(Dialog::accept);
        page.locator("#writes section.run").first().getByText("Undo").click();

        assertThat(page.locator("#writes section.run").first()).containsText("Undone by admin@example.org");
        assertThat(desk.tab().get("B2")).isEqualTo("Ana <b>Silva</b>");
    }

    @Test
    @DisplayName("a page that is open learns of a run, and what is unfolded stays so")
    void renewsItself() {
        haveWritten();
        Page page = queuePage(SamplePerson.admin);
        page.locator("#not-synced summary").click();
        assertThat(page.locator("#writes section.run")).hasCount(2);

        desk.request("req-2", "Cleo", 3);
        queue("Request", "CREATE", "req-2");
        write();

        assertThat(page.locator("#writes section.run")).hasCount(3);
        assertThat(page.locator("#writes section.run").first()).containsText("Request req-2");
        assertThat(page.locator("#not-synced ul")).isVisible();
    }

    @Test
    @DisplayName("what is refused is told where it was asked for")
    void tellsOfARefusal() {
        haveWritten();
        Page page = queuePage(SamplePerson.admin);
        desk.clear();

        page.locator("section.reason li").getByText("Retry").click();

        assertThat(page.locator("#answer-queue")).containsText("NOT_FOUND");
        assertThat(page.locator("section.reason")).hasCount(0);
        visits.forEach(visit -> visit.expect("404"));
    }

    // --- who may

    @Test
    @DisplayName("S2-10: who is no admin sees how the queue stands, no record, and no button")
    void keepsRecordsToAdmins() {
        haveWritten();
        Page page = queuePage(SamplePerson.lead);

        assertThat(page.locator("#queue-now .counts")).containsText("Failed");
        assertThat(page.locator("#queue-now")).containsText("An administrator sees which");
        assertThat(page.locator("#queue button")).hasCount(0);
        assertThat(page.content()).doesNotContain("op-1", "req-1", "Silva", "Bea");
        assertThat(SignedIn.as(SamplePerson.lead).get("/queue/log").statusCode())
                .isEqualTo(403);
        assertThat(SignedIn.nobody().get("/queue").asString())
                .contains("Log in")
                .doesNotContain("Write-back to sheets");
        assertThat(SignedIn.nobody().get("/queue/now").statusCode()).isEqualTo(401);
    }

    // --- how it looks

    @Test
    @DisplayName("C0-45: the page loads from this service alone, and its policy finds nothing to refuse")
    void obeysItsPolicy() {
        for (String path : List.of("/queue", "/queue/now", "/queue/log")) {
            var answer = SignedIn.as(SamplePerson.admin).get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-store");
        }
    }

    @Test
    @DisplayName("the page fits 360 and 1280 points, light and dark, with everything unfolded")
    void fitsScreens() {
        desk.request("req-1", "A name that is as long as some people's are and then a little longer than that", 2);
        queue("Request", "CREATE", "req-1");
        queue("Operator", "UPDATE", "an-operator-whose-id-is-quite-long-".repeat(4));
        write();
        Page page = queuePage(SamplePerson.admin);
        page.locator("#writes summary").first().click();
        for (int width : new int[] {360, 1280}) {
            page.setViewportSize(width, 740);
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .as("%d %s", width, scheme)
                        .isEqualTo(width);
            }
        }
    }

    // --- the browser

    private Page queuePage(SamplePerson person) {
        Page page = page(person, new NewPageOptions().setViewportSize(1280, 900));
        page.locator("nav.pages a", new Page.LocatorOptions().setHasText("Write-back"))
                .click();
        assertThat(page).hasURL(Pattern.compile("/queue$"));
        assertThat(page.locator("#connection")).hasText("Live");
        return page;
    }

    private Page page(SamplePerson person, NewPageOptions options) {
        Visit visit = Visit.to(here, chromium.newPage(options));
        visits.add(visit);
        visit.logIn(person);
        assertThat(visit.page().locator("#connection")).hasText("Live");
        return visit.page();
    }
}

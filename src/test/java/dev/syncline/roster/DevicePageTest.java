package dev.syncline.roster;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
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
import dev.syncline.SteeredSync;
import dev.syncline.dashboard.Visit;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.roster.ColumnDefinition.DataType;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.syncline.roster.StoredDevice.aDevice;
import static dev.syncline.roster.StoredDevice.aFullDevice;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** The page of the devices and that of the audit trail, as a person sees them, in a real browser. */
@QuarkusTest
@TestProfile(DeviceListProfile.class)
class DevicePageTest {
    private static final String[] SECRETS = {"Ana Silva", "NYU-0042", DeviceListProfile.SHEET, "Bea", "lee@example.org"
    };

    private static Chromium chromium;

    @TestHTTPResource("/")
    URL here;

    @Inject
    MongoDatabase database;

    @Inject
    SteeredSync steered;

    private final List<Visit> visits = new ArrayList<>();
    private Roster roster;

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
    void haveARoster() {
        roster = Roster.empty(database)
                .declared("serial", "Serial Number")
                .declared("assignedTo", "Assigned To")
                .declared("status", "Status")
                .declared("condition", "Condition")
                .declared("offboardingStatus", "Offboarding Status")
                .declared("lastSeen", "Last Seen")
                .attribute("asset_tag", DataType.string)
                .attribute("price", DataType.number)
                .attribute("insured", DataType.bool)
                .attribute("office", DataType.string)
                .attribute("remark", DataType.string)
                .devices(
                        aFullDevice("abc-1")
                                .attribute("asset_tag", "000042")
                                .attribute("price", 1_299L)
                                .attribute("insured", true)
                                .attribute("remark", "<b>bold</b> & more"),
                        aDevice("abc-2").with("assignedTo", "Cyrus Ng").attribute("price", 80L),
                        aDevice("abc-3").with("condition", "Poor").gone(Presence.missing, "2026-05-01T00:00:00Z"))
                .change("abc-1", "run-1", "updated", "assignedTo", "Bea Wu", "Ana Silva", "2026-05-11T10:00:00Z");
    }

    @AfterEach
    void hadNothingToComplainOf() {
        assertThat(visits).allSatisfy(visit -> assertThat(visit.complaints()).isEmpty());
    }

    // --- what is shown

    @Test
    void showsTheRosterWithItsColumns() {
        Page page = devices("");

        assertThat(page.locator("thead th")).containsText(new String[] {
            "Serial Number", "Assigned To", "Status", "Condition", "Offboarding Status", "Last Seen", "The asset tag"
        });
        assertThat(rows(page)).hasCount(3);
        Locator row = row(page, "abc-1");
        assertThat(row.locator("[data-column=assignedTo]")).hasText("Ana Silva");
        assertThat(row.locator("[data-column=asset_tag]")).hasText("000042");
        assertThat(row.locator("[data-column=price]")).hasText("1,299");
        assertThat(row.locator("[data-column=insured]")).hasText("Yes");
        assertThat(row.locator(".badge")).hasText("Offboarding: critical");
        assertThat(page.locator("nav.pages a")).hasText(new String[] {"Syncs", "Devices", "Write-back", "Audit"});
        assertThat(page.locator("nav.pages [aria-current=page]")).hasText("Devices");
    }

    @Test
    @DisplayName("S0-35: a device that the sheet has not any more is marked")
    void marksWhatIsMissing() {
        Page page = devices("");

        assertThat(row(page, "abc-3").locator(".badge").first()).containsText("Missing from the sheet, since");
        assertThat(row(page, "abc-3").locator(".badge").last()).hasText("Condition: critical");
    }

    @Test
    @DisplayName("C0-45: nothing that the sheet says becomes markup")
    void showsTextAsText() {
        Page page = devices("?device=abc-1");

        assertThat(page.locator("#panel")).containsText("<b>bold</b> & more");
        assertThat(page.locator("#panel dd b")).hasCount(0);
    }

    // --- searching and choosing

    @Test
    void searchesAsOneTypes() {
        Page page = devices("");

        page.locator("#search").pressSequentially("cyrus");

        assertThat(rows(page)).hasCount(1);
        assertThat(row(page, "abc-2")).isVisible();
        assertThat(page).hasURL(Pattern.compile("/devices\\?search=cyrus$"));
        assertThat(page.locator("#search")).isFocused();
    }

    @Test
    void filtersAndGoesBack() {
        Page page = devices("");

        page.locator("[data-choice=condition] summary").click();
        page.getByLabel("Poor").check();

        assertThat(rows(page)).hasCount(1);
        assertThat(page).hasURL(Pattern.compile("\\?condition=Poor$"));
        assertThat(page.locator("[data-choice=condition] [data-chosen]")).hasText("1");
        page.locator("[data-choice=presence] summary").click();
        page.getByLabel("In the sheet").check();
        assertThat(page.locator(".empty h3")).hasText("No device matches");

        page.goBack();
        assertThat(rows(page)).hasCount(1);
        assertThat(page).hasURL(Pattern.compile("\\?condition=Poor$"));
        page.goBack();
        assertThat(rows(page)).hasCount(3);
        assertThat(page.locator("[data-choice=condition] [data-chosen]")).hasText("");
    }

    @Test
    @DisplayName("an address that somebody shares shows the same page")
    void opensBySharedAddress() {
        Page page = devices("?search=abc&presence=present&sort=price&direction=desc");

        assertThat(rows(page).locator("th a")).hasText(new String[] {"abc-1", "abc-2"});
        assertThat(page.locator("#search")).hasValue("abc");
        assertThat(page.locator("th[data-column=price]")).hasAttribute("aria-sort", "descending");
        assertThat(page.locator("input[value=present]")).isChecked();
    }

    @Test
    void saysWhatToDoWhereNothingMatches() {
        Page page = devices("?search=nothing-of-that-name");

        assertThat(page.locator(".empty h3")).hasText("No device matches");
        page.getByText("Clear search and filters").click();
        assertThat(rows(page)).hasCount(3);
    }

    @Test
    void saysWhatToDoBeforeTheFirstRun() {
        roster = Roster.empty(database);
        Page page = devices("");

        assertThat(page.locator(".empty")).containsText("Start it on the page of the syncs");
        assertThat(page.locator(".empty a")).hasAttribute("href", "/");
    }

    @Test
    void saysWhyAnAddressIsNotAllowed() {
        Page page = devices("?sort=colour");

        assertThat(page.locator(".trouble")).containsText("INVALID_FILTERS");
        assertThat(page.locator(".trouble")).containsText("Sort must be the key of a column");
        assertThat(page.locator(".trouble")).containsText("Use what the message names.");
        expect("400");
        page.getByText("Show all devices").click();
        assertThat(rows(page)).hasCount(3);
    }

    // --- order and pages

    @Test
    @DisplayName("a column's head sorts, by keyboard too, and keeps the focus")
    void sorts() {
        Page page = devices("");
        Locator head = page.locator("th[data-column=price]");

        page.locator("#sort-price").focus();
        page.keyboard().press("Enter");

        assertThat(head).hasAttribute("aria-sort", "ascending");
        assertThat(rows(page).locator("th a")).hasText(new String[] {"abc-2", "abc-1", "abc-3"});
        assertThat(page).hasURL(Pattern.compile("\\?sort=price&direction=asc$"));
        assertThat(page.locator("#sort-price")).isFocused();
        page.keyboard().press("Enter");
        assertThat(head).hasAttribute("aria-sort", "descending");
        assertThat(rows(page).locator("th a")).hasText(new String[] {"abc-1", "abc-2", "abc-3"});

        page.locator("#search").fill("abc");
        assertThat(page).hasURL(Pattern.compile("\\?search=abc&sort=price&direction=desc$"));
    }

    @Test
    void pages() {
        roster.devices(
                IntStream.range(0, 60).mapToObj(i -> aDevice("d" + (10 + i))).toList());
        Page page = devices("?sort=serial&direction=asc");
        assertThat(page.locator(".count")).hasText("1–50 of 63 devices");

        page.locator("#next").click();

        assertThat(page.locator(".count")).hasText("51–63 of 63 devices");
        assertThat(page).hasURL(Pattern.compile("page=2$"));
        assertThat(page.locator("#next")).hasCount(0);
        page.locator("#previous").click();
        assertThat(page.locator(".pager")).containsText("Page 1 of 2");
        page.locator("select[name=pageSize]").selectOption("100");
        assertThat(rows(page)).hasCount(63);
        assertThat(page).hasURL(Pattern.compile("pageSize=100$"));
    }

    // --- columns

    @Test
    void remembersWhichColumnsOneWantsToSee() {
        Page page = devices("");
        assertThat(page.locator("th[data-column=remark]")).isHidden();

        page.locator("#chooser summary").click();
        page.getByLabel("The remark").check();
        page.locator("#chooser input[value=status]").uncheck();

        assertThat(page.locator("th[data-column=remark]")).isVisible();
        assertThat(page.locator("th[data-column=status]")).isHidden();
        page.reload();
        assertThat(page.locator("th[data-column=remark]")).isVisible();
        assertThat(row(page, "abc-1").locator("[data-column=status]")).isHidden();
    }

    // --- details

    @Test
    void opensTheDetailsOfADevice() {
        Page page = devices("?search=abc");

        row(page, "abc-1").locator("th a").click();

        Locator panel = page.locator("#panel");
        assertThat(panel).isVisible();
        assertThat(panel.locator("h3")).hasText("abc-1");
        assertThat(panel.locator(".fields")).containsText("Keys are with Bea");
        assertThat(panel.locator(".fields")).containsText("The asset tag");
        assertThat(panel.locator(".steps")).containsText("Assigned To from Bea Wu to Ana Silva");
        assertThat(page).hasURL(Pattern.compile("\\?search=abc&device=abc-1$"));

        page.reload();
        assertThat(panel.locator("h3")).hasText("abc-1");
        page.keyboard().press("Escape");
        assertThat(panel).isHidden();
        assertThat(page).hasURL(Pattern.compile("\\?search=abc$"));
    }

    @Test
    void closesTheDetailsByTheBackButton() {
        Page page = devices("");
        row(page, "abc-2").locator("th a").click();
        assertThat(page.locator("#panel h3")).hasText("abc-2");

        page.goBack();

        assertThat(page.locator("#panel")).isHidden();
        assertThat(rows(page)).hasCount(3);
    }

    // --- hiding people

    @Test
    @DisplayName("S0-46: with the switch on nothing of the page names anybody, and the address is one that is allowed")
    void hidesPeople() {
        Page page = devices("?sort=assignedTo&direction=asc&status=In Use");
        assertThat(row(page, "abc-1")).containsText("Ana Silva");

        page.getByLabel("Hide people").check();

        assertThat(page.locator(".hidden-note")).isVisible();
        assertThat(row(page, "abc-1").locator("[data-column=assignedTo]"))
                .hasText(Pattern.compile("Anon-[A-Z2-7]{12}"));
        assertThat(page).hasURL(Pattern.compile("/devices\\?status=In(%20|\\+)Use$"));
        row(page, "abc-1").locator("th a").click();
        assertThat(page.locator("#panel h3")).hasText("abc-1");
        assertThat(page.content()).doesNotContain(SECRETS);
        assertThat(page.locator("th[data-column=assignedTo] a")).hasCount(0);
        page.keyboard().press("Escape");

        page.getByLabel("Hide people").uncheck();
        assertThat(row(page, "abc-1")).containsText("Ana Silva");
    }

    // --- live

    @Test
    @DisplayName("when a run ends the table is renewed where it stands, and says so")
    void renewsItselfAfterARun() {
        Page page = devices("?sort=serial&direction=asc");
        page.evaluate("document.getElementById('devices').dataset.sync = '" + SteeredSync.ID + "'");
        run(page);
        String before = page.url();
        assertThat(page.locator("#updated")).hasText(Pattern.compile("Updated .+"));

        roster.devices(aDevice("abc-0"));
        page.evaluate("document.getElementById('updated').textContent = ''");
        run(page);

        assertThat(rows(page).locator("th a")).hasText(new String[] {"abc-0", "abc-1", "abc-2", "abc-3"});
        assertThat(page.locator("#updated")).hasText(Pattern.compile("Updated .+"));
        assertThat(page.url()).isEqualTo(before);
    }

    private void run(Page page) {
        given().contentType("application/json")
                .post("/api/syncs/{sync}/runs", SteeredSync.ID)
                .then()
                .statusCode(202);
        steered.added(1);
        steered.finish(1);
    }

    // --- who may

    @Test
    void isForManagers() {
        Page page = page(SamplePerson.viewer, new NewPageOptions());
        assertThat(page.locator("nav.pages a")).hasText(new String[] {"Syncs", "Write-back"});

        for (String path : List.of("devices", "audit")) {
            var answer = page.navigate(home() + path);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(page.locator(".trouble")).containsText("This page is for who is at least manager.");
            assertThat(page.content()).doesNotContain(SECRETS);
        }
        assertThat(SignedIn.as(SamplePerson.viewer).get("/devices/grid").statusCode())
                .isEqualTo(403);
        assertThat(SignedIn.as(SamplePerson.viewer)
                        .get("/devices/panel?serial=abc-1")
                        .statusCode())
                .isEqualTo(403);
        assertThat(SignedIn.nobody().get("/devices").asString())
                .contains("Log in")
                .doesNotContain(SECRETS);
        assertThat(SignedIn.nobody().get("/devices/grid").statusCode()).isEqualTo(401);
        expect("403");
    }

    // --- how it looks

    @Test
    @DisplayName("C0-45: the page loads from this service alone, and its policy finds nothing to refuse")
    void obeysItsPolicy() {
        for (String path : List.of("/devices", "/audit", "/devices/grid")) {
            var answer = SignedIn.as(SamplePerson.manager).get(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-store");
        }
    }

    @Test
    void fitsANarrowScreen() {
        Page page = page(SamplePerson.manager, new NewPageOptions().setViewportSize(360, 740));

        for (String path : List.of("devices", "devices?device=abc-1", "devices?search=nothing", "audit")) {
            page.navigate(home() + path);
            assertThat(page.locator("#connection")).hasText("Live");
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(360);
        }
    }

    @Test
    void opensItsMenusWithinANarrowScreen() {
        roster.devices(aDevice("long").with("condition", "Scratched along the whole of the upper edge"));
        Page page = page(SamplePerson.manager, new NewPageOptions().setViewportSize(360, 740));
        page.navigate(home() + "devices");

        page.locator("[data-choice=condition] summary").click();

        assertThat(page.getByLabel("Scratched along")).isVisible();
        assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
        page.keyboard().press("Escape");
        assertThat(page.getByLabel("Scratched along")).isHidden();
        assertThat(page.locator("[data-choice=condition] summary")).isFocused();
    }

    @Test
    void showsWhoDidWhat() {
        Page page = devices("");
        page.getByLabel("Hide people").check();
        assertThat(page.locator(".hidden-note")).isVisible();
        IntStream.range(0, 21).forEach(i -> given().contentType("application/json")
                .body("{\"enabled\": false}")
                .post("/api/devices/anonymize")
                .then()
                .statusCode(200));

        page.locator("nav.pages a", new Page.LocatorOptions().setHasText("Audit"))
                .click();

        assertThat(page.locator(".feed tbody tr[data-entry]")).hasCount(20);
        assertThat(page.locator(".feed tbody tr").first()).containsText("Anonymization toggled");
        page.getByText("Show older records").click();
        assertThat(page.locator(".feed tbody tr[data-entry]").nth(21)).isVisible();
        page.locator("nav.choices a", new Page.LocatorOptions().setHasText("Anonymization"))
                .click();
        assertThat(page).hasURL(Pattern.compile("/audit\\?eventType=anonymization$"));
        assertThat(page.locator("nav.choices [aria-current]")).hasText("Anonymization");
        assertThat(page.locator(".feed tbody tr[data-entry]").last().locator(".what"))
                .hasText("Anonymization toggled");
    }

    // --- the browser

    private Page devices(String query) {
        Page page = page(SamplePerson.manager, new NewPageOptions().setViewportSize(1600, 900));
        page.navigate(home() + "devices" + query);
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

    private String home() {
        return visits.get(0).home();
    }

    /** A complaint that the test itself has caused. */
    private void expect(String part) {
        visits.forEach(visit -> visit.expect(part));
    }

    private static Locator rows(Page page) {
        return page.locator(".roster tbody tr");
    }

    private static Locator row(Page page, String serial) {
        return page.locator(".roster tr[data-serial='" + serial + "']");
    }
}

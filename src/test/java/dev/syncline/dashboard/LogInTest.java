package dev.syncline.dashboard;

import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.Chromium;
import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** The way in and the way out, as a person and their browser go it. */
@QuarkusTest
class LogInTest {
    private static final String ALLOWLIST = "/api/config/allowlist";

    private static Chromium chromium;

    @TestHTTPResource("/")
    URL here;

    @BeforeAll
    static void open() {
        chromium = Chromium.launch();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private Visit visit() {
        return Visit.to(here, chromium.newContext().newPage());
    }

    private Visit visit(SamplePerson person) {
        var visit = visit();
        visit.logIn(person);
        return visit;
    }

    // --- in

    @ParameterizedTest
    @ValueSource(strings = {"", "?login=failed", "?login=unavailable", "?login=<script>alert(1)</script>"})
    @DisplayName("C0-45: the log-in page has the headers of a page of ours, no script, and asks for no data")
    void showsNobodyTheWayInAlone(String query) {
        var visit = visit();
        var page = visit.page();
        var asked = new CopyOnWriteArrayList<String>();
        page.onRequest(request -> asked.add(URI.create(request.url()).getPath()));

        var answer = page.navigate(visit.home() + query);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(page.locator("h1")).hasText("Syncline");
        assertThat(page.locator("a.go")).hasText("Log in");
        assertThat(page.locator("a.go")).hasAttribute("href", "/login");
        assertThat(page.locator("script, .card, #connection")).hasCount(0);
        assertThat(asked)
                .contains("/", "/dashboard/dashboard.css")
                .noneMatch(path -> path.startsWith("/api") || path.endsWith(".js") || path.contains("/syncs"));
        assertThat(answer.headerValue("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headerValue("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headerValue("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(visit.complaints()).isEmpty();
    }

    @Test
    @DisplayName(
            "C0-40: a browser logs in by the code flow with PKCE, and its session is out of reach for scripts and other sites")
    void logsInByTheCodeFlow() {
        var visit = visit();
        var page = visit.page();
        var asked = new CopyOnWriteArrayList<String>();
        page.onRequest(request -> asked.add(request.url()));

        visit.logIn(SamplePerson.manager);

        assertThat(page.locator("#connection")).hasText("Live");
        assertThat(page.locator(".account p")).containsText("manager@example.org");
        assertThat(page.locator(".account small")).hasText("manager");
        assertThat(page.url()).isEqualTo(visit.home());
        assertThat(query(first(asked, "/dev/identity/authorize?")))
                .containsEntry("response_type", "code")
                .containsEntry("code_challenge_method", "S256")
                .hasEntrySatisfying(
                        "code_challenge", challenge -> assertThat(challenge).hasSize(43))
                .containsKeys("state", "nonce");
        assertThat(asked).noneMatch(address -> address.contains("id_token") || address.contains("access_token"));
        assertThat(page.context().cookies(visit.home())).isNotEmpty().allSatisfy(cookie -> {
            assertThat(cookie.httpOnly).isTrue();
            assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
        });
        assertThat(visit.session()).isNotEmpty();
        assertThat(page.evaluate("document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"))
                .isEqualTo("{}{}");
        assertThat(visit.complaints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "stranger,   is not on the list of who may log in, Ask a lead",
        "unverified, was never verified,                   Verify your address",
    })
    void tellsWhomItKnowsAndWhyTheyAreNotLetIn(SamplePerson person, String why, String nextStep) {
        var visit = visit(person);
        var page = visit.page();

        var notice = page.locator("section.attention");
        assertThat(notice.locator("h2")).hasText("You are not let in");
        assertThat(notice).containsText(person.email());
        assertThat(notice).containsText(why);
        assertThat(notice).containsText(nextStep);
        assertThat(page.locator(".card, #connection")).hasCount(0);

        page.getByText("Log out").click();
        assertThat(page.locator("a.go")).hasText("Log in");
        assertThat(visit.session()).isEmpty();
    }

    @Test
    void tellsThatALogInWasBrokenOff() {
        var visit = visit();
        visit.goToTheProvider();
        var page = visit.page();

        page.click("#nobody");

        assertThat(page).hasURL(visit.home() + "?login=failed");
        assertThat(page.locator("h2")).hasText("You were not logged in");
        assertThat(page.locator("a.go")).hasText("Log in");
        assertThat(visit.session()).isEmpty();
    }

    @Test
    @DisplayName("C0-40: a code that the provider has not given, or has given once already, leads nowhere")
    void takesNoCodeThatTheProviderDoesNotKnow() {
        var visit = visit();
        visit.goToTheProvider();
        var page = visit.page();
        var asked = query(page.url());

        page.navigate(asked.get("redirect_uri") + "?code=made-up&state=" + asked.get("state"));
        assertThat(page).hasURL(visit.home() + "?login=failed");
        assertThat(visit.session()).isEmpty();

        var came = new CopyOnWriteArrayList<String>();
        page.onRequest(request -> came.add(request.url()));
        visit.goToTheProvider();
        var onTheWay = page.context().cookies();
        page.click("#viewer");
        assertThat(page.locator("#connection")).hasText("Live");
        var used = first(came, "/login?code=");

        page.context().clearCookies();
        page.context().addCookies(onTheWay);
        page.navigate(used);
        assertThat(page).hasURL(visit.home() + "?login=failed");
        assertThat(visit.session()).isEmpty();

        page.context().clearCookies();
        page.navigate(used);
        assertThat(page.locator("h1")).hasText("Who are you today?");
        assertThat(visit.session()).isEmpty();
    }

    // --- out

    @Test
    @DisplayName("C0-26, C0-40: who logs out is logged out in every tab, and a copy of the session opens nothing")
    void logsOut() {
        var visit = visit(SamplePerson.manager);
        var page = visit.page();
        assertThat(page.locator("#connection")).hasText("Live");
        var other = Visit.to(here, page.context().newPage());
        other.page().navigate(other.home());
        assertThat(other.page().locator("#connection")).hasText("Live");
        var copy = visit.session().stream().collect(Collectors.toMap(cookie -> cookie.name, cookie -> cookie.value));
        SignedIn.nobody()
                .cookies(copy)
                .get("/api/me")
                .then()
                .statusCode(200)
                .body("name", equalTo("manager@example.org"));

        page.getByText("Log out").click();

        assertThat(page.locator("a.go")).hasText("Log in");
        assertThat(page).hasURL(visit.home());
        assertThat(visit.session()).isEmpty();
        SignedIn.nobody().cookies(copy).get("/api/me").then().statusCode(401);
        SignedIn.nobody().cookies(copy).get("/dashboard/syncs").then().statusCode(401);
        assertThat(visit.complaints()).isEmpty();

        assertThat(other.page().locator("#notice")).containsText("You are logged out.");
        assertThat(other.page().locator("#notice a")).hasAttribute("href", "/login");
        assertThat(other.page().locator("#connection")).isHidden();
        assertThat(other.page().locator("#syncs button").first()).hasAttribute("aria-disabled", "true");

        page.goBack();
        page.reload();
        assertThat(page.locator("a.go")).hasText("Log in");
        assertThat(page.locator(".card")).hasCount(0);
    }

    @Test
    void tellsAtTheCardThatTheSessionIsOver() {
        var visit = visit(SamplePerson.manager);
        var page = visit.page();
        assertThat(page.locator("#connection")).hasText("Live");
        var before = newestRun();
        page.context().clearCookies();

        page.locator("#start-permits").click();

        assertThat(page.locator("#answer-permits")).containsText("The caller is not known");
        assertThat(page.locator("#answer-permits")).containsText("Log in");
        assertThat(page.locator("#notice")).containsText("You are logged out.");
        assertThat(page.locator("#title-permits")).isVisible();
        assertThat(newestRun()).isEqualTo(before);
    }

    /** The part of the page that is fetched anew is not replaced by what the refusal says. */
    @Test
    void keepsWhatItShowsWhenAPartIsRefused() {
        var visit = visit(SamplePerson.viewer);
        var page = visit.page();
        assertThat(page.locator("#connection")).hasText("Live");
        page.context().clearCookies();

        var refused =
                page.waitForResponse("**/dashboard/syncs", () -> page.evaluate("htmx.trigger('#syncs', 'reopened')"));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(page.locator("#notice")).containsText("You are logged out.");
        assertThat(page.locator("#title-permits")).isVisible();
        assertThat(page.locator("#syncs")).not().containsText("UNAUTHENTICATED");
    }

    @Test
    @DisplayName("C0-26: who is taken off the list is told so by an open page")
    void tellsWhoIsTakenOffTheList() {
        var visit = visit(SamplePerson.manager);
        var page = visit.page();
        assertThat(page.locator("#connection")).hasText("Live");
        var before = allowlist();
        try {
            allow(before.stream().filter(email -> !email.startsWith("manager@")).toList());

            page.locator("#start-permits").click();
            assertThat(page.locator("#answer-permits")).containsText("not on the list of who may log in");

            assertThat(page.locator("#notice")).containsText("You may not see this any more.");
            page.locator("#notice a").click();
            assertThat(page.locator("h2")).hasText("You are not let in");
        } finally {
            allow(before);
        }
    }

    private static Object newestRun() {
        return given().get("/api/runs?sync=permits&limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }

    private static List<String> allowlist() {
        return SignedIn.as(SamplePerson.lead)
                .get(ALLOWLIST)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data.allowlist");
    }

    private static void allow(List<String> emails) {
        SignedIn.as(SamplePerson.lead)
                .contentType(ContentType.JSON)
                .body(Map.of("emails", emails))
                .put(ALLOWLIST)
                .then()
                .statusCode(200);
    }

    private static String first(List<String> addresses, String part) {
        return addresses.stream()
                .filter(address -> address.contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> query(String address) {
        return Stream.of(URI.create(address).getQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}

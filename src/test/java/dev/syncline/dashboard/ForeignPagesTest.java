package dev.syncline.dashboard;

import java.net.URL;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.Chromium;
import dev.syncline.dev.SamplePerson;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** Pages of other people, open in the browser of somebody who is logged in here and may do much. */
@QuarkusTest
class ForeignPagesTest {
    private static final String ANOTHER_SITE = "127.0.0.1";
    /** Of the same site, so that cookies go along. */
    private static final String ANOTHER_ORIGIN = "localhost";

    private static final String RUNS = "/api/syncs/permits/runs";
    private static final String ALLOWLIST = "/api/config/allowlist";
    private static final String LOG_OUT = "/logout";

    private static Chromium chromium;

    @TestHTTPResource("/")
    URL here;

    private Elsewhere elsewhere;
    private Visit visit;
    private List<String> allowed;
    private Object newest;

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

    @BeforeEach
    void logIn() {
        elsewhere = Elsewhere.at(0);
        visit = Visit.to(here, chromium.newContext().newPage());
        visit.logIn(SamplePerson.lead);
        assertThat(visit.page().locator("#connection")).hasText("Live");
        allowed = allowlist();
        newest = newestRun();
    }

    @AfterEach
    void leave() {
        visit.page().context().close();
        elsewhere.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {ANOTHER_SITE, ANOTHER_ORIGIN})
    @DisplayName("C0-42: a form on somebody else's page changes nothing, on another site and on this one")
    void aFormChangesNothing(String host) {
        var page = visit.page().context().newPage();
        for (var type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data")) {
            for (var target : List.of(RUNS, ALLOWLIST, LOG_OUT)) {
                page.navigate(elsewhere.origin(host) + Elsewhere.form(address(target), type));

                var answer = page.waitForResponse(address(target), () -> page.click("button"));

                assertThat(answer.status()).as("%s to %s", type, target).isIn(401, 403, 405, 415);
            }
        }
        nothingHasChanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {ANOTHER_SITE, ANOTHER_ORIGIN})
    @DisplayName("C0-42: a script on somebody else's page changes nothing and reads nothing")
    void aScriptChangesNothing(String host) {
        var page = visit.page().context().newPage();
        page.navigate(elsewhere.origin(host));
        for (var target : List.of("POST " + RUNS, "PUT " + ALLOWLIST, "POST " + ALLOWLIST, "POST " + LOG_OUT)) {
            assertThat(answerTo(page, target, "no-cors", Map.of())).as(target).isIn("nothing", "opaque");
            assertThat(answerTo(page, target + " bare", "no-cors", Map.of()))
                    .as(target)
                    .isIn("nothing", "opaque");
            assertThat(answerTo(page, target, "cors", Map.of())).as(target).isEqualTo("nothing");
            assertThat(answerTo(page, target, "cors", Map.of("Content-Type", "application/json")))
                    .as(target)
                    .isEqualTo("nothing");
            assertThat(answerTo(page, target, "cors", Map.of("X-Requested-With", "XMLHttpRequest")))
                    .as(target)
                    .isEqualTo("nothing");
        }
        assertThat(answerTo(page, "GET /api/me bare", "cors", Map.of())).isEqualTo("nothing");
        nothingHasChanged();
    }

    @Test
    @DisplayName("C0-42: a write with an Origin needs a header that a foreign page cannot send")
    void asksBrowsersForTheHeader() {
        given().header("Origin", "http://elsewhere.example")
                .contentType(ContentType.JSON)
                .post(RUNS)
                .then()
                .statusCode(403)
                .body("code", equalTo("FORBIDDEN"));
        nothingHasChanged();
    }

    /** The status, "opaque" where the browser keeps it from the page, "nothing" where it did not even let the request pass. */
    private String answerTo(Page page, String target, String mode, Map<String, String> headers) {
        var parts = target.split(" ");
        return (String) page.evaluate("""
                async ([address, method, mode, headers, bare]) => {
                  const body = bare ? undefined : '{"emails": ["intruder@example.org"]}';
                  try {
                    const answer = await fetch(address, {method, mode, headers, body, credentials: 'include'});
                    return answer.type === 'opaque' ? 'opaque' : String(answer.status);
                  } catch {
                    return 'nothing';
                  }
                }
                """, List.of(address(parts[1]), parts[0], mode, headers, parts.length > 2));
    }

    private String address(String path) {
        return visit.home() + path.substring(1);
    }

    private void nothingHasChanged() {
        assertThat(newestRun()).isEqualTo(newest);
        assertThat(allowlist()).isEqualTo(allowed);
        assertThat(visit.page().evaluate("fetch('/api/me').then(answer => answer.status)"))
                .isEqualTo(200);
    }

    private static Object newestRun() {
        return given().get("/api/runs?sync=permits&limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
    }

    private static List<String> allowlist() {
        return given().get(ALLOWLIST)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("data.allowlist");
    }
}

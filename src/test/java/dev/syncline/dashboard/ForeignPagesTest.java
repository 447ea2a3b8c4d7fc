package dev.syncline.dashboard;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.Chromium;
import dev.syncline.dev.SamplePerson;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** Pages of other people, open in the browser of somebody who is logged in here and may do much. */
@QuarkusTest
class ForeignPagesTest {
    private static final String RUNS = "/api/syncs/permits/runs";
    private static final String ALLOWLIST = "/api/config/allowlist";
    private static final String LOG_OUT = "/logout";

    private static Chromium chromium;

    @TestHTTPResource("/")
    URL here;

    private Elsewhere elsewhere;
    private Visit visit;
    private List<String> allowed;

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
    }

    @AfterEach
    void leave() {
        visit.page().context().close();
        elsewhere.close();
    }

    private static Stream<Arguments> forms() {
        return Stream.of("127.0.0.1", "localhost").flatMap(host -> Stream.of(
                        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data")
                .flatMap(type -> Stream.of(RUNS, ALLOWLIST, LOG_OUT).map(target -> Arguments.of(host, type, target))));
    }

    @ParameterizedTest(name = "from {0}, as {1}, to {2}")
    @MethodSource("forms")
    @DisplayName("C0-42: a form on somebody else's page changes nothing, on another site and on this one")
    void aFormChangesNothing(String host, String type, String target) {
        var page = visit.page().context().newPage();
        page.navigate(elsewhere.origin(host) + Elsewhere.form(address(target), type));

        var answer = page.waitForResponse(address(target), () -> page.click("button"));

        assertThat(answer.status()).isIn(401, 403, 405);
        nothingHasChanged();
    }

    private static Stream<Arguments> fetches() {
        return Stream.of("127.0.0.1", "localhost").flatMap(host -> Stream.of("no-cors", "cors")
                .flatMap(mode -> Stream.of("POST " + RUNS, "PUT " + ALLOWLIST, "POST " + ALLOWLIST, "POST " + LOG_OUT)
                        .map(target -> Arguments.of(host, mode, target))));
    }

    @ParameterizedTest(name = "from {0}, {1}: {2}")
    @MethodSource("fetches")
    @DisplayName("C0-42: a script on somebody else's page changes nothing and reads nothing")
    void aScriptChangesNothing(String host, String mode, String target) {
        var page = visit.page().context().newPage();
        page.navigate(elsewhere.origin(host));
        var parts = target.split(" ");

        assertThat(answerTo(page, parts[0], parts[1], mode, Map.of())).isIn("nothing", "opaque");
        assertThat(answerTo(page, parts[0], parts[1], mode, Map.of("Content-Type", "application/json")))
                .isIn("nothing", "opaque");
        assertThat(answerTo(page, parts[0], parts[1], "cors", Map.of("X-Requested-With", "XMLHttpRequest")))
                .isEqualTo("nothing");
        assertThat(answerTo(page, "GET", "/api/me", "cors", Map.of())).isEqualTo("nothing");
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
    private String answerTo(Page page, String method, String path, String mode, Map<String, String> headers) {
        return (String) page.evaluate("""
                async ([address, method, mode, headers]) => {
                  const body = method === 'GET' ? undefined : '{"emails": ["intruder@example.org"]}';
                  try {
                    const answer = await fetch(address, {method, mode, headers, body, credentials: 'include'});
                    return answer.type === 'opaque' ? 'opaque' : String(answer.status);
                  } catch {
                    return 'nothing';
                  }
                }
                """, List.of(address(path), method, mode, headers));
    }

    private String address(String path) {
        return visit.home() + path.substring(1);
    }

    private void nothingHasChanged() {
        given().get("/api/runs?sync=permits").then().body("items.size()", equalTo(0));
        assertThat(allowlist()).isEqualTo(allowed);
        assertThat(visit.page().evaluate("fetch('/api/me').then(answer => answer.status)"))
                .isEqualTo(200);
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

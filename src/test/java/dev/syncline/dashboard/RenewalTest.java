package dev.syncline.dashboard;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.microsoft.playwright.Page.WaitForConditionOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.Chromium;
import dev.syncline.SteeredSync;
import dev.syncline.dev.SamplePerson;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** A page that stays open for longer than the token lives with which it was opened. */
@QuarkusTest
@TestProfile(RenewalTest.Profile.class)
class RenewalTest {
    /** So long may the page hear nothing before it makes a connection anew (dashboard.js). */
    private static final long SILENCE_MS = 25_000;

    @TestHTTPResource("/")
    URL here;

    public static class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("syncline.dev.token-life", "18S", SteeredSync.SETTING, "true");
        }
    }

    @Test
    @DisplayName("C0-26: a stream that ends with its token is back with a new one, without a word to the reader")
    void goesOnWithANewToken() {
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        try (var chromium = Chromium.launch()) {
            var visit = Visit.to(here, chromium.newPage());
            var page = visit.page();
            var streams = new AtomicInteger();
            page.onRequest(request -> streams.addAndGet(request.url().endsWith("/api/events") ? 1 : 0));
            visit.logIn(SamplePerson.viewer);
            assertThat(page.locator("#connection")).hasText("Live");
            var session = visit.session();
            page.evaluate(
                    "window.said = []; new MutationObserver(() => said.push(document.body.innerText))"
                            + ".observe(document.querySelector('header'), {childList: true, subtree: true, characterData: true})");

            page.waitForCondition(() -> streams.get() > 2, new WaitForConditionOptions().setTimeout(120_000));

            given().post("/api/syncs/steered/runs").then().statusCode(202);
            assertThat(page.locator("#sync-steered .state")).hasText("Running");
            assertThat(page.locator("#connection")).hasText("Live");
            assertThat(page.locator("#notice")).isEmpty();
            assertThat((List<?>) page.evaluate("said")).isEmpty();
            assertThat(visit.session().get(0).value).isNotEqualTo(session.get(0).value);
            assertThat(visit.complaints()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "C0-26: the page does not cut off its own attempt to be back, which may be the one that renews the session")
    void leavesItsAttemptToReconnectTheWholeTime() {
        try (var chromium = Chromium.launch()) {
            var visit = Visit.to(here, chromium.newPage());
            var page = visit.page();
            page.clock().install();
            visit.logIn(SamplePerson.viewer);
            assertThat(page.locator("#connection")).hasText("Live");
            var streams = new AtomicInteger();
            var cutOff = new ArrayList<String>();
            page.route("**/api/events", unanswered -> streams.incrementAndGet());
            page.onRequestFailed(request -> cutOff.add(request.url()));
            page.waitForCondition(() -> streams.get() == 1, new WaitForConditionOptions().setTimeout(60_000));
            cutOff.clear();

            // Too long since the last heartbeat, and not too long since the end of the stream.
            page.clock().fastForward(SILENCE_MS - 4_000);
            page.evaluate("0");
            assertThat(cutOff).isEmpty();

            page.clock().fastForward(SILENCE_MS);
            page.waitForCondition(() -> streams.get() == 2, new WaitForConditionOptions().setTimeout(60_000));
        }
    }
}

package dev.syncline.dashboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.syncline.Chromium;
import dev.syncline.SignedIn;
import dev.syncline.SteeredSync;
import dev.syncline.dev.SamplePerson;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A dashboard of somebody's own, on another origin that the configuration names; and one that it does not name. */
@QuarkusTest
@TestProfile(OtherOriginTest.Profile.class)
class OtherOriginTest {
    private static final String START = "/api/syncs/steered/runs";
    private static final Map<String, String> ASKED =
            Map.of("X-Requested-With", "XMLHttpRequest", "Content-Type", "application/json", "Idempotency-Key", "one");

    private static Chromium chromium;

    @TestHTTPResource("/")
    URL here;

    @ConfigProperty(name = "quarkus.http.cors.origins")
    String allowed;

    private Elsewhere theirs;
    private Elsewhere stranger;
    private Visit visit;

    public static class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.cors.enabled",
                    "true",
                    "quarkus.http.cors.origins",
                    "http://localhost:" + freePort(),
                    SteeredSync.SETTING,
                    "true");
        }

        private static int freePort() {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

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
        theirs = Elsewhere.at(Integer.parseInt(allowed.substring(allowed.lastIndexOf(':') + 1)));
        stranger = Elsewhere.at(0);
        visit = Visit.to(here, chromium.newContext().newPage());
        visit.logIn(SamplePerson.manager);
        assertThat(visit.page().locator("#connection")).hasText("Live");
    }

    @AfterEach
    void leave() {
        visit.page().context().close();
        theirs.close();
        stranger.close();
    }

    @Test
    void readsWritesAndFollowsWithTheSession() {
        var page = pageAt(theirs.origin("localhost"));

        assertThat(fetched(page, "GET", "/api/me", Map.of()))
                .containsEntry("status", 200)
                .extractingByKey("body")
                .asString()
                .contains("manager@example.org");

        listen(page);
        var started = fetched(page, "POST", START, ASKED);
        assertThat(started).containsEntry("status", 202);
        assertThat((String) started.get("location")).contains("/api/runs/");
        assertThat((String) started.get("requestId")).isNotEmpty();
        assertThat(heard(page)).contains("RUNNING");

        var refused = fetched(page, "POST", START, Map.of("X-Requested-With", "XMLHttpRequest"));
        assertThat(refused).as("a refusal can be read too").containsEntry("status", 409);
    }

    @Test
    void takesABearerTokenFromThere() {
        var page = pageAt(theirs.origin("localhost"));
        page.context().clearCookies();

        var answer = fetched(page, "GET", "/api/me", Map.of("Authorization", SignedIn.bearer(SamplePerson.viewer)));

        assertThat(answer).containsEntry("status", 200);
        assertThat((String) answer.get("body")).contains("viewer@example.org");
    }

    @Test
    void asksEvenAPageThatIsNamedForTheHeader() {
        var page = pageAt(theirs.origin("localhost"));

        assertThat(fetched(page, "POST", START, Map.of("Content-Type", "application/json")))
                .containsEntry("status", 403);
    }

    @Test
    void givesAForeignOriginNothing() {
        for (var origin :
                List.of(stranger.origin("localhost"), stranger.origin("127.0.0.1"), theirs.origin("127.0.0.1"))) {
            var page = pageAt(origin);

            assertThat(fetched(page, "GET", "/api/me", Map.of())).containsOnlyKeys("failed");
            assertThat(fetched(page, "POST", START, ASKED)).containsOnlyKeys("failed");
            listen(page);
            assertThat(heard(page)).isEqualTo("nothing");
        }
    }

    @Test
    void leavesOurOwnPageAsItWas() {
        visit.page().locator("#start-permits").click();

        assertThat(visit.page().locator("#answer-permits")).not().containsText("status 403");
        assertThat(visit.page().locator("#sync-permits .state")).hasText("Failed"); // it has no source here
        assertThat(visit.complaints()).isEmpty();
    }

    private Page pageAt(String origin) {
        var page = visit.page().context().newPage();
        page.navigate(origin);
        return page;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> fetched(Page page, String method, String path, Map<String, String> headers) {
        return (Map<String, Object>) page.evaluate("""
                async ([address, method, headers]) => {
                  try {
                    const answer = await fetch(address, {method, headers, credentials: 'include'});
                    return {
                      status: answer.status,
                      location: answer.headers.get('Location') ?? '',
                      requestId: answer.headers.get('x-request-id') ?? '',
                      body: await answer.text(),
                    };
                  } catch (e) {
                    return {failed: String(e)};
                  }
                }
                """, List.of(visit.home() + path.substring(1), method, headers));
    }

    private void listen(Page page) {
        page.evaluate("""
                address => {
                  window.heard = new Promise(resolve => {
                    const stream = new EventSource(address, {withCredentials: true});
                    stream.addEventListener('run', event => {
                      if (JSON.parse(event.data).state === 'RUNNING') resolve(event.data);
                    });
                    stream.onerror = () => resolve('nothing');
                  });
                }
                """, visit.home() + "api/events?sync=steered");
    }

    private static String heard(Page page) {
        return (String) page.evaluate("window.heard");
    }
}

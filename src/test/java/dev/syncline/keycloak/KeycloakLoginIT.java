package dev.syncline.keycloak;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.restassured.response.Response;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.Chromium;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** People who come with a browser, over Keycloak's own page. */
@NeedsKeycloak
class KeycloakLoginIT {
    static Realm realm;
    static Service service;
    static Chromium chromium;
    static String steady;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        realm = new Realm(KeycloakServer.running());
        steady = realm.createPerson("steady", "Steady@Example.ORG", true, "viewer");
        realm.createPerson("newcomer", "newcomer@example.org", false, "viewer");
        service = new Service(
                realm,
                Map.of(
                        "syncline.identity.allowed-emails",
                        "manager@example.org,viewer@example.org,steadY@example.org,newcomer@example.org"));
        realm.sendBrowsersTo(service.address());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (service != null) {
            service.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    /** From our log-in to Keycloak's page and back. */
    private static void logIn(Page page, String username) {
        page.navigate(service.address() + "/login");
        enter(page, username);
        page.waitForURL(service.address() + "/**");
    }

    private static void enter(Page page, String username) {
        assertThat(page.url()).startsWith(realm.url()).contains("code_challenge_method=S256");
        page.fill("#username", username);
        page.fill("#password", Realm.PASSWORD);
        page.click("#kc-login");
    }

    private static List<Cookie> session(Page page) {
        return page.context().cookies(service.address()).stream()
                .filter(cookie -> cookie.name.startsWith("q_session"))
                .toList();
    }

    private static Map<?, ?> me(Page page) {
        return (Map<?, ?>) page.evaluate("() => fetch('/api/me').then(answer => answer.json())");
    }

    @Test
    @DisplayName(
            "C0-40: a browser logs in by code flow with PKCE, and has a cookie that no script and no other site can use")
    void logsIn() {
        try (Page page = chromium.newPage()) {
            // When
            logIn(page, "manager");

            // Then
            assertThat(page.url()).isEqualTo(service.address() + "/");
            assertThat(session(page)).isNotEmpty().allSatisfy(cookie -> {
                assertThat(cookie.httpOnly).isTrue();
                assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
            });
            assertThat(page.evaluate("document.cookie")).isEqualTo("");
            assertThat(me(page).get("name")).isEqualTo("manager@example.org");
            assertThat(me(page).get("role")).isEqualTo("manager");
        }
    }

    @Test
    @DisplayName("C0-40: the event stream of a page needs the cookie alone")
    void opensTheEventStream() {
        try (Page page = chromium.newPage()) {
            logIn(page, "viewer");
            Object heard = page.evaluate("""
                    () => new Promise((resolve, reject) => {
                      const stream = new EventSource('/api/events');
                      stream.addEventListener('heartbeat', message => resolve(message.data));
                      stream.onerror = () => reject(new Error('no stream'));
                    })""");
            assertThat((String) heard).contains("\"at\"");
        }
    }

    @Test
    @DisplayName("C0-40: logging out ends the session here and at Keycloak, which asks for the password again")
    void logsOut() {
        try (Page page = chromium.newPage()) {
            // Given
            logIn(page, "manager");
            List<Cookie> stolen = session(page);

            // When
            page.click("text=Log out");
            page.waitForURL(service.address() + "/");

            // Then
            page.waitForSelector("text=Log in");
            assertThat(session(page)).isEmpty();

            // When
            page.context().addCookies(stolen);

            // Then
            assertThat(page.evaluate("() => fetch('/api/me').then(answer => answer.status)"))
                    .isEqualTo(401);

            // When
            page.context()
                    .clearCookies(new com.microsoft.playwright.BrowserContext.ClearCookiesOptions()
                            .setName(java.util.regex.Pattern.compile("q_session.*")));
            page.navigate(service.address() + "/login");

            // Then
            assertThat(page.url()).startsWith(realm.url());
            assertThat(page.isVisible("#password")).isTrue();
            enter(page, "viewer");
            page.waitForURL(service.address() + "/**");
            assertThat(me(page).get("name")).isEqualTo("viewer@example.org");
        }
    }

    @Test
    @DisplayName("C0-26, C0-40: a session outlives its token, and ends soon after Keycloak has ended it")
    void renewsTheSession() {
        realm.setTokenLife(Duration.ofSeconds(5));
        try (Page page = chromium.newPage()) {
            // Given: an address in yet another letter case
            logIn(page, "STEADY@example.ORG");
            assertThat(me(page).get("name")).isEqualTo("steady@example.org");
            Object first = me(page).get("expiresAt");

            // When, then
            Awaitility.await("a token that was renewed")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> !first.equals(me(page).get("expiresAt")));
            assertThat(me(page).get("name")).isEqualTo("steady@example.org");

            // When
            realm.endSessions(steady);

            // Then
            Awaitility.await("the end of the session")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> "SESSION_INVALID".equals(me(page).get("reason")));
        } finally {
            realm.setTokenLife(Duration.ofMinutes(5));
        }
    }

    @Test
    @DisplayName("An address that was never verified is refused, in words on the page")
    void refusesAnUnverifiedAddress() {
        try (Page page = chromium.newPage()) {
            logIn(page, "newcomer");
            assertThat(page.textContent("main")).contains("The e-mail address was never verified.");
            assertThat(me(page).get("reason")).isEqualTo("EMAIL_UNVERIFIED");
        }
    }

    @Test
    @DisplayName("As delivered, with TLS ending before the service, Keycloak is told https addresses, and accepts them")
    void tellsHttpsAddresses() throws InterruptedException {
        Map<String, String> delivered = Map.of(
                "quarkus.oidc.authentication.cookie-force-secure", "true",
                "quarkus.oidc.authentication.force-redirect-https-scheme", "true",
                "syncline.identity.allowed-emails", "viewer@example.org");
        try (Service behindTls = new Service(realm, delivered);
                Page page = chromium.newPage()) {
            // Given: nothing takes the browser's https here, so what it would be sent to is carried by hand
            String https = behindTls.address().replace("http://", "https://");
            realm.sendBrowsersTo(https);

            // When
            Response challenge = behindTls.call().redirects().follow(false).get("/login");
            page.navigate(challenge.header("Location"));
            Request back = page.waitForRequest(request -> request.url().startsWith(https), () -> enter(page, "viewer"));
            Response arrival = given().urlEncodingEnabled(false)
                    .redirects()
                    .follow(false)
                    .cookies(challenge.cookies())
                    .get(back.url().replace(https, behindTls.address()));

            // Then
            assertThat(arrival.header("Location"))
                    .as("relative, so it stays with https")
                    .isEqualTo("/");
            assertThat(arrival.detailedCookies().asList())
                    .filteredOn(cookie -> cookie.getName().startsWith("q_session"))
                    .isNotEmpty()
                    .allSatisfy(cookie -> assertThat(cookie.isSecured()).isTrue());

            // When
            String leave =
                    behindTls.call().cookies(arrival.cookies()).post("/logout").header("HX-Redirect");

            // Then
            assertThat(given().urlEncodingEnabled(false)
                            .redirects()
                            .follow(false)
                            .get(leave)
                            .header("Location"))
                    .isEqualTo(https + "/");
        } finally {
            realm.sendBrowsersTo(service.address());
        }
    }
}

package dev.syncline.dashboard;

import java.net.URL;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;

import dev.syncline.dev.SamplePerson;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** A person before a browser, who comes in as people do: by the pages. */
public final class Visit {
    static final String SESSION = "q_session";

    private final Page page;
    private final String home;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Visit(Page page, String home) {
        this.page = page;
        this.home = home;
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.addInitScript(
                "addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.blockedURI))");
    }

    public static Visit to(URL home, Page page) {
        return to("http://localhost:" + home.getPort(), page);
    }

    public static Visit to(String home, Page page) {
        return new Visit(page, home + "/");
    }

    /** By the log-in page and the provider's, to whatever the service answers. */
    public void logIn(SamplePerson person) {
        goToTheProvider();
        page.click("#" + person.name());
    }

    void goToTheProvider() {
        page.navigate(home);
        page.click("a.go");
        assertThat(page.locator("h1")).hasText("Who are you today?");
    }

    public Page page() {
        return page;
    }

    public String home() {
        return home;
    }

    /** What the browser's console and the pages' policy have complained of. */
    public List<String> complaints() {
        return complaints;
    }

    /** A complaint that the test itself has caused. */
    public void expect(String part) {
        complaints.removeIf(complaint -> complaint.contains(part));
    }

    List<Cookie> session() {
        return page.context().cookies(home).stream()
                .filter(cookie -> cookie.name.startsWith(SESSION))
                .toList();
    }
}

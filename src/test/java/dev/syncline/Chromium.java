package dev.syncline;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** This machine's own Chromium, headless. Where there is none, the test is skipped and says so; in CI it fails. */
public final class Chromium implements AutoCloseable {
    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        playwright = Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--disable-gpu", "--disable-background-networking")));
    }

    public static Chromium launch() {
        var executable = find();
        if (executable.isEmpty()) {
            var missing = "no chromium on the PATH: apt-get install --no-install-recommends chromium";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(missing);
            }
            Assumptions.abort(missing);
        }
        return new Chromium(executable.orElseThrow());
    }

    public Page newPage() {
        return newPage(new NewPageOptions());
    }

    /** A page with cookies and cache of its own. */
    public Page newPage(NewPageOptions options) {
        return browser.newPage(options);
    }

    /** Several tabs, which share cookies and cache. */
    public BrowserContext newContext() {
        return browser.newContext();
    }

    @Override
    public void close() {
        playwright.close();
    }

    private static Optional<Path> find() {
        var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}

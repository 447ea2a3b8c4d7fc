package dev.syncline;

import com.microsoft.playwright.Page.AddScriptTagOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BrowserIT {

    @Test
    void runsTheUnpackedHtmx() throws InterruptedException {
        try (var chromium = Chromium.launch();
                var app = PackagedApp.start(TestMongo.settings())) {
            var page = chromium.newPage();
            page.navigate(app.address() + "/q/health/live");
            page.addScriptTag(
                    new AddScriptTagOptions().setUrl(app.address() + "/webjars/htmx.org/2.0.4/dist/htmx.min.js"));
            assertThat(page.evaluate("htmx.version")).isEqualTo("2.0.4");
        }
    }
}

package dev.syncline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import com.microsoft.playwright.Page.AddScriptTagOptions;
import org.junit.jupiter.api.Test;

class BrowserIT {

    @Test
    void runsTheUnpackedHtmx() throws InterruptedException {
        var mongo = Map.of("quarkus.mongodb.connection-string", TestMongo.connectionString());
        try (var chromium = Chromium.launch();
                var app = PackagedApp.start(mongo)) {
            var page = chromium.newPage();
            page.navigate(app.address() + "/q/health/live");
            page.addScriptTag(new AddScriptTagOptions()
                    .setUrl(app.address() + "/webjars/htmx.org/2.0.4/dist/htmx.min.js"));
            assertThat(page.evaluate("htmx.version")).isEqualTo("2.0.4");
        }
    }
}

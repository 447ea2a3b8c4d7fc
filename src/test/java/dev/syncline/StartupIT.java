package dev.syncline;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StartupIT {

    @Test
    void refusesToRunWithoutMongo() throws InterruptedException {
        assertRefusal(Map.of());
    }

    @Test
    void refusesToRunWithABlankConnectionString() throws InterruptedException {
        assertRefusal(Map.of("quarkus.mongodb.connection-string", ""));
    }

    private static void assertRefusal(Map<String, String> settings) throws InterruptedException {
        try (var app = PackagedApp.start(settings)) {
            assertThat(app.exitCode()).isEqualTo(1);
            assertThat(app.output())
                    .containsOnlyOnce("Syncline refuses to start: quarkus.mongodb.connection-string is not set")
                    .contains("QUARKUS_MONGODB_CONNECTION_STRING")
                    .doesNotContain("Exception", "Listening on");
        }
    }
}

package dev.syncline.google;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SheetsAccessTest {
    private static final URI ELSEWHERE = URI.create("http://127.0.0.1:9/proxy");

    private record Home(URI root, String accountKey) implements SheetsHome {}

    private final Optional<SheetsHome> home = Optional.of(new Home(URI.create("http://127.0.0.1:8"), "home-key"));

    @Test
    void withoutSettingsAStandInIsVisited() throws IOException {
        SheetsAccess access = new SheetsAccess(SheetsSettings.none(), home);

        assertThat(access.root()).isEqualTo("http://127.0.0.1:8/");
        assertThat(access.key()).hasValue("home-key");
    }

    @Test
    void withoutAStandInGoogleIsCalledWithADefaultCredential() throws IOException {
        SheetsAccess access = new SheetsAccess(SheetsSettings.none(), Optional.empty());

        assertThat(access.root()).isEqualTo("https://sheets.googleapis.com/");
        assertThat(access.key()).isEmpty();
    }

    @Test
    void whoHasAKeyOfTheirOwnMeansGoogle() throws IOException {
        SheetsAccess access = new SheetsAccess(SheetsSettings.none().withKey("own-key"), home);

        assertThat(access.root()).isEqualTo("https://sheets.googleapis.com/");
        assertThat(access.key()).hasValue("own-key");
    }

    @Test
    void anotherAddressIsShownTheStandInsKey() throws IOException {
        SheetsAccess access = new SheetsAccess(SheetsSettings.none().at(ELSEWHERE), home);

        assertThat(access.root()).isEqualTo("http://127.0.0.1:9/proxy/");
        assertThat(access.key()).hasValue("home-key");
    }

    @Test
    void googleIsNot() throws IOException {
        URI google = URI.create("https://sheets.googleapis.com");

        assertThat(new SheetsAccess(SheetsSettings.none().at(google), home).key())
                .isEmpty();
    }
}

package dev.syncline.google;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("C0-53: a credential that cannot work stops the start of production, and its content is not told")
class SheetsCheckTest {
    @TempDir
    Path directory;

    private final StubGoogle google = new StubGoogle();

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void aGoodKeyIsNoProblem() {
        assertThat(problems(SheetsSettings.at(google.root(), google.accountKey("reader@x")), true))
                .isEmpty();
    }

    @Test
    void applicationDefaultCredentialsAreNoProblem() {
        assertThat(problems(SheetsSettings.none(), true)).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = directory.resolve("none.json");

        assertThat(problems(SheetsSettings.none().withKeyIn(file), true))
                .containsExactly("syncline.google.sheets.credentials-file is no file that can be read: " + file);
    }

    @Test
    void aFileThatIsNoJsonIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("key.json"), "canary-secret");

        assertThat(problems(SheetsSettings.none().withKeyIn(file), true))
                .containsExactly("The file of syncline.google.sheets.credentials-file is no JSON object");
    }

    @Test
    void textThatIsNoKeyIsNamed() {
        assertThat(problems(SheetsSettings.none().withKey("{\"type\": \"canary-secret\"}"), true))
                .containsExactly("The key in syncline.google.sheets.credentials-json is no key of a service account:"
                        + " its type is not service_account");
    }

    @Test
    void bothAreOneTooMany() throws IOException {
        Path file = Files.writeString(directory.resolve("key.json"), google.accountKey("reader@x"));

        assertThat(problems(SheetsSettings.none().withBoth(file, google.accountKey("reader@x")), true))
                .containsExactly("only one of syncline.google.sheets.credentials-file and"
                        + " syncline.google.sheets.credentials-json may be set");
    }

    @Test
    void withoutASheetNothingIsLookedAt() {
        assertThat(problems(SheetsSettings.none().withKey("canary-secret"), false))
                .isEmpty();
    }

    @Test
    void anAddressMustBeOne() {
        assertThat(problems(SheetsSettings.none().at(URI.create("sheets.example.org")), false))
                .containsExactly("syncline.google.sheets.root-url must be an http or https address");
    }

    private static List<String> problems(SheetsConfig settings, boolean isNeeded) {
        return new SheetsCheck(settings, new SheetsAccess(settings, Optional.empty()), new TokenTransport(), isNeeded)
                .problems();
    }
}

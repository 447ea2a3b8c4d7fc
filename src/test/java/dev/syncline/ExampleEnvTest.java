package dev.syncline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S0-17: deploy/example.env has every setting that docs/configuration.md tells")
class ExampleEnvTest {
    private static final Pattern ROW = Pattern.compile(
            "^\\| `syncline\\.[^|]*\\| `(SYNCLINE_[A-Z_]+)` \\|[^|]*\\| (?:–|`([^|]*)`) \\|", Pattern.MULTILINE);
    private static final Pattern SETTING = Pattern.compile("^#?(SYNCLINE_[A-Z_]+)=(.*)$", Pattern.MULTILINE);
    private static final Pattern REQUIRED = Pattern.compile("^([A-Z_]+)=.+$", Pattern.MULTILINE);

    private static String example() throws IOException {
        return Files.readString(Path.of("deploy/example.env"));
    }

    /** As name and default; what has to be set has none. */
    private static List<String> settings(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group(1) + "=" + defaultOf(found))
                .toList();
    }

    private static String defaultOf(MatchResult found) {
        boolean required = found.group().startsWith("SYNCLINE");
        return required || found.group(2) == null ? "" : found.group(2);
    }

    @Test
    void hasEachSettingWithItsDefault() throws IOException {
        assertThat(settings(SETTING, example()))
                .containsExactlyInAnyOrderElementsOf(settings(ROW, Files.readString(Path.of("docs/configuration.md"))));
    }

    @Test
    void asksForWhatProductionDoesNotStartWithout() throws IOException {
        assertThat(REQUIRED.matcher(example()).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrder(
                        "QUARKUS_MONGODB_CONNECTION_STRING",
                        "QUARKUS_OIDC_AUTH_SERVER_URL",
                        "QUARKUS_OIDC_CREDENTIALS_SECRET",
                        "SYNCLINE_IDENTITY_SESSION_SECRET",
                        "SYNCLINE_IDENTITY_ALLOWED_EMAILS");
    }
}

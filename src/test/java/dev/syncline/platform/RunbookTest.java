package dev.syncline.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("Every error code has its page in the runbook, and every page its code")
class RunbookTest {
    private static final Path RUNBOOK = Path.of("docs/runbook");
    private static final String INDEX = "README.md";
    private static final List<String> QUESTIONS =
            List.of("**You see.**", "**Likely causes.**", "**Do.**", "**Goes away.**", "**Written.**");

    @ParameterizedTest
    @EnumSource
    void aPageBeginsWithWhatTheTableSays(ErrorCode code) throws IOException {
        var page = Files.readAllLines(page(code));

        assertThat(page)
                .startsWith(
                        "# " + code.name(),
                        "HTTP %d · %s · %s"
                                .formatted(
                                        code.status(), code.retryable() ? "retryable" : "not retryable", code.title()));
    }

    @ParameterizedTest
    @EnumSource
    void aPageAnswersEachQuestionInTurn(ErrorCode code) throws IOException {
        var answered = Files.readAllLines(page(code)).stream()
                .filter(line -> line.startsWith("**"))
                .map(line -> line.substring(0, line.indexOf("**", 2) + 2));

        assertThat(answered).containsExactlyElementsOf(QUESTIONS);
    }

    @Test
    void theIndexListsTheTableInItsOrder() throws IOException {
        var rows =
                Files.readAllLines(RUNBOOK.resolve(INDEX)).stream().filter(line -> line.matches("\\| [A-Z_]+ \\|.*"));

        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(ErrorCode.values()).map(RunbookTest::row).toList());
    }

    @Test
    void everyPageHasACode() throws IOException {
        try (var files = Files.list(RUNBOOK)) {
            var pages = files.map(file -> file.getFileName().toString()).filter(name -> !name.equals(INDEX));

            assertThat(pages)
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(ErrorCode.values())
                            .map(code -> code.slug() + ".md")
                            .toList());
        }
    }

    @Test
    void aCodeOfSeveralSyncsNamesTheSettingsOfNone() throws IOException {
        assertThat(ErrorCode.INVALID_SYNC_CONFIGURATION.nextStep()).doesNotContain("syncline.roster");
        assertThat(Files.readString(page(ErrorCode.INVALID_SYNC_CONFIGURATION)))
                .contains("SYNCLINE_ROSTER_SHEET_ID", "syncline.writeback.sheet-id");
    }

    private static Path page(ErrorCode code) {
        return RUNBOOK.resolve(code.slug() + ".md");
    }

    private static String row(ErrorCode code) {
        return "| %s | %d | %s | [%s](%s.md) |"
                .formatted(code.name(), code.status(), code.retryable() ? "yes" : "no", code.title(), code.slug());
    }
}

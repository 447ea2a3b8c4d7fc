package dev.syncline.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalTest {
    @ParameterizedTest
    @EnumSource
    @DisplayName("Each reason why somebody is refused stands on the runbook page of its code")
    void isExplained(Refusal reason) throws IOException {
        Path page = Path.of("docs/runbook", reason.code().slug() + ".md");

        assertThat(Files.readString(page)).contains("`" + reason.name() + "`");
    }
}

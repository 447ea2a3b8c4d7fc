package dev.syncline;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("docs/configuration.md tells every setting of ours, with its environment variable and its default")
class ConfigurationTest {
    private static final Path PAGE = Path.of("docs/configuration.md");

    @Test
    void thePageTellsEachSettingOnce() throws IOException {
        var told = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `syncline."))
                .map(line -> List.of(line.split("\\|")))
                .map(cells -> String.join("|", cells.get(1), cells.get(2), cells.get(4)));

        assertThat(told).containsExactlyInAnyOrderElementsOf(settings().toList());
    }

    /** The first cells of a row: property, environment variable, (type,) default. */
    private static Stream<String> settings() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.syncline").stream()
                        .filter(found -> found.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::reflect)
                        .flatMap(mapping -> settings(
                                mapping.getAnnotation(ConfigMapping.class).prefix(), mapping));
    }

    private static Stream<String> settings(String prefix, Class<?> mapping) {
        return Arrays.stream(mapping.getMethods()).flatMap(method -> setting(prefix, method));
    }

    private static Stream<String> setting(String prefix, Method method) {
        String property =
                prefix + "." + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        Class<?> type = method.getReturnType();
        if (type.getName().startsWith("dev.syncline")) {
            return settings(property, type);
        }
        String variable = property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        var value = method.getAnnotation(WithDefault.class);
        return Stream.of(
                " `%s` | `%s` | %s ".formatted(property, variable, value == null ? "–" : "`" + value.value() + "`"));
    }
}

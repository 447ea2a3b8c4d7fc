package dev.syncline;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
        if (method.getReturnType() == Map.class) {
            String entry = property + ".<" + method.getName().replaceAll("s$", "") + ">";
            Class<?> value = argument(method, 1);
            return isOurs(value) ? settings(entry, value) : Stream.of(row(entry, "–"));
        }
        Class<?> type = method.getReturnType() == Optional.class ? argument(method, 0) : method.getReturnType();
        if (isOurs(type) && type.isInterface()) {
            return settings(property, type);
        }
        var value = method.getAnnotation(WithDefault.class);
        return Stream.of(row(property, value == null ? "–" : "`" + value.value() + "`"));
    }

    private static String row(String property, String value) {
        String variable = property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
        return " `%s` | `%s` | %s ".formatted(property, variable, value);
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.syncline");
    }

    /** One of the types in angle brackets; a list stands for its own. */
    private static Class<?> argument(Method method, int position) {
        Type argument = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[position];
        return argument instanceof Class<?> plain ? plain : List.class;
    }
}

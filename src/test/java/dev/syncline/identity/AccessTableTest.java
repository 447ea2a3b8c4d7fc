package dev.syncline.identity;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("C0-41: the table of who may do what")
class AccessTableTest {
    private final AccessTable table = new AccessTable();

    @Test
    @DisplayName("C0-41: it knows every operation of the code, those too that the API description does not show")
    void knowsEveryOperation() {
        Set<String> missing = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.syncline")) {
            if (type.isAnnotatedWith(Path.class) && !type.getPackageName().endsWith(".dev")) {
                type.getMethods().forEach(method -> verb(method).forEach(verb -> {
                    String path = path(type, method);
                    (table.of(verb, path).isPresent() ? known : missing).add(verb + " " + path);
                }));
            }
        }

        assertThat(missing).isEmpty();
        assertThat(known).as("the walk finds them").hasSizeGreaterThan(22);
    }

    private static Stream<String> verb(JavaMethod method) {
        return method.getAnnotations().stream()
                .map(JavaAnnotation::getRawType)
                .filter(annotation -> annotation.isAnnotatedWith(HttpMethod.class))
                .map(annotation -> annotation.getSimpleName());
    }

    private static String path(JavaClass type, JavaMethod method) {
        String first = type.getAnnotationOfType(Path.class).value();
        String second = method.isAnnotatedWith(Path.class)
                ? method.getAnnotationOfType(Path.class).value()
                : "";
        String path = first.replaceAll("/$", "") + second;
        return path.isEmpty() ? "/" : path;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/config/allowlist;x=1",
                "/api/config/allowlist/x",
                "/api/config",
                "/api//runs",
                "/api/runs/a/b",
                "/API/runs",
                "/api/runsx",
                "/dashboard/secret.js",
                "/api/v1/system/health/x",
                "/q",
                "/nothing",
                ""
            })
    @DisplayName("what is not in it stands nowhere")
    void knowsNothingElse(String path) {
        assertThat(table.at(path).rules()).isEmpty();
    }

    @Test
    @DisplayName("a literal address goes before one with a part that may be anything")
    void findsTheNearest() {
        assertThat(table.at("/api/sync/queue").template()).isEqualTo("/api/sync/queue");
        assertThat(table.at("/api/runs/x/sweep").template()).isEqualTo("/api/runs/{id}/sweep");
        assertThat(table.at("/dashboard/syncs/permits").template()).isEqualTo("/dashboard/syncs/{sync}");
        assertThat(table.at("/q/health/live").rules()).containsKey("GET");
    }
}

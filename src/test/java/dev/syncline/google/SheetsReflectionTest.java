package dev.syncline.google;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.api.client.json.GenericJson;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.SheetsRequest;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("Native rule 3: what we use of Google's client is registered for reflection")
class SheetsReflectionTest {
    private static final String CLIENT = "com.google.api.services.sheets";

    @Test
    void everyModelIsRegistered() {
        Set<Class<?>> used = used(GenericJson.class);
        assertThat(used).as("the walk finds them").hasSizeGreaterThan(5);

        assertThat(partsOf(targets(SheetsReflection.Models.class))).containsAll(used);
        assertThat(SheetsReflection.Models.class
                        .getAnnotation(RegisterForReflection.class)
                        .registerFullHierarchy())
                .isTrue();
    }

    @Test
    void everyServiceAndRequestIsRegistered() {
        Set<Class<?>> used = used(SheetsRequest.class);
        assertThat(used).extracting(Class::getSimpleName).contains("Get", "BatchGet");

        List<Class<?>> registered = targets(SheetsReflection.class);

        assertThat(registered).contains(Sheets.class, SheetsRequest.class);
        assertThat(used).allMatch(request -> outermost(request) == Sheets.class || registered.contains(request));
    }

    @Test
    void theModelsAreInTheIndex() {
        var settings = ConfigProvider.getConfig();

        assertThat(settings.getValue("quarkus.index-dependency.google-sheets.group-id", String.class))
                .isEqualTo("com.google.apis");
        assertThat(settings.getValue("quarkus.index-dependency.google-sheets.artifact-id", String.class))
                .isEqualTo("google-api-services-sheets");
    }

    /** Classes of the client that our byte code names. */
    private static Set<Class<?>> used(Class<?> kind) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.syncline").stream()
                        .filter(ours -> !ours.getPackageName().startsWith("dev.syncline.dev"))
                        .flatMap(ours -> ours.getDirectDependenciesFromSelf().stream())
                        .map(Dependency::getTargetClass)
                        .map(JavaClass::getBaseComponentType)
                        .filter(target -> target.getPackageName().startsWith(CLIENT))
                        .map(JavaClass::reflect)
                        .filter(kind::isAssignableFrom)
                        .collect(Collectors.toSet());
    }

    private static List<Class<?>> targets(Class<?> holder) {
        return List.of(holder.getAnnotation(RegisterForReflection.class).targets());
    }

    /** As Quarkus walks them: the types of the fields, and of what they hold. */
    private static Set<Class<?>> partsOf(List<Class<?>> roots) {
        Set<Class<?>> parts = new LinkedHashSet<>(roots);
        Deque<Class<?>> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Arrays.stream(open.pop().getDeclaredFields())
                    .map(Field::getGenericType)
                    .flatMap(SheetsReflectionTest::classes)
                    .filter(type -> type.getName().startsWith(CLIENT))
                    .filter(parts::add)
                    .forEach(open::push);
        }
        return parts;
    }

    private static Stream<Class<?>> classes(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).flatMap(SheetsReflectionTest::classes);
        }
        return type instanceof Class<?> plain ? Stream.of(plain) : Stream.empty();
    }

    private static Class<?> outermost(Class<?> type) {
        return type.getEnclosingClass() == null ? type : outermost(type.getEnclosingClass());
    }
}

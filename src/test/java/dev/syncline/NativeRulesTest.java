package dev.syncline;

import java.lang.annotation.Annotation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorShape;
import dev.syncline.platform.MongoDatabase;

import static org.assertj.core.api.Assertions.assertThat;

/** What a native image would only tell at run time, and partly not at all: types that reflection needs. */
class NativeRulesTest {
    private static final String ROOT = "dev.syncline";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    @DisplayName("Native rule 1: a resource method says what it answers with, and never Response")
    void resourcesNameTheirAnswers() {
        List<JavaMethod> methods = resourceMethods();
        assertThat(methods).as("the walk finds them").hasSizeGreaterThan(12);

        for (JavaMethod method : methods) {
            Set<JavaClass> types = method.getReturnType().getAllInvolvedRawTypes();
            assertThat(types)
                    .as(method.getFullName())
                    .noneMatch(type -> type.isEquivalentTo(Response.class))
                    .noneMatch(type -> type.isEquivalentTo(Object.class));
        }
    }

    private static List<JavaMethod> resourceMethods() {
        return OURS.stream()
                .filter(type -> type.isAnnotatedWith(Path.class) && !isNeverPackaged(type))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getAnnotations().stream()
                        .anyMatch(a -> a.getRawType().isAnnotatedWith(HttpMethod.class)
                                || a.getRawType().getPackageName().equals("jakarta.ws.rs")
                                        && a.getRawType().getSimpleName().matches("GET|POST|PUT|DELETE|PATCH")))
                .toList();
    }

    @Test
    @DisplayName("Native rule 2: what the database driver reads and writes is registered for reflection")
    void storedTypesAreRegistered() {
        Set<JavaClass> stored = new LinkedHashSet<>();
        for (JavaClass type : OURS) {
            boolean opensCollections = type.getMethodCallsFromSelf().stream().anyMatch(NativeRulesTest::namesAType);
            if (opensCollections) {
                type.getReferencedClassObjects().stream()
                        .map(ReferencedClassObject::getRawType)
                        // Its own name is for its log.
                        .filter(raw -> isOurs(raw) && !raw.equals(type))
                        .forEach(stored::add);
            }
        }
        assertThat(stored)
                .extracting(JavaClass::getSimpleName)
                .as("the walk finds them")
                .contains("Change", "Rejection", "Sweep");
        stored.add(OURS.get("dev.syncline.run.Run"));
        assertRegistered(stored);
    }

    /** {@code collection(name, type)}, but for the one place that passes it on. */
    private static boolean namesAType(JavaMethodCall call) {
        boolean isOpened = call.getTarget().getName().equals("collection")
                || call.getTarget().getName().equals("getCollection");
        return isOpened
                && call.getTarget().getRawParameterTypes().size() == 2
                && !call.getOriginOwner().isEquivalentTo(MongoDatabase.class);
    }

    @Test
    @DisplayName(
            "Native rule 2: what an error, a message of the stream or a refusal carries is registered for reflection")
    void answersWithoutASignatureAreRegistered() {
        Set<JavaClass> written = new LinkedHashSet<>();
        // An error's body is an Object to its mapper: the bodies of all families.
        OURS.stream()
                .filter(type -> type.isAssignableTo(ErrorShape.class) && !type.isInterface())
                .flatMap(NativeRulesTest::recordsInside)
                .forEach(written::add);
        assertThat(written).extracting(JavaClass::getSimpleName).contains("Body");
        for (String name : List.of(
                "platform.Problem",
                "identity.Envelope",
                "notify.Call",
                "status.RunView",
                "status.StreamEvent$Heartbeat",
                "status.ActiveRun")) {
            written.add(OURS.get(ROOT + "." + name));
        }
        assertRegistered(written);
    }

    @Test
    @DisplayName("Native rule 2: nobody else writes or reads JSON by an ObjectMapper, or answers with an unknown type")
    void nothingElseIsHidden() {
        Set<String> mappers = new LinkedHashSet<>();
        Set<String> unknownAnswers = new LinkedHashSet<>();
        for (JavaClass type : OURS) {
            boolean maps = type.getMethodCallsFromSelf().stream()
                    .map(call -> call.getTargetOwner())
                    .anyMatch(owner -> owner.isEquivalentTo(ObjectMapper.class)
                            || owner.isEquivalentTo(ObjectReader.class)
                            || owner.isEquivalentTo(ObjectWriter.class));
            if (maps && !isNeverPackaged(type)) {
                mappers.add(type.getSimpleName());
            }
            type.getMethods().stream()
                    .filter(method -> method.isAnnotatedWith(ServerExceptionMapper.class))
                    .forEach(method -> unknownAnswers.add(type.getSimpleName()));
        }
        // DeviceBaseline and Intake read trees alone, which need no type of ours.
        assertThat(mappers).containsOnly("BareAnswers", "Notices", "DeviceBaseline", "Intake");
        assertThat(unknownAnswers).containsOnly("ErrorAnswers");
    }

    private static boolean isNeverPackaged(JavaClass type) {
        return (type.getPackageName() + ".").startsWith(ROOT + ".dev.");
    }

    private static Stream<JavaClass> recordsInside(JavaClass outer) {
        return OURS.stream()
                .filter(type -> type.isRecord()
                        && type.getEnclosingClass().filter(outer::equals).isPresent());
    }

    /** The type and all that it is made of: itself, or by the hierarchy of a type that leads to it. */
    private static void assertRegistered(Set<JavaClass> types) {
        for (JavaClass type : types) {
            assertThat(registration(type)).as(type.getName()).isNotNull();
            for (JavaClass part : partsOf(type)) {
                boolean covered = fullHierarchy(type) || registration(part) != null;
                assertThat(covered)
                        .as(part.getName() + ", a part of " + type.getName())
                        .isTrue();
            }
        }
    }

    private static Annotation registration(JavaClass type) {
        return type.isAnnotatedWith(RegisterForReflection.class)
                ? type.getAnnotationOfType(RegisterForReflection.class)
                : null;
    }

    private static boolean fullHierarchy(JavaClass type) {
        return type.getAnnotationOfType(RegisterForReflection.class).registerFullHierarchy();
    }

    private static Set<JavaClass> partsOf(JavaClass type) {
        Set<JavaClass> parts = new LinkedHashSet<>();
        Deque<JavaClass> open = new ArrayDeque<>(List.of(type));
        while (!open.isEmpty()) {
            open.pop().getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .flatMap(field -> field.getType().getAllInvolvedRawTypes().stream())
                    .filter(NativeRulesTest::isOurs)
                    .filter(parts::add)
                    .forEach(open::push);
        }
        return parts;
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(ROOT);
    }
}

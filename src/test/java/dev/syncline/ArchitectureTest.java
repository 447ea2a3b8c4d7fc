package dev.syncline;

import java.util.Collection;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.groups.UniAwait;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.run.RunCoordinator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/** The arrows between the packages, and what the compiler cannot forbid. A package nobody has written yet is fine. */
class ArchitectureTest {
    private static final String ROOT = "dev.syncline";

    private static final Set<String> CORE =
            Set.of("run", "ingest", "source", "google", "status", "identity", "platform");
    private static final Set<String> AROUND = Set.of("notify", "dashboard");
    /** One external system each. A new one belongs here, and nowhere else. */
    private static final Set<String> FEATURES = Set.of("roster", "permits", "writeback", "projects", "contacts");

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static Stream<Arguments> arrows() {
        var core = Stream.of(
                Arguments.of("platform", Set.of()),
                Arguments.of("google", Set.of("platform")),
                Arguments.of("source", Set.of("google", "platform")),
                Arguments.of("ingest", Set.of("source", "platform")),
                Arguments.of("run", Set.of("ingest", "source", "platform")),
                Arguments.of("identity", Set.of("platform")),
                Arguments.of("status", Set.of("run", "ingest", "identity", "platform")));
        var around = AROUND.stream().map(name -> Arguments.of(name, union(CORE, AROUND)));
        var features = FEATURES.stream().map(name -> Arguments.of(name, union(CORE, AROUND)));
        return Stream.of(core, around, features).flatMap(arguments -> arguments);
    }

    @ParameterizedTest(name = "{0} uses {1} alone")
    @MethodSource("arrows")
    void usesAlone(String name, Set<String> allowed) {
        var mayUse = union(allowed, Set.of(name)).stream().map(ArchitectureTest::packages);
        check(classes()
                .that()
                .resideInAPackage(packages(name))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(mayUse.toArray(String[]::new)).or(not(resideInAPackage(ROOT + "..")))));
    }

    @Test
    void isMadeOfThesePackages() {
        var known = union(union(CORE, AROUND), union(FEATURES, Set.of("dev")));
        var found = OURS.stream()
                .map(ours -> ours.getPackageName().substring(ROOT.length()).split("\\."))
                .map(names -> names.length > 1 ? names[1] : "classes outside of a package")
                .distinct();
        assertThat(found).isSubsetOf(known);
    }

    @Test
    void hasNoCycles() {
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void doesNotBlock() {
        check(noClasses()
                .that(not(resideInAPackage(packages("dev"))))
                .and(not(assignableTo(RunCoordinator.class)))
                .should()
                .dependOnClassesThat(assignableTo(UniAwait.class))
                .because("only the end of the process, which hands its runs over, waits"));
        check(noClasses().should().callMethod(Thread.class, "sleep", long.class));
        check(noClasses().should().callMethod(TimeUnit.class, "sleep", long.class));
        check(noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED));
    }

    @Test
    void namesThings() {
        check(noClasses().should().haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto)(\\$.*)?"));
        check(noClasses().should().haveSimpleNameStartingWith("Abstract"));
        check(noClasses().should().resideInAnyPackage("..util..", "..common..", "..service..", "..dto.."));
    }

    @Test
    void saysWhatMayBeNull() {
        var unmarked = OURS.stream()
                .map(ours -> ours.getPackage())
                .filter(ours -> !ours.isAnnotatedWith(NullMarked.class))
                .map(ours -> ours.getName());
        assertThat(unmarked).as("packages without a @NullMarked package-info").isEmpty();
    }

    @Test
    void canBecomeANativeImage() {
        check(methods()
                .that()
                .areDeclaredInClassesThat()
                .areAnnotatedWith(Path.class)
                .should()
                .notHaveRawReturnType(Response.class)
                .because("the type of its entity would be unknown to the image: return RestResponse<T>"));
        check(noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(assignableTo(Random.class))
                .because("its seed would be part of the image"));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }

    private static String packages(String name) {
        return ROOT + "." + name + "..";
    }

    private static Set<String> union(Collection<String> some, Collection<String> others) {
        var all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}

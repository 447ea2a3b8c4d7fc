package dev.syncline.roster;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.roster.ColumnDefinition.DataType;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S0-46: placeholders")
class AnonymizerTest {
    private final Anonymizer anonymizer = new Anonymizer("a secret of the placeholders in tests");

    @Test
    @DisplayName("S0-46: 10,000 devices share no placeholder, in no field and not between fields")
    void givesEachDeviceItsOwn() {
        Set<String> placeholders = new HashSet<>();

        IntStream.range(0, 10_000).mapToObj(i -> "serial-" + i).forEach(serial -> {
            placeholders.add(anonymizer.placeholder(serial, "assignedTo"));
            placeholders.add(anonymizer.placeholder(serial, "legacyDeviceId"));
            placeholders.add(anonymizer.placeholder(serial, "dynamicAttributes.office"));
        });

        assertThat(placeholders).hasSize(30_000).allMatch(text -> text.matches("Anon-[A-Z2-7]{12}"));
    }

    @Property
    @Label("S0-46: a placeholder stays the same, whatever the value is")
    void isStable(@ForAll String serial, @ForAll String one, @ForAll String other) {
        assertThat(anonymizer.shown(serial, "assignedTo", one))
                .isEqualTo(anonymizer.shown(serial, "assignedTo", other))
                .isEqualTo(new Anonymizer("a secret of the placeholders in tests").placeholder(serial, "assignedTo"));
    }

    @Test
    @DisplayName("S0-46: without the key nobody can make the placeholder of a device")
    void dependsOnTheKey() {
        Anonymizer other = new Anonymizer("another secret of the placeholders in tests");

        assertThat(other.placeholder("abc-1", "assignedTo"))
                .isNotEqualTo(anonymizer.placeholder("abc-1", "assignedTo"));
        assertThat(other.contentHash("abc-1", "ab")).isNotEqualTo(anonymizer.contentHash("abc-1", "ab"));
    }

    @Test
    void tellsByTheHashThatADeviceHasChangedAndNothingElse() {
        assertThat(anonymizer.contentHash("abc-1", "ab"))
                .matches("[0-9a-f]{64}")
                .isEqualTo(anonymizer.contentHash("abc-1", "ab"))
                .isNotEqualTo(anonymizer.contentHash("abc-1", "cd"))
                .isNotEqualTo(anonymizer.contentHash("abc-2", "ab"));
    }

    @Test
    void hidesTextOfAttributesAlone() {
        assertThat(anonymizer.shown("a", "dynamicAttributes.office", "Room 7")).isNotEqualTo("Room 7");
        assertThat(anonymizer.shown("a", "dynamicAttributes.price", 12L)).isEqualTo(12L);
        assertThat(anonymizer.shown("a", "dynamicAttributes.insured", true)).isEqualTo(true);
        assertThat(anonymizer.shown("a", "dynamicAttributes.office", null)).isNull();
        assertThat(anonymizer.shown("a", "assignedTo", null)).isNull();
        assertThat(anonymizer.text("a", "offboardingMetadata", "{lastActor=Bea}"))
                .startsWith("Anon-");
        assertThat(anonymizer.text("a", "dynamicAttributes", "{office=Room 7}")).startsWith("Anon-");
        assertThat(anonymizer.shown("a", "status", "In Use")).isEqualTo("In Use");
    }

    @Test
    void coversWhatMayBeHidden() {
        assertThat(anonymizer.covers("assignedTo", null)).isTrue();
        assertThat(anonymizer.covers("status", null)).isFalse();
        assertThat(anonymizer.covers("dynamicAttributes.x", DataType.string)).isTrue();
        assertThat(anonymizer.covers("dynamicAttributes.x", DataType.date)).isTrue();
        assertThat(anonymizer.covers("dynamicAttributes.x", DataType.unknown)).isTrue();
        assertThat(anonymizer.covers("dynamicAttributes.x", DataType.number)).isFalse();
        assertThat(anonymizer.covers("dynamicAttributes.x", DataType.bool)).isFalse();
    }
}

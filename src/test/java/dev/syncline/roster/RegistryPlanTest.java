package dev.syncline.roster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.roster.ColumnChange.Renamed;
import dev.syncline.roster.ColumnDefinition.DataType;

import static dev.syncline.roster.Columns.MONDAY;
import static dev.syncline.roster.Columns.TUESDAY;
import static dev.syncline.roster.Columns.seen;
import static dev.syncline.roster.Columns.stored;
import static dev.syncline.roster.Tab.withHeader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class RegistryPlanTest {
    private static final Tab BEFORE = withHeader("Serial", "Price", "Colour").row("a", 1, "red");

    @Test
    @DisplayName("S0-39: the first run's columns are a baseline, and no change")
    void theFirstRunIsABaseline() {
        RegistryPlan plan = RegistryPlan.of(Tab.SHEET, List.of(), seen(BEFORE), "run-1", MONDAY);

        assertThat(plan.change()).isEmpty();
        assertThat(plan.version()).matches("registry-3-[0-9a-f]{40}");
        assertThat(plan.writes())
                .contains(new ColumnDefinition(
                        "sheet-1:price",
                        "sheet-1",
                        "price",
                        "Price",
                        2,
                        DataType.number,
                        false,
                        false,
                        MONDAY,
                        MONDAY,
                        null,
                        plan.version()))
                .extracting(ColumnDefinition::columnKey, ColumnDefinition::displayOrder, ColumnDefinition::declared)
                .containsExactly(tuple("serial", 1, true), tuple("price", 2, false), tuple("colour", 3, false));
    }

    static List<Arguments> changes() {
        return List.of(
                arguments(
                        "added behind",
                        labels("Serial", "Price", "Colour", "Size"),
                        List.of("Size"),
                        List.of(),
                        List.of()),
                arguments(
                        "added between",
                        labels("Serial", "Size", "Price", "Colour"),
                        List.of("Size"),
                        List.of(),
                        List.of()),
                arguments("removed behind", labels("Serial", "Price"), List.of(), List.of("Colour"), List.of()),
                arguments("removed between", labels("Serial", "Colour"), List.of(), List.of("Price"), List.of()),
                arguments(
                        "renamed",
                        labels("Serial", "Cost", "Colour"),
                        List.of(),
                        List.of(),
                        List.of(new Renamed("Price", "Cost"))),
                arguments(
                        "renamed and added",
                        labels("Serial", "Cost", "Colour", "Size"),
                        List.of("Size"),
                        List.of(),
                        List.of(new Renamed("Price", "Cost"))),
                arguments(
                        "renamed and removed",
                        labels("Serial", "Cost"),
                        List.of(),
                        List.of("Colour"),
                        List.of(new Renamed("Price", "Cost"))),
                arguments(
                        "one moved to where another was removed",
                        labels("Serial", "Colour", "Size"),
                        List.of("Size"),
                        List.of("Price"),
                        List.of()),
                arguments(
                        "a declared one renamed",
                        labels("Asset", "Price", "Colour", "Device ID"),
                        List.of("Device ID"),
                        List.of(),
                        List.of(new Renamed("Serial", "Asset"))));
    }

    private static List<String> labels(String... labels) {
        return List.of(labels);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    @DisplayName("S0-39: columns that were added, removed and renamed")
    void findsWhatChanged(
            String what, List<String> labels, List<String> added, List<String> removed, List<Renamed> renamed) {
        ColumnChange change =
                plan(stored(BEFORE), withHeader(labels.toArray())).change().orElseThrow();

        assertThat(change)
                .extracting(ColumnChange::run, ColumnChange::sheetId, ColumnChange::at)
                .containsExactly("run-2", "sheet-1", TUESDAY);
        assertThat(change.removed()).isEqualTo(removed);
        assertThat(change.added()).isEqualTo(added);
        assertThat(change.renamed()).isEqualTo(renamed);
        assertThat(change.versionBefore()).startsWith("registry-3-");
        assertThat(change.versionAfter())
                .startsWith("registry-" + labels.size() + "-")
                .isNotEqualTo(change.versionBefore());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    @DisplayName("S0-39: a change is told once, and a rename not again on the next run")
    void tellsOfAChangeOnce(String what, List<String> labels) {
        Tab after = withHeader(labels.toArray());
        List<ColumnDefinition> written = after(stored(BEFORE), plan(stored(BEFORE), after));

        RegistryPlan again = plan(written, after);

        assertThat(again.change()).isEmpty();
        assertThat(again.writes()).isEmpty();
    }

    @Test
    @DisplayName("S0-39: back to the old name is a rename too, and the column keeps the day of its first detection")
    void tellsOfARenameBack() {
        Tab renamed = withHeader("Serial", "Cost", "Colour");
        List<ColumnDefinition> written = after(stored(BEFORE), plan(stored(BEFORE), renamed));

        RegistryPlan back = plan(written, BEFORE);

        assertThat(back.change().orElseThrow().renamed()).containsExactly(new Renamed("Cost", "Price"));
        assertThat(back.writes())
                .filteredOn(column -> column.columnKey().equals("price"))
                .singleElement()
                .extracting(ColumnDefinition::detectedAt, ColumnDefinition::lastSeenAt, ColumnDefinition::removedAt)
                .containsExactly(MONDAY, TUESDAY, null);
        assertThat(back.writes())
                .filteredOn(column -> column.columnKey().equals("cost"))
                .singleElement()
                .extracting(ColumnDefinition::removedAt)
                .isEqualTo(TUESDAY);
    }

    @Test
    @DisplayName("S0-31: what cells are made of changes no version and makes no change; only that column is written")
    void knowsNothingOfTypesInTheVersion() {
        Tab otherTypes =
                withHeader("Serial", "Price", "Colour").row("a", "cheap", "red").row("b", null, "blue");

        RegistryPlan plan = plan(stored(BEFORE), otherTypes);

        assertThat(plan.change()).isEmpty();
        assertThat(plan.version()).isEqualTo(stored(BEFORE).get(0).sourceVersion());
        assertThat(plan.writes())
                .singleElement()
                .extracting(ColumnDefinition::columnKey, ColumnDefinition::dataType, ColumnDefinition::nullable)
                .containsExactly("price", DataType.string, true);
    }

    @Test
    void aMovedColumnIsWrittenAndNoChange() {
        RegistryPlan plan =
                plan(stored(BEFORE), withHeader("Serial", "Colour", "Price").row("a", "red", 1));

        assertThat(plan.change()).isEmpty();
        assertThat(plan.version()).isNotEqualTo(stored(BEFORE).get(0).sourceVersion());
        assertThat(plan.writes())
                .extracting(ColumnDefinition::columnKey, ColumnDefinition::displayOrder)
                .containsExactly(tuple("serial", 1), tuple("colour", 2), tuple("price", 3));
    }

    @Test
    void attributesOfABaselineAreKnownOnce() {
        RegistryPlan plan = RegistryPlan.remembering(List.of("price", "size"), stored(BEFORE), TUESDAY);

        assertThat(plan.writes())
                .singleElement()
                .extracting(ColumnDefinition::id, ColumnDefinition::removedAt)
                .containsExactly("baseline:size", TUESDAY);
        List<ColumnDefinition> all = after(stored(BEFORE), plan);
        assertThat(RegistryPlan.attributesIn(all)).containsExactlyInAnyOrder("price", "colour", "size");
        assertThat(RegistryPlan.remembering(List.of("price", "size"), all, TUESDAY)
                        .writes())
                .isEmpty();
    }

    @Test
    void infersTypesFromTheFirst32CellsThatAreNotBlankAndFromAnyLaterText() {
        Tab tab = withHeader("Serial", "Number", "Text", "Box", "Day", "Iso", "Mixed", "Late", "None", "Failed")
                .showingDatesIn(4);
        for (int i = 0; i < 40; i++) {
            tab = tab.row(
                    i,
                    1.5,
                    "x",
                    true,
                    46053,
                    "2026-01-31",
                    i % 2 == 0 ? 1 : "x",
                    i < 32 ? (Object) 1 : "x",
                    null,
                    "#N/A");
        }

        assertThat(seen(tab.row(1, 1, null)))
                .extracting(SeenColumn::columnKey, SeenColumn::dataType, SeenColumn::nullable)
                .containsExactly(
                        tuple("serial", DataType.string, false),
                        tuple("number", DataType.number, false),
                        tuple("text", DataType.string, true),
                        tuple("box", DataType.bool, true),
                        tuple("day", DataType.date, true),
                        tuple("iso", DataType.date, true),
                        tuple("mixed", DataType.unknown, true),
                        tuple("late", DataType.unknown, true),
                        tuple("none", DataType.none, true),
                        tuple("failed", DataType.none, true));
    }

    private static RegistryPlan plan(List<ColumnDefinition> known, Tab tab) {
        return RegistryPlan.of(Tab.SHEET, known, seen(tab), "run-2", TUESDAY);
    }

    private static List<ColumnDefinition> after(List<ColumnDefinition> before, RegistryPlan plan) {
        Map<String, ColumnDefinition> all = new LinkedHashMap<>();
        before.forEach(column -> all.put(column.id(), column));
        plan.writes().forEach(column -> all.put(column.id(), column));
        return new ArrayList<>(all.values());
    }
}

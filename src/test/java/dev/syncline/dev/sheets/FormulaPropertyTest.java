package dev.syncline.dev.sheets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class FormulaPropertyTest {
    @Property
    void isTheSameAfterARowCameAndWent(
            @ForAll @IntRange(max = 50) int at,
            @ForAll @IntRange(min = 1, max = 50) int from,
            @ForAll @IntRange(max = 20) int more) {
        var sheet = new Sheet(1, "First", new Grid(100, 26));
        var formula = Formula.of("=SUM(A%d:B%d)&$C%d".formatted(from, from + more, from));
        var moved = sheet.shifted(formula, sheet, new Shift(true, at, 1));
        assertThat(sheet.shifted(moved, sheet, new Shift(true, at, -1))).isEqualTo(formula);
    }
}

package dev.syncline.dev.sheets;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class A1RangePropertyTest {
    private static final Grid GRID = new Grid(1_000, 26);

    @Property
    void findsAColumnByItsName(@ForAll @IntRange(max = 18_277) int column) {
        assertThat(A1.column(A1.letters(column))).isEqualTo(column);
    }

    @Property
    void readsWhatItWrites(
            @ForAll @IntRange(max = 999) int top,
            @ForAll @IntRange(max = 25) int left,
            @ForAll @IntRange(max = 999) int bottom,
            @ForAll @IntRange(max = 25) int right,
            @ForAll String tab) {
        var area = new Area(
                Math.min(top, bottom), Math.min(left, right), Math.max(top, bottom) + 1, Math.max(left, right) + 1);
        String title = "x" + tab.replaceAll("[\\n\\r\\u0085\\u2028\\u2029]", "");
        var range = A1Range.parse(area.a1(title));
        assertThat(range.tab()).isEqualTo(title);
        assertThat(range.in(title, GRID)).isEqualTo(area);
    }
}

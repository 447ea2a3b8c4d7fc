package dev.syncline.source;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

class SheetRangePropertyTest {
    @Property
    @Label("letters count columns as digits count other things, without a zero")
    void lettersCount(@ForAll @IntRange(min = 0, max = 18_277) int column) {
        int counted = 0;
        for (char letter : SheetRange.letters(column).toCharArray()) {
            counted = counted * 26 + letter - 'A' + 1;
        }
        assertThat(counted - 1).isEqualTo(column);
    }
}

package dev.syncline.ingest;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KeyIndexTest {
    private final KeyIndex index = new KeyIndex();

    @Test
    @DisplayName("S1-28: of several rows with one key the highest rank wins, wherever it stands")
    void highestRankWins() {
        index.add("a", 7);
        index.add("b", 1);
        index.add("a", 9);
        index.add("a", 8);

        assertThat(List.of(index.wins("a", 0), index.wins("a", 2), index.wins("a", 3)))
                .containsExactly(false, true, false);
        assertThat(index.wins("b", 1)).isTrue();
    }

    @Test
    void ofEqualRanksTheLaterWins() {
        index.add("a", Long.MIN_VALUE);
        index.add("a", Long.MIN_VALUE);

        assertThat(index.wins("a", 0)).isFalse();
        assertThat(index.wins("a", 1)).isTrue();
    }

    @Test
    void countsRowsWithoutAKeySoThatPlacesStay() {
        index.skip();
        index.add("a", 1);

        assertThat(index.wins("a", 1)).isTrue();
        assertThat(index.rows()).isEqualTo(2);
        assertThat(index.contains("a")).isTrue();
        assertThat(index.contains("b")).isFalse();
    }

    @Test
    void noticesAKeyThatWasNotThere() {
        index.add("a", 1);

        assertThatExceptionOfType(SyncException.class)
                .isThrownBy(() -> index.wins("b", 0))
                .satisfies(changed -> assertThat(changed.code()).isEqualTo(ErrorCode.SOURCE_CHANGED));
    }

    @Test
    void holdsAWholeFeed() {
        for (int i = 0; i < 237_000; i++) {
            index.add("21 %06d BLD--00".formatted(i), i);
        }

        assertThat(index.rows()).isEqualTo(237_000);
        assertThat(index.wins("21 236999 BLD--00", 236_999)).isTrue();
        assertThat(index.contains("21 237000 BLD--00")).isFalse();
    }
}

package dev.syncline.permits;

import java.math.BigDecimal;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.syncline.permits.QualityScore.Band;
import dev.syncline.permits.QualityScore.Counts;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("S1-34 (quality): the score")
class QualityScoreTest {
    @ParameterizedTest(name = "{0}: {11}, {12}")
    @CsvSource(textBlock = """
            # example              active trades enriched builders parcel area geocoded linked coa  | points                                        score  band
            everything there,        1000,  1000,     200,     200,  1000, 1000,   1000,    50,  50, 25 + 20 + 15 + 15 + 15 + 10,                    100.0, green
            a common day,            1000,   900,     120,     200,   700,  800,    960,    30,  40, 22.5 + 12 + 10.5 + 12 + 14.4 + 7.5,              78.9, yellow
            no builders and no CoA,  3000,  2000,       0,       0,  1000, 1500,   2000,     0,   0, 16.667 + 0 + 5 + 7.5 + 10 + 0,                   39.2, red
            no permit is active,        0,     0,     120,     200,     0,    0,      0,    30,  40, nothing to measure by,                              ,
            """)
    @DisplayName("S1-34: four examples, no active permit among them")
    void isTheWeightedSum(
            String example,
            long active,
            long trades,
            long enriched,
            long builders,
            long parcel,
            long area,
            long geocoded,
            long linked,
            long coa,
            String points,
            BigDecimal score,
            Band band) {
        QualityScore found =
                QualityScore.of(new Counts(active, trades, builders, enriched, parcel, area, geocoded, coa, linked));

        assertThat(found.value()).isEqualTo(score);
        assertThat(found.band()).isEqualTo(band);
        assertThat(found.reason()).isEqualTo(score == null ? "no permit is active" : null);
    }

    @ParameterizedTest
    @CsvSource({
        "8000, 80.0, green",
        "7995, 80.0, green",
        "7994, 79.9, yellow",
        "6000, 60.0, yellow",
        "5994, 59.9, orange",
        "4000, 40.0, orange",
        "3994, 39.9, red",
        "0, 0.0, red"
    })
    void belongsToABand(long shareOfEach, BigDecimal score, Band band) {
        QualityScore found = QualityScore.of(new Counts(
                10_000,
                shareOfEach,
                10_000L,
                shareOfEach,
                shareOfEach,
                shareOfEach,
                shareOfEach,
                10_000L,
                shareOfEach));

        assertThat(found.value()).isEqualTo(score);
        assertThat(found.band()).isEqualTo(band);
    }

    @Test
    void staysBetweenZeroAndAHundred() {
        assertThat(QualityScore.of(new Counts(10, 900L, 10L, 900L, 900L, 900L, 900L, 10L, 900L))
                        .value())
                .isEqualTo("100.0");
        assertThat(QualityScore.of(new Counts(10, -900L, 10L, -900L, -900L, -900L, -900L, 10L, -900L))
                        .value())
                .isEqualTo("0.0");
    }

    @Test
    void isNotToldOfWhatIsNotThere() {
        assertThat(QualityScore.of(Counts.ofPermitsAlone(1000)))
                .isEqualTo(new QualityScore(
                        null,
                        null,
                        "it needs what this service does not hold: trades, builders, parcels, neighbourhoods, coordinates,"
                                + " CoA applications"));
        assertThat(QualityScore.of(new Counts(1000, 900L, 200L, 120L, null, 800L, 960L, null, 30L)))
                .isEqualTo(new QualityScore(
                        null, null, "it needs what this service does not hold: parcels, CoA applications"));
    }
}

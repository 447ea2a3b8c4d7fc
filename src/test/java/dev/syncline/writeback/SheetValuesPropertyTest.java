package dev.syncline.writeback;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.bson.types.Decimal128;

import static org.assertj.core.api.Assertions.assertThat;

class SheetValuesPropertyTest {
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);
    /** From 1900-01-01 to 9999-12-31. */
    private static final int FIRST = 2;

    private static final int LAST = 2_958_465;
    private static final BigInteger FIFTEEN_DIGITS = BigInteger.TEN.pow(15).subtract(BigInteger.ONE);

    @Property
    @Label("S2-35: each day is the sheet's number of it, as text and as midnight in UTC, in every zone")
    void aDayStaysItself(@ForAll @IntRange(min = FIRST, max = LAST) int serial, @ForAll("zones") ZoneId zone) {
        LocalDate day = DAY_ZERO.plusDays(serial);

        assertThat(SheetDay.of(day.toString(), zone)).isEqualTo(serial);
        assertThat(SheetDay.of(Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant()), zone))
                .isEqualTo(serial);
    }

    @Property
    @Label("S2-35: an instant falls on the day that the business zone's clock shows, unless it is midnight in UTC")
    void anInstantIsADayOfTheZone(
            @ForAll @LongRange(min = -2_208_000_000_000L, max = 4_102_444_800_000L) long millis,
            @ForAll("zones") ZoneId zone) {
        Instant instant = Instant.ofEpochMilli(millis);
        boolean isMidnight = instant.atOffset(ZoneOffset.UTC).toLocalTime().equals(LocalTime.MIDNIGHT);
        LocalDate expected = instant.atZone(isMidnight ? ZoneOffset.UTC : zone).toLocalDate();

        assertThat(DAY_ZERO.plusDays((long) SheetDay.of(Date.from(instant), zone)))
                .isEqualTo(expected);
    }

    @Property
    @Label("S2-35: an amount of up to 15 digits comes back from the sheet's double as it was")
    void anAmountComesBack(@ForAll("amounts") BigDecimal amount) {
        double kept = SheetNumber.amount(new Decimal128(amount), 10);

        assertThat(new BigDecimal(Double.toString(kept))).isEqualByComparingTo(amount);
        assertThat(SheetNumber.amount(amount.toPlainString(), 10)).isEqualTo(kept);
    }

    @Property
    @Label("S2-35: rounding moves an amount by half a unit of its last place at most, and never twice")
    void roundingIsSmallAndFinal(@ForAll("amounts") BigDecimal amount, @ForAll @IntRange(max = 4) int decimals) {
        BigDecimal rounded = BigDecimal.valueOf(SheetNumber.amount(amount, decimals));

        assertThat(rounded).isEqualByComparingTo(amount.setScale(decimals, RoundingMode.HALF_UP));
        assertThat(rounded.subtract(amount).abs().movePointRight(decimals)).isLessThanOrEqualTo(new BigDecimal("0.5"));
        assertThat(SheetNumber.amount(rounded, decimals)).isEqualTo(rounded.doubleValue());
    }

    @Property
    @Label("S2-35: a whole number comes back from the sheet's double as it was")
    void aWholeNumberComesBack(
            @ForAll @LongRange(min = -999_999_999_999_999L, max = 999_999_999_999_999L) long number) {
        assertThat((long) SheetNumber.whole(number)).isEqualTo(number);
    }

    @Provide
    Arbitrary<BigDecimal> amounts() {
        return Arbitraries.bigIntegers()
                .between(FIFTEEN_DIGITS.negate(), FIFTEEN_DIGITS)
                .flatMap(digits -> Arbitraries.integers().between(0, 10).map(scale -> new BigDecimal(digits, scale)));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("Asia/Ho_Chi_Minh", "America/Toronto", "Pacific/Apia", "Etc/GMT+12", "Asia/Kathmandu")
                .map(ZoneId::of);
    }
}

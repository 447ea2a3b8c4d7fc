package dev.syncline.permits;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How complete the data around the active permits is, from 0 to 100 with one decimal (S1, Spec 28), or why that cannot be
 * told.
 *
 * @param reason why there is no value; null where there is one
 */
public record QualityScore(
        @Nullable BigDecimal value,
        @Nullable Band band,
        @Nullable String reason) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** What a score is taken for at a glance. */
    public enum Band {
        green,
        yellow,
        orange,
        red;

        private static Band of(BigDecimal score) {
            if (score.compareTo(BigDecimal.valueOf(80)) >= 0) {
                return green;
            }
            if (score.compareTo(BigDecimal.valueOf(60)) >= 0) {
                return yellow;
            }
            return score.compareTo(BigDecimal.valueOf(40)) >= 0 ? orange : red;
        }
    }

    /** What the score is made of; null is what nobody has counted. */
    record Counts(
            long active,
            @Nullable Long withTrades,
            @Nullable Long buildersTotal,
            @Nullable Long buildersEnriched,
            @Nullable Long withParcel,
            @Nullable Long withNeighbourhood,
            @Nullable Long geocoded,
            @Nullable Long coaTotal,
            @Nullable Long coaLinked) {
        /** Of permits alone, all that this service holds. */
        static Counts ofPermitsAlone(long active) {
            return new Counts(active, null, null, null, null, null, null, null, null);
        }
    }

    /** A share, and how many points it gives when it is whole. */
    private record Part(
            String name,
            int weight,
            @Nullable Long count,
            @Nullable Long total) {
        boolean isUnknown() {
            return count == null || total == null;
        }

        BigDecimal points() {
            if (count == null || total == null || total == 0) {
                return BigDecimal.ZERO;
            }
            return BigDecimal.valueOf(weight)
                    .multiply(BigDecimal.valueOf(count))
                    .divide(BigDecimal.valueOf(total), MathContext.DECIMAL64);
        }
    }

    static QualityScore of(Counts counts) {
        List<Part> parts = List.of(
                new Part("trades", 25, counts.withTrades(), counts.active()),
                new Part("builders", 20, counts.buildersEnriched(), counts.buildersTotal()),
                new Part("parcels", 15, counts.withParcel(), counts.active()),
                new Part("neighbourhoods", 15, counts.withNeighbourhood(), counts.active()),
                new Part("coordinates", 15, counts.geocoded(), counts.active()),
                new Part("CoA applications", 10, counts.coaLinked(), counts.coaTotal()));
        List<String> unknown =
                parts.stream().filter(Part::isUnknown).map(Part::name).toList();
        if (!unknown.isEmpty()) {
            return none("it needs what this service does not hold: " + String.join(", ", unknown));
        }
        if (counts.active() == 0) {
            return none("no permit is active");
        }
        BigDecimal score = parts.stream()
                .map(Part::points)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .min(HUNDRED)
                .max(BigDecimal.ZERO)
                .setScale(1, RoundingMode.HALF_UP);
        return new QualityScore(score, Band.of(score), null);
    }

    private static QualityScore none(String reason) {
        return new QualityScore(null, null, reason);
    }
}

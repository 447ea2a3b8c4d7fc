package dev.syncline.permits;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Something in the data that a person should look at.
 *
 * @param count of the permits that it is about
 * @param share of all permits
 */
public record QualityWarning(Code code, String message, Long count, Double share) {
    /** What can be wrong; the names stand in the API. */
    public enum Code {
        COST_OUT_OF_BOUNDS,
        STATUS_MISSING,
        DESCRIPTION_MISSING,
        BUILDER_MISSING,
        GHOSTS
    }

    /**
     * Something to look for.
     *
     * @param usual the share up to which it is nothing to worry about
     */
    private record Look(Code code, long count, double usual, String what) {
        boolean finds(long total) {
            return count > 0 && share(total) > usual;
        }

        QualityWarning warning(long total) {
            String message = usual == 0
                    ? String.format(Locale.ENGLISH, "Permits %s: %,d", what, count)
                    : String.format(
                            Locale.ENGLISH,
                            "Permits %s: %.1f %% (%,d), more than the usual %.1f %%",
                            what,
                            share(total) * 100,
                            count,
                            usual * 100);
            return new QualityWarning(code, message, count, share(total));
        }

        private double share(long total) {
            return (double) count / total;
        }
    }

    static List<QualityWarning> of(PermitCensus.Counts counts, QualityConfig limits) {
        String unlikelyCost = String.format(
                Locale.ENGLISH, "that cost less than %,d or more than %,d", limits.costFrom(), limits.costTo());
        return Stream.of(
                        new Look(Code.COST_OUT_OF_BOUNDS, counts.costOutOfBounds(), 0, unlikelyCost),
                        new Look(Code.STATUS_MISSING, counts.withoutStatus(), 0, "without status"),
                        new Look(
                                Code.DESCRIPTION_MISSING,
                                counts.withoutDescription(),
                                limits.withoutDescriptionShare(),
                                "without description"),
                        new Look(
                                Code.BUILDER_MISSING,
                                counts.withoutBuilder(),
                                limits.withoutBuilderShare(),
                                "without builder"),
                        new Look(
                                Code.GHOSTS,
                                counts.unseen().ghosts(),
                                0,
                                "that should be closed, as long as they have been absent"))
                .filter(look -> look.finds(counts.total()))
                .map(look -> look.warning(counts.total()))
                .toList();
    }
}

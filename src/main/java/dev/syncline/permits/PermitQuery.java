package dev.syncline.permits;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.source.CellText;

/**
 * A checked request for a page of permits (S1, endpoints). What is not allowed is refused with what would be; only an
 * unknown {@code sort_by} falls back, to {@code issued_date}.
 */
record PermitQuery(
        @Nullable String status,
        @Nullable String permitType,
        @Nullable String ward,
        @Nullable BigDecimal minCost,
        @Nullable BigDecimal maxCost,
        @Nullable String search,
        int page,
        int limit,
        String sortBy,
        boolean descending) {
    static final List<String> SORTABLE =
            List.of("issued_date", "application_date", "est_const_cost", "status", "ward", "permit_num");

    private static final Pattern COST = Pattern.compile("-?\\d{1,15}(\\.\\d{1,2})?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,9}");

    private static final int LAST_PAGE = 1_000_000;
    private static final int LARGEST_LIMIT = 100;
    private static final int USUAL_LIMIT = 20;
    private static final int LONGEST_TEXT = 200;

    static PermitQuery of(PermitParameters parameters) {
        refuseTrades(parameters.tradeSlug());
        return new PermitQuery(
                text("status", parameters.status()),
                text("permit_type", parameters.permitType()),
                text("ward", parameters.ward()),
                cost("min_cost", parameters.minCost()),
                cost("max_cost", parameters.maxCost()),
                text("search", parameters.search()),
                wholeNumber("page", parameters.page(), 1, LAST_PAGE),
                wholeNumber("limit", parameters.limit(), USUAL_LIMIT, LARGEST_LIMIT),
                sortBy(parameters.sortBy()),
                descending(parameters.sortOrder()));
    }

    /** How many permits stand before this page. */
    int offset() {
        return (page - 1) * limit;
    }

    private static Optional<String> given(@Nullable String value) {
        return Optional.ofNullable(value).map(CellText::of);
    }

    private static @Nullable String text(String name, @Nullable String value) {
        String text = given(value).orElse(null);
        if (text != null && text.length() > LONGEST_TEXT) {
            throw refused(name + " has at most " + LONGEST_TEXT + " characters.");
        }
        if (text != null && text.chars().anyMatch(Character::isISOControl)) {
            throw refused(name + " holds no control characters.");
        }
        return text;
    }

    private static @Nullable BigDecimal cost(String name, @Nullable String value) {
        String text = text(name, value);
        if (text == null) {
            return null;
        }
        if (!COST.matcher(text).matches()) {
            throw refused(name + " is a plain number such as 50000 or 1250.50.");
        }
        return new BigDecimal(text);
    }

    private static int wholeNumber(String name, @Nullable String value, int usual, int largest) {
        String text = given(value).orElse(String.valueOf(usual));
        int number = WHOLE_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number < 1 || number > largest) {
            throw refused(name + " is a whole number from 1 to " + largest + ".");
        }
        return number;
    }

    private static String sortBy(@Nullable String value) {
        return given(value).filter(SORTABLE::contains).orElse(SORTABLE.get(0));
    }

    private static boolean descending(@Nullable String value) {
        return switch (given(value).orElse("desc")) {
            case "desc" -> true;
            case "asc" -> false;
            default -> throw refused("sort_order is asc or desc.");
        };
    }

    private static void refuseTrades(@Nullable String tradeSlug) {
        if (given(tradeSlug).isPresent()) {
            throw refused("trade_slug cannot be used: this service holds no trades. Leave it out.");
        }
    }

    private static SyncException refused(String detail) {
        return new SyncException(ErrorCode.INVALID_PARAMETER, detail);
    }
}

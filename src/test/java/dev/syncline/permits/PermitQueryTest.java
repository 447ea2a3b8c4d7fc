package dev.syncline.permits;

import java.math.BigDecimal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static dev.syncline.permits.PermitParametersBuilder.aQuery;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PermitQueryTest {
    @Test
    void hasDefaults() {
        assertThat(aQuery().checked())
                .isEqualTo(new PermitQuery(null, null, null, null, null, null, 1, 20, "issued_date", true));
    }

    @Test
    void takesEveryParameter() {
        PermitQuery query = aQuery().with("status", " Inspection ")
                .with("permit_type", "Small Residential Projects")
                .with("ward", "14")
                .with("min_cost", "50000")
                .with("max_cost", "250000.50")
                .with("search", "laneway (new)")
                .with("page", "3")
                .with("limit", "100")
                .with("sort_by", "permit_num")
                .with("sort_order", "asc")
                .checked();

        assertThat(query)
                .isEqualTo(new PermitQuery(
                        "Inspection",
                        "Small Residential Projects",
                        "14",
                        new BigDecimal("50000"),
                        new BigDecimal("250000.50"),
                        "laneway (new)",
                        3,
                        100,
                        "permit_num",
                        false));
        assertThat(query.offset()).isEqualTo(200);
    }

    @Test
    void takesABlankParameterForNone() {
        assertThat(aQuery().with("status", " ")
                        .with("trade_slug", "")
                        .with("min_cost", "")
                        .with("page", "")
                        .with("sort_order", "")
                        .checked())
                .isEqualTo(aQuery().checked());
    }

    @Test
    void sortsByIssuedDateWhereTheFieldIsUnknown() {
        assertThat(aQuery().with("sort_by", "_id").checked().sortBy()).isEqualTo("issued_date");
        assertThat(aQuery().with("sort_by", "$where").checked().sortBy()).isEqualTo("issued_date");
        assertThat(aQuery().with("sort_by", "ward").checked().sortBy()).isEqualTo("ward");
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0, limit is a whole number from 1 to 100.",
        "limit, 101, limit is a whole number from 1 to 100.",
        "limit, ten, limit is a whole number from 1 to 100.",
        "page, 0, page is a whole number from 1 to 1000000.",
        "page, -1, page is a whole number from 1 to 1000000.",
        "page, 1.5, page is a whole number from 1 to 1000000.",
        "page, 99999999999, page is a whole number from 1 to 1000000.",
        "min_cost, abc, min_cost is a plain number such as 50000 or 1250.50.",
        "max_cost, 1e9999999, max_cost is a plain number such as 50000 or 1250.50.",
        "sort_order, up, sort_order is asc or desc.",
        "trade_slug, plumbing, trade_slug cannot be used: this service holds no trades. Leave it out."
    })
    void refusesWhatIsNotAllowedAndSaysWhatIs(String parameter, String value, String detail) {
        SyncException refused = catchThrowableOfType(
                SyncException.class, () -> aQuery().with(parameter, value).checked());

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(refused.detail()).isEqualTo(detail);
    }

    @Test
    void refusesALongSearch() {
        SyncException refused = catchThrowableOfType(SyncException.class, () -> aQuery().with("search", "x".repeat(201))
                .checked());

        assertThat(refused.detail()).isEqualTo("search has at most 200 characters.");
    }
}

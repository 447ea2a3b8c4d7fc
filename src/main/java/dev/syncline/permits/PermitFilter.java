package dev.syncline.permits;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.mongodb.client.model.Filters;
import org.bson.conversions.Bson;
import org.bson.types.Decimal128;

/** Which permits a query selects, in the operators that all our databases share. */
final class PermitFilter {
    private static final List<String> SEARCHED = List.of("description", "permit_num", "street_name", "builder_name");
    private static final Pattern METACHARACTER = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}]");

    private PermitFilter() {}

    static Bson of(PermitQuery query) {
        List<Bson> conditions = new ArrayList<>();
        if (query.status() != null) {
            conditions.add(Filters.eq("status", query.status()));
        }
        if (query.permitType() != null) {
            conditions.add(Filters.eq("permit_type", query.permitType()));
        }
        if (query.ward() != null) {
            conditions.add(Filters.eq("ward", query.ward()));
        }
        if (query.minCost() != null) {
            conditions.add(Filters.gte("est_const_cost", decimal(query.minCost())));
        }
        if (query.maxCost() != null) {
            conditions.add(Filters.lte("est_const_cost", decimal(query.maxCost())));
        }
        if (query.search() != null) {
            conditions.add(containing(query.search()));
        }
        return conditions.isEmpty() ? Filters.empty() : Filters.and(conditions);
    }

    private static Decimal128 decimal(BigDecimal cost) {
        return new Decimal128(cost);
    }

    /** The text itself, in any case; nothing in it is an operator. */
    private static Bson containing(String text) {
        String literal = METACHARACTER.matcher(text).replaceAll("\\\\$0");
        return Filters.or(SEARCHED.stream()
                .map(field -> Filters.regex(field, literal, "i"))
                .toList());
    }
}

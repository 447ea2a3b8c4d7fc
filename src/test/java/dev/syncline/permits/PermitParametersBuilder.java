package dev.syncline.permits;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** A query string, parameter by parameter. */
final class PermitParametersBuilder {
    private final Map<String, String> given = new HashMap<>();

    static PermitParametersBuilder aQuery() {
        return new PermitParametersBuilder();
    }

    PermitParametersBuilder with(String name, @Nullable String value) {
        given.put(name, value);
        return this;
    }

    PermitQuery checked() {
        return PermitQuery.of(new PermitParameters(
                given.get("status"),
                given.get("permit_type"),
                given.get("ward"),
                given.get("trade_slug"),
                given.get("min_cost"),
                given.get("max_cost"),
                given.get("search"),
                given.get("page"),
                given.get("limit"),
                given.get("sort_by"),
                given.get("sort_order")));
    }
}

package dev.syncline.permits;

import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The query string of the list as it came; a parameter without a value counts as not given. */
record PermitParameters(
        @RestQuery("status") @Parameter(description = "Exact status.", example = "Inspection") @Nullable String status,
        @RestQuery("permit_type")
                @Parameter(description = "Exact type.", example = "Small Residential Projects")
                @Nullable
                String permitType,
        @RestQuery("ward")
                @Parameter(description = "Exact ward, two digits in the live feed.", example = "14")
                @Nullable
                String ward,
        @RestQuery("trade_slug")
                @Parameter(description = "Refused: this service holds no trades.", deprecated = true)
                @Nullable
                String tradeSlug,
        @RestQuery("min_cost") @Parameter(description = "Lowest estimated cost.", example = "50000") @Nullable
                String minCost,
        @RestQuery("max_cost") @Parameter(description = "Highest estimated cost.", example = "250000") @Nullable
                String maxCost,
        @RestQuery("search")
                @Parameter(
                        description = "Text, in any case, within description, permit_num, street_name or builder_name.",
                        example = "laneway")
                @Nullable
                String search,
        @RestQuery("page") @Parameter(description = "Page, from 1.", example = "1") @Nullable String page,
        @RestQuery("limit") @Parameter(description = "Permits on a page, 1 to 100.", example = "20") @Nullable
                String limit,
        @RestQuery("sort_by")
                @Parameter(
                        description =
                                "issued_date, application_date, est_const_cost, status, ward or permit_num; any other word"
                                        + " means issued_date. Permits without the field come last.",
                        example = "issued_date")
                @Nullable
                String sortBy,
        @RestQuery("sort_order") @Parameter(description = "asc or desc.", example = "desc") @Nullable
                String sortOrder) {}

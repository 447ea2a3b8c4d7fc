package dev.syncline.permits;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The query string of the list as it came, all of it text: what is wrong with a value is told by {@link PermitQuery} and
 * not by a 404 of the router's. A parameter without a value counts as not given.
 */
record PermitParameters(
        @RestQuery("status") @Parameter(description = "Exact status", example = "Inspection") @Nullable
        String status,

        @RestQuery("permit_type")
        @Parameter(description = "Exact type", example = "Small Residential Projects")
        @Nullable
        String permitType,

        @RestQuery("ward") @Parameter(description = "Exact ward; two digits in the live feed", example = "14") @Nullable
        String ward,

        @RestQuery("trade_slug")
        @Parameter(description = "Refused: this service holds no trades", deprecated = true)
        @Nullable
        String tradeSlug,

        @RestQuery("min_cost")
        @Parameter(description = "Lowest estimated cost", example = "50000", schema = @Schema(type = SchemaType.NUMBER))
        @Nullable
        String minCost,

        @RestQuery("max_cost")
        @Parameter(
                description = "Highest estimated cost",
                example = "250000",
                schema = @Schema(type = SchemaType.NUMBER))
        @Nullable
        String maxCost,

        @RestQuery("search")
        @Parameter(
                description = "Text, in any case, within description, permit_num, street_name or builder_name",
                example = "laneway",
                schema = @Schema(type = SchemaType.STRING, maxLength = 200))
        @Nullable
        String search,

        @RestQuery("page")
        @Parameter(
                description = "Page, from 1",
                schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000000", defaultValue = "1"))
        @Nullable
        String page,

        @RestQuery("limit")
        @Parameter(
                description = "Permits on a page",
                schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "20"))
        @Nullable
        String limit,

        @RestQuery("sort_by")
        @Parameter(
                description =
                        "issued_date, application_date, est_const_cost, status, ward or permit_num; any other word"
                                + " means issued_date. Permits without the field come last.",
                schema = @Schema(type = SchemaType.STRING, defaultValue = "issued_date"))
        @Nullable
        String sortBy,

        @RestQuery("sort_order")
        @Parameter(
                description = "Which end comes first",
                schema =
                        @Schema(
                                type = SchemaType.STRING,
                                enumeration = {"asc", "desc"},
                                defaultValue = "desc"))
        @Nullable
        String sortOrder) {}

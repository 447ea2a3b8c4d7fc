package dev.syncline.roster;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * The query string of the list as it came, all of it text: what is wrong with a value is told by {@link DeviceQuery} and not by
 * a 404 of the router's. A parameter without a value counts as not given.
 */
record DeviceParameters(
        @RestQuery("page")
        @Parameter(
                description = "Page, from 1; one after the last gives the last",
                schema = @Schema(type = SchemaType.INTEGER, minimum = "1", defaultValue = "1"))
        @Nullable
        String page,

        @RestQuery("pageSize")
        @Parameter(
                description = "Devices on a page",
                schema = @Schema(type = SchemaType.INTEGER, minimum = "10", maximum = "200", defaultValue = "50"))
        @Nullable
        String pageSize,

        @RestQuery("sort")
        @Parameter(
                description =
                        "A declared field, or the key of a column that the sheet has. Devices without it come last,"
                                + " and those that are alike by serial.",
                schema = @Schema(type = SchemaType.STRING, defaultValue = "lastSyncedAt"))
        @Nullable
        String sort,

        @RestQuery("direction")
        @Parameter(
                description = "Which end comes first; desc for lastSyncedAt, asc else, unless it is given",
                schema =
                        @Schema(
                                type = SchemaType.STRING,
                                enumeration = {"asc", "desc"}))
        @Nullable
        String direction,

        @RestQuery("search")
        @Parameter(
                description = "Text, in any case, within serial, device id, assignee, status, condition, offboarding"
                        + " status, transfer notes or a text attribute; while anonymization is on within serial, status,"
                        + " condition and offboarding status alone",
                schema = @Schema(type = SchemaType.STRING, maxLength = 120))
        @Nullable
        String search,

        @RestQuery("status")
        @Parameter(description = "Exact statuses: repeated, or separated by commas", example = "Available")
        List<String> status,

        @RestQuery("condition") @Parameter(description = "Exact conditions: repeated, or separated by commas")
        List<String> condition,

        @RestQuery("offboardingStatus")
        @Parameter(description = "Exact offboarding statuses: repeated, or separated by commas")
        List<String> offboardingStatus,

        @RestQuery("assignedTo")
        @Parameter(
                description = "Text, in any case, within the assignee; refused while anonymization is on",
                schema = @Schema(type = SchemaType.STRING, maxLength = 120))
        @Nullable
        String assignedTo,

        @RestQuery("presence")
        @Parameter(
                description = "Whether the sheet has the device: present, missing or inactive (missing for long);"
                        + " repeated, or separated by commas. All unless given.",
                schema =
                        @Schema(
                                type = SchemaType.ARRAY,
                                implementation = String.class,
                                enumeration = {"present", "missing", "inactive"}))
        List<String> presence) {

    DeviceParameters {
        status = List.copyOf(status);
        condition = List.copyOf(condition);
        offboardingStatus = List.copyOf(offboardingStatus);
        presence = List.copyOf(presence);
    }
}

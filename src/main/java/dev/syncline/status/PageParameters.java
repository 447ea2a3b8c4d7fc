package dev.syncline.status;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which page of a list, as it came: text, so that what is wrong with it is told by {@link Page} and not by the router. */
public record PageParameters(
        @RestQuery("limit")
        @Parameter(
                description = "how many at most",
                schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "20"))
        @Nullable
        String limit,

        @RestQuery("cursor") @Parameter(description = "nextCursor of the page before; none for the first") @Nullable
        String cursor) {
    public int size() {
        return Page.limit(limit);
    }

    /** Where the page begins; {@code list} names the list, for a cursor of another one is refused. */
    public String after(String list) {
        return Page.after(cursor, list);
    }
}

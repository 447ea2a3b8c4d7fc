package dev.syncline.notify;

import java.util.ArrayList;
import java.util.List;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mongodb.client.model.Filters;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Caller;
import dev.syncline.platform.Problem;
import dev.syncline.status.Page;
import dev.syncline.status.PageParameters;
import dev.syncline.status.Parameters;

/** Who was told what, and who was not and why (S0-40). */
@Path("/api/notifications")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "notifications", description = "Who was told what")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(mediaType = Problem.JSON, schema = @Schema(implementation = Problem.class)))
class NotificationResource {
    private static final String LIST = "notifications";

    private static final String EXAMPLE = """
            {"items": [
               {"id": "run-failed:01a203ed-510d-7000-89e6-dcaf384b9a80/mail/ops@example.org", "kind": "run-failed",
                "channel": "mail", "recipient": "ops@example.org",
                "subject": "[Syncline] permits: run failed - SOURCE_TIMEOUT", "state": "SENT", "attempts": 1,
                "createdAt": "2026-11-22T15:43:35.120Z", "sentAt": "2026-11-22T15:43:35.480Z",
                "messageId": "<6f2c1d1e-8f0b-3c5e-9d3a-0c7a4e6b9f11@example.org>", "sync": "permits",
                "run": "01a203ed-510d-7000-89e6-dcaf384b9a80"},
               {"id": "run-failed:01a203ed-510d-7000-89e6-dcaf384b9a80/webhook", "kind": "run-failed",
                "channel": "webhook", "subject": "run-failed", "state": "SUPPRESSED",
                "reason": "syncline.notify.webhook.url is not set", "attempts": 0,
                "createdAt": "2026-11-22T15:43:35.120Z", "sync": "permits",
                "run": "01a203ed-510d-7000-89e6-dcaf384b9a80"}],
             "nextCursor": "bm90aWZpY2F0aW9ucwo"}
            """;

    private final Outbox outbox;
    private final Caller caller;

    NotificationResource(Outbox outbox, Caller caller) {
        this.outbox = outbox;
        this.caller = caller;
    }

    /** A page of them. */
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Notifications(
            List<NotificationView> items, @Nullable String nextCursor) {}

    @GET
    @Operation(
            operationId = "listNotifications",
            summary = "What was told, waits to be told, could not be told or was suppressed and why; newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of notifications",
            content =
                    @Content(
                            schema = @Schema(implementation = Notifications.class),
                            examples = @ExampleObject(name = "notifications", value = EXAMPLE)))
    public Uni<Notifications> list(
            @Parameter(description = "only these", schema = @Schema(implementation = Notice.State.class))
                    @RestQuery
                    @Nullable
                    String state,
            @Parameter(description = "only of this run") @RestQuery @Nullable String run,
            @BeanParam PageParameters page) {
        int size = page.size();
        List<Bson> filters = new ArrayList<>();
        filters.add(caller.account().visible());
        if (state != null) {
            filters.add(Filters.eq(
                    "state", Parameters.one(Notice.State.class, "state", state).name()));
        }
        if (run != null) {
            filters.add(Filters.eq("run", run));
        }
        String after = page.after(LIST);
        if (!after.isEmpty()) {
            filters.add(Filters.lt("serial", after));
        }
        return outbox.newest(Filters.and(filters), size + 1)
                .map(found -> Page.of(LIST, found, size, Notice::serial, NotificationView::of))
                .map(shown -> new Notifications(shown.items(), shown.nextCursor()));
    }
}

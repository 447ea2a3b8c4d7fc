package dev.syncline.status;

import java.time.Instant;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Caller;
import dev.syncline.platform.Problem;
import dev.syncline.platform.SyncException;

/** {@code GET /api/events}: every run as it changes, as server-sent events. */
@Path("/api/events")
@Tag(name = "events", description = "Runs as they change, as server-sent events")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(mediaType = Problem.JSON, schema = @Schema(implementation = Problem.class)))
class EventResource {
    private static final long RECONNECT_AFTER_MS = 2_000;

    private final EventStreams streams;
    private final Syncs syncs;
    private final Caller caller;
    private final Sse sse;

    EventResource(EventStreams streams, Syncs syncs, Caller caller, @Context Sse sse) {
        this.streams = streams;
        this.syncs = syncs;
        this.caller = caller;
        this.sse = sse;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "followRuns",
            summary = "Follow runs live",
            description =
                    "Each message is the whole current view of a run, with id <run>:<version>. The latest state comes first, "
                            + "then each change; versions of one run strictly rise. A heartbeat comes every ten seconds. A "
                            + "stream that follows one run ends after its end, and every stream with the token or session it was "
                            + "opened with: a browser comes back by itself.")
    @APIResponse(
            responseCode = "200",
            description = "The stream",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.STRING),
                            examples = @ExampleObject(name = "stream", value = RunExamples.STREAM)))
    @APIResponse(
            responseCode = "204",
            description = "The run that is followed has ended, and the caller knows: do not come back")
    @APIResponse(responseCode = "400", description = "A parameter cannot be understood")
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Multi<OutboundSseEvent> events(
            @Parameter(description = "only this sync", example = "permits") @RestQuery @Nullable String sync,
            @Parameter(description = "only this run; the stream ends with it") @RestQuery @Nullable String run,
            @Parameter(description = "also what changed since: an instant, or an event's id") @RestQuery @Nullable
                    String since,
            @Parameter(description = "id of the last event that the caller knows; goes before since")
                    @HeaderParam("Last-Event-ID")
                    @Nullable
                    String lastEventId,
            @Context HttpServerRequest request,
            @Context HttpServerResponse response) {
        String from = lastEventId == null || lastEventId.isBlank() ? since : lastEventId;
        EventStreams.Wish wish = new EventStreams.Wish(caller.account(), syncs.known(sync), run, since(from));
        response.putHeader("Cache-Control", "no-cache, no-transform").putHeader("X-Accel-Buffering", "no");
        return streams.open(wish, request.connection()).map(this::message);
    }

    private OutboundSseEvent message(StreamEvent event) {
        OutboundSseEvent.Builder message = sse.newEventBuilder()
                .name(event.name())
                .reconnectDelay(RECONNECT_AFTER_MS)
                .data(event.data());
        return event.id() == null ? message.build() : message.id(event.id()).build();
    }

    /**
     * From when on a client has missed something. An event's id names a version whose instant is not kept, so the time when
     * its run was made stands for it: more than was missed may come, never less.
     */
    private static @Nullable Instant since(@Nullable String from) {
        if (from == null || from.isBlank()) {
            return null;
        }
        return EventId.parse(from).map(EventId::runMadeAt).orElseGet(() -> instant(from));
    }

    private static Instant instant(String from) {
        try {
            return Parameters.instant("since", from);
        } catch (SyncException e) {
            throw new SyncException(e.code(), e.detail() + ", or an event's id");
        }
    }
}

package dev.syncline.writeback;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.identity.Caller;
import dev.syncline.identity.Role;
import dev.syncline.platform.RequestIds;

/** {@code /api/sync/queue}: what waits for the sheets, and the way in (S2-10, S2-45). */
@Path("/api/sync/queue")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "write-back")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(schema = @Schema(implementation = WriteBackErrorShape.Body.class)))
class QueueResource {
    private static final byte[] NOTHING = {};

    private final QueueStore queue;
    private final Overviews overviews;
    private final Intake intake;
    private final Caller caller;
    private final RequestIds requestIds;
    private final AuditTrail audit;

    QueueResource(
            QueueStore queue,
            Overviews overviews,
            Intake intake,
            Caller caller,
            RequestIds requestIds,
            AuditTrail audit) {
        this.queue = queue;
        this.overviews = overviews;
        this.intake = intake;
        this.caller = caller;
        this.requestIds = requestIds;
        this.audit = audit;
    }

    /** How the queue stands, in the family's envelope. */
    @Schema(name = "QueueStatusAnswer")
    @RegisterForReflection
    record StatusAnswer(boolean success, QueueStatus data) {}

    /** For the API description: what one change looks like; what comes is checked by hand. */
    @Schema(name = "RecordChange")
    record Change(
            @Schema(description = "one of the models that are configured", example = "Request")
            String model,

            @Schema(enumeration = {"CREATE", "UPDATE", "DELETE"})
            String action,

            @Schema(description = "the record's id; an object id in its hexadecimal form", maxLength = 200)
            String recordId,

            @Schema(description = "the fields that have changed; what is written is the record as it is then") @Nullable
            Map<String, Object> payload) {}

    /** For the API description: a batch. */
    @Schema(name = "RecordChanges")
    record Changes(@Schema(minItems = 1, maxItems = 100) List<Change> items) {}

    /** @param coalesced whether the change has joined one of its record that waited already */
    @Schema(name = "QueuedChange")
    @RegisterForReflection
    record Queued(String id, String model, String recordId, Action action, QueueItem.Status status, boolean coalesced) {
        static Queued of(QueueItem item) {
            return new Queued(
                    item.id(), item.model(), item.recordId(), item.action(), item.status(), item.changes() > 1);
        }
    }

    /** What was queued, in the order of the request. */
    @Schema(name = "QueuedChanges")
    @RegisterForReflection(registerFullHierarchy = true)
    record QueuedChanges(List<Queued> items, QueueStats stats) {}

    /** The same in the family's envelope. */
    @Schema(name = "QueuedAnswer")
    @RegisterForReflection
    record QueuedAnswer(boolean success, QueuedChanges data) {}

    @GET
    @Operation(
            operationId = "getQueue",
            summary = "How the queue of the write-back stands",
            description = "Counts, age and blocked tabs for everybody; failed items and what was written for admins. "
                    + "notSynced says what never reaches a sheet by itself.")
    @APIResponse(
            responseCode = "200",
            description = "The queue as it is now",
            content =
                    @Content(
                            schema = @Schema(implementation = StatusAnswer.class),
                            examples = {
                                @ExampleObject(name = "queue", value = WriteBackExamples.QUEUE),
                                @ExampleObject(name = "empty", value = WriteBackExamples.EMPTY_QUEUE)
                            }))
    public Uni<StatusAnswer> status() {
        return overviews
                .now(caller.account().is(Role.admin))
                .map(overview -> new StatusAnswer(true, QueueStatus.of(overview)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "queueChanges",
            summary = "Queue changed records",
            description = "One change, or a batch of up to syncline.writeback.intake.max-changes, which is taken whole "
                    + "or not at all. A record has one item at a time: another change of it joins the one that waits, "
                    + "so a repeat does no harm. What is written is the record as it is then. A DELETE leaves the sheet "
                    + "as it is. Changes that nobody queues are found by the records' updatedAt all the same.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(anyOf = {Change.class, Changes.class}),
                            examples = {
                                @ExampleObject(name = "one", value = WriteBackExamples.CHANGE),
                                @ExampleObject(name = "batch", value = WriteBackExamples.CHANGES)
                            }))
    @APIResponse(
            responseCode = "202",
            description = "All of them wait for the next run",
            content =
                    @Content(
                            schema = @Schema(implementation = QueuedAnswer.class),
                            examples = @ExampleObject(name = "queued", value = WriteBackExamples.QUEUED)))
    @APIResponse(responseCode = "400", description = "A change cannot be queued, so none was; the error says which")
    @APIResponse(responseCode = "413", description = "The body is larger than syncline.writeback.intake.max-bytes")
    public Uni<RestResponse<QueuedAnswer>> enqueue(byte @Nullable [] body) {
        List<RecordChange> changes = intake.read(body == null ? NOTHING : body, caller.name(), requestIds.current());
        return queue.enqueue(changes)
                .call(items -> audit.record(
                        AuditType.sync, "CHANGES_QUEUED", target(items), String.valueOf(items.size()), byModel(items)))
                .chain(this::answer);
    }

    private static String target(List<QueueItem> items) {
        return items.size() == 1 ? items.get(0).id() : "queue";
    }

    private static Map<String, Object> byModel(List<QueueItem> items) {
        return new TreeMap<>(items.stream().collect(Collectors.groupingBy(QueueItem::model, Collectors.counting())));
    }

    private Uni<RestResponse<QueuedAnswer>> answer(List<QueueItem> items) {
        List<Queued> queued = items.stream().map(Queued::of).toList();
        return queue.recentStats()
                .map(stats -> RestResponse.status(
                        RestResponse.Status.ACCEPTED, new QueuedAnswer(true, new QueuedChanges(queued, stats))));
    }
}

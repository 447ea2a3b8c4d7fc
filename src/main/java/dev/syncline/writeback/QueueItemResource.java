package dev.syncline.writeback;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.status.Page;
import dev.syncline.status.PageParameters;
import dev.syncline.status.Parameters;

/** The items of the queue, one by one, and what a person decides on those that have failed (S2-42). */
@Path("/api/sync/queue")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "write-back")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(schema = @Schema(implementation = WriteBackErrorShape.Body.class)))
class QueueItemResource {
    private static final String LIST = "queue-items";

    private final QueueStore queue;
    private final Models models;
    private final AuditTrail audit;

    QueueItemResource(QueueStore queue, Models models, AuditTrail audit) {
        this.queue = queue;
        this.models = models;
        this.audit = audit;
    }

    /** A page of items. */
    @Schema(name = "QueueItems")
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Items(List<ItemView> items, @Nullable String nextCursor) {}

    /** One item in the family's envelope. */
    @Schema(name = "QueueItemAnswer")
    @RegisterForReflection
    record ItemAnswer(boolean success, ItemView data) {
        static ItemAnswer of(QueueItem item) {
            return new ItemAnswer(true, ItemView.of(item));
        }
    }

    /** How an item is to be tried again. */
    @Schema(name = "RetryWish")
    @RegisterForReflection
    record RetryWish(
            @Schema(description = "true to replace what people have changed in the row", defaultValue = "false")
            @Nullable
            Boolean overwrite) {}

    /** Which of the failed items; all of them where nothing is said. */
    @Schema(name = "RetryAllWish")
    @RegisterForReflection
    record RetryAllWish(
            @Schema(description = "only this model", example = "Request") @Nullable
            String model,

            @Schema(description = "only what has failed with this code", example = "TARGET_NOT_CONFIGURED") @Nullable
            String code) {
        static final RetryAllWish ALL = new RetryAllWish(null, null);
    }

    /** How many are tried again. */
    @Schema(name = "Retried")
    @RegisterForReflection
    record Retried(long retried) {}

    /** The same in the family's envelope. */
    @Schema(name = "RetriedAnswer")
    @RegisterForReflection
    record RetriedAnswer(boolean success, Retried data) {}

    @GET
    @Path("/items")
    @Operation(operationId = "listQueueItems", summary = "Items of the queue", description = "Newest first.")
    @APIResponse(
            responseCode = "200",
            description = "A page of items",
            content =
                    @Content(
                            schema = @Schema(implementation = Items.class),
                            examples = @ExampleObject(name = "items", value = WriteBackExamples.ITEMS)))
    public Uni<Items> list(
            @Parameter(
                            description = "only where they stand so",
                            schema = @Schema(enumeration = {"PENDING", "PROCESSING", "COMPLETED", "FAILED"}))
                    @RestQuery
                    @Nullable
                    String status,
            @Parameter(description = "only this model", example = "Request") @RestQuery @Nullable String model,
            @Parameter(description = "only what has failed with this code", example = "ROW_GONE") @RestQuery @Nullable
                    String code,
            @BeanParam PageParameters page) {
        int size = page.size();
        QueueItem.Status only = status == null ? null : Parameters.one(QueueItem.Status.class, "status", status);
        return queue.page(filter(only, model, code), page.after(LIST), size + 1)
                .map(found -> Page.of(LIST, found, size, QueueItem::id, ItemView::of))
                .map(found -> new Items(found.items(), found.nextCursor()));
    }

    private QueueStore.Filter filter(QueueItem.@Nullable Status status, @Nullable String model, @Nullable String code) {
        String known = model == null ? null : models.get(model).name();
        String only = code == null
                ? null
                : Parameters.one(ErrorCode.class, "code", code).name();
        return new QueueStore.Filter(status, known, only);
    }

    @GET
    @Path("/items/{id}")
    @Operation(operationId = "getQueueItem", summary = "One item of the queue")
    @APIResponse(
            responseCode = "200",
            description = "The item",
            content =
                    @Content(
                            schema = @Schema(implementation = ItemAnswer.class),
                            examples = @ExampleObject(name = "item", value = WriteBackExamples.FAILED_ITEM)))
    @APIResponse(responseCode = "404", description = "There is no such item")
    public Uni<ItemAnswer> get(@RestPath String id) {
        return queue.find(id).map(found -> found.map(ItemAnswer::of)
                .orElseThrow(() -> new SyncException(ErrorCode.NOT_FOUND, "there is no such item")));
    }

    @POST
    @Path("/items/{id}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "retryQueueItem",
            summary = "Try a failed item again",
            description = "Its attempts start anew. With \"overwrite\": true what people have changed in its row is "
                    + "replaced, once.")
    @APIResponse(
            responseCode = "200",
            description = "It waits for the next run; or its record had a newer item, which does its work",
            content =
                    @Content(
                            schema = @Schema(implementation = ItemAnswer.class),
                            examples = @ExampleObject(name = "item", value = WriteBackExamples.RETRIED_ITEM)))
    @APIResponse(responseCode = "404", description = "There is no such item")
    @APIResponse(responseCode = "409", description = "It is being worked on, or has not failed")
    public Uni<ItemAnswer> retry(@RestPath String id, @Nullable RetryWish wish) {
        boolean overwrite = wish != null && Boolean.TRUE.equals(wish.overwrite());
        return queue.retry(id, overwrite)
                .call(item -> audit.record(
                        AuditType.sync,
                        "QUEUE_ITEM_RETRIED",
                        id,
                        item.status().name(),
                        Map.of("model", item.model(), "recordId", item.recordId(), "overwrite", overwrite)))
                .map(ItemAnswer::of);
    }

    @POST
    @Path("/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "retryQueueItems",
            summary = "Try all failed items again, or those of a model or a code",
            description = "Nothing that people have changed in a row is replaced for it.")
    @APIResponse(
            responseCode = "200",
            description = "How many wait for the next run",
            content =
                    @Content(
                            schema = @Schema(implementation = RetriedAnswer.class),
                            examples = @ExampleObject(name = "retried", value = WriteBackExamples.RETRIED)))
    public Uni<RetriedAnswer> retryAll(@Nullable RetryAllWish given) {
        RetryAllWish wish = given == null ? RetryAllWish.ALL : given;
        QueueStore.Filter filter = filter(QueueItem.Status.FAILED, wish.model(), wish.code());
        return queue.retryAll(filter)
                .call(count -> audit.record(
                        AuditType.sync, "QUEUE_ITEMS_RETRIED", "queue", String.valueOf(count), context(wish)))
                .map(count -> new RetriedAnswer(true, new Retried(count)));
    }

    private static Map<String, Object> context(RetryAllWish wish) {
        return Map.of(
                "model",
                wish.model() == null ? "all" : wish.model(),
                "code",
                wish.code() == null ? "all" : wish.code());
    }

    @DELETE
    @Path("/items/{id}")
    @Operation(
            operationId = "deleteQueueItem",
            summary = "Remove an item",
            description = "What it stands for is not written, until the record changes again.")
    @APIResponse(
            responseCode = "200",
            description = "The item as it was",
            content =
                    @Content(
                            schema = @Schema(implementation = ItemAnswer.class),
                            examples = @ExampleObject(name = "item", value = WriteBackExamples.FAILED_ITEM)))
    @APIResponse(responseCode = "404", description = "There is no such item")
    @APIResponse(responseCode = "409", description = "It is being worked on")
    public Uni<ItemAnswer> delete(@RestPath String id) {
        return queue.delete(id)
                .call(item -> audit.record(
                        AuditType.sync,
                        "QUEUE_ITEM_DELETED",
                        id,
                        item.status().name(),
                        Map.of("model", item.model(), "recordId", item.recordId())))
                .map(ItemAnswer::of);
    }
}

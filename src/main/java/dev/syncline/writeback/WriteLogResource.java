package dev.syncline.writeback;

import java.util.List;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
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
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import dev.syncline.status.Page;
import dev.syncline.status.PageParameters;

/** Every cell that we have changed: who, when, from what, to what. */
@Path("/api/sync/write-back/log")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "write-back")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(schema = @Schema(implementation = WriteBackErrorShape.Body.class)))
class WriteLogResource {
    private static final String LIST = "write-back-log";

    private final WriteLog log;
    private final Models models;

    WriteLogResource(WriteLog log, Models models) {
        this.log = log;
        this.models = models;
    }

    /** A page of entries. */
    @Schema(name = "WriteLogEntries")
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entries(List<LogView> items, @Nullable String nextCursor) {}

    @GET
    @Operation(
            operationId = "listWrites",
            summary = "What was written to the sheets",
            description = "An entry for each item and attempt, with every cell that was changed, newest first.")
    @APIResponse(
            responseCode = "200",
            description = "A page of entries",
            content =
                    @Content(
                            schema = @Schema(implementation = Entries.class),
                            examples = @ExampleObject(name = "entries", value = WriteBackExamples.LOG)))
    public Uni<Entries> list(
            @Parameter(description = "only of this run", example = WriteBackExamples.RUN) @RestQuery @Nullable
                    String run,
            @Parameter(description = "only of this model", example = "Request") @RestQuery @Nullable String model,
            @Parameter(description = "only of the record of this id", example = "req-42") @RestQuery @Nullable
                    String record,
            @BeanParam PageParameters page) {
        int size = page.size();
        String known = model == null ? null : models.get(model).name();
        return log.page(run, known, record, page.after(LIST), size + 1)
                .map(found -> Page.of(LIST, found, size, LogEntry::id, LogView::of))
                .map(found -> new Entries(found.items(), found.nextCursor()));
    }
}

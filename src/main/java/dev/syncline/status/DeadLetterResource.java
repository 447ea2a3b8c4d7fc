package dev.syncline.status;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.mongodb.client.model.Filters;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.identity.Caller;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Problem;
import dev.syncline.platform.SyncException;
import dev.syncline.run.DeadLetter;
import dev.syncline.run.DeadLetters;

/** Runs that were given up after their last attempt, and a person's word on them (S1-14). */
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "dead letters", description = "What was given up after the last attempt, until somebody decides")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(mediaType = Problem.JSON, schema = @Schema(implementation = Problem.class)))
class DeadLetterResource {
    private static final String LIST = "dead-letters";

    private final DeadLetters letters;
    private final RunStarts starts;
    private final Syncs syncs;
    private final Sights sights;
    private final AuditTrail audit;
    private final Caller caller;

    DeadLetterResource(
            DeadLetters letters, RunStarts starts, Syncs syncs, Sights sights, AuditTrail audit, Caller caller) {
        this.letters = letters;
        this.starts = starts;
        this.syncs = syncs;
        this.sights = sights;
        this.audit = audit;
        this.caller = caller;
    }

    /** A page of them. */
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeadLetterPage(
            List<DeadLetterView> items, @Nullable String nextCursor) {}

    /** Why somebody lets it rest; optional. */
    @RegisterForReflection
    record Discard(
            @Schema(description = "for whoever reads it later", example = "the feed was down for the holiday")
            @Size(max = 500)
            @Nullable
            String reason) {}

    @GET
    @Operation(operationId = "listDeadLetters", summary = "What was given up, newest first")
    @APIResponse(
            responseCode = "200",
            description = "A page of dead letters",
            content =
                    @Content(
                            schema = @Schema(implementation = DeadLetterPage.class),
                            examples = @ExampleObject(name = "letters", value = RunExamples.DEAD_LETTERS)))
    public Uni<DeadLetterPage> list(
            @Parameter(description = "one of the syncs", example = "permits") @RestQuery @Nullable String sync,
            @Parameter(
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"OPEN", "REPLAYED", "DISCARDED"}))
                    @RestQuery
                    @Nullable
                    String state,
            @BeanParam PageParameters page) {
        int size = page.size();
        return letters.page(filter(syncs.known(sync), state, page.after(LIST)), size + 1)
                .map(found -> Page.of(LIST, found, size, DeadLetter::run, this::shown))
                .map(shown -> new DeadLetterPage(shown.items(), shown.nextCursor()));
    }

    private Bson filter(@Nullable String sync, @Nullable String state, String after) {
        List<Bson> parts = new ArrayList<>();
        parts.add(caller.account().visible());
        if (sync != null) {
            parts.add(Filters.eq("sync", sync));
        }
        if (state != null) {
            String known = Parameters.one(DeadLetter.State.class, "state", state.toUpperCase(Locale.ROOT))
                    .name();
            parts.add(Filters.eq("state", known));
        }
        if (!after.isEmpty()) {
            parts.add(Filters.lt("_id", after));
        }
        return Filters.and(parts);
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getDeadLetter", summary = "One dead letter")
    @APIResponse(
            responseCode = "200",
            description = "The letter as it stands now",
            content =
                    @Content(
                            schema = @Schema(implementation = DeadLetterView.class),
                            examples = @ExampleObject(name = "letter", value = RunExamples.DEAD_LETTER)))
    @APIResponse(responseCode = "404", description = "There is no such dead letter")
    public Uni<DeadLetterView> get(@RestPath String id) {
        return letter(id).map(this::shown);
    }

    @POST
    @Path("/{id}/replay")
    @Operation(
            operationId = "replayDeadLetter",
            summary = "Make the run again",
            description =
                    "With the same input and mode. While another run of the sync is active the letter stays open.")
    @APIResponse(
            responseCode = "202",
            description = "The new run is accepted; Location says where to find it",
            headers = @Header(name = "Location", description = "the run", schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            schema = @Schema(implementation = RunView.class),
                            examples = @ExampleObject(name = "run", value = RunExamples.QUEUED)))
    @APIResponse(responseCode = "404", description = "There is no such dead letter")
    @APIResponse(
            responseCode = "409",
            description = "Somebody has decided already, the sync runs just now (activeRun says which run), or is off")
    public Uni<RestResponse<RunView>> replay(@RestPath String id) {
        return letter(id)
                .chain(starts::replay)
                .map(RunView::of)
                .map(run -> RestResponse.ResponseBuilder.<RunView>create(RestResponse.Status.ACCEPTED)
                        .entity(run)
                        .location(URI.create(run.links().self()))
                        .build());
    }

    @POST
    @Path("/{id}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "discardDeadLetter", summary = "Let it rest", description = "It stays in the list.")
    @APIResponse(
            responseCode = "200",
            description = "The letter as it stands now",
            content =
                    @Content(
                            schema = @Schema(implementation = DeadLetterView.class),
                            examples = @ExampleObject(name = "letter", value = RunExamples.DEAD_LETTER)))
    @APIResponse(responseCode = "404", description = "There is no such dead letter")
    @APIResponse(responseCode = "409", description = "Somebody has decided already")
    public Uni<DeadLetterView> discard(@RestPath String id, @Valid @Nullable Discard discard) {
        String reason = discard == null ? null : discard.reason();
        return letter(id)
                .chain(letter -> letters.discard(letter, caller.name(), reason))
                .call(() ->
                        audit.record(AuditType.sync, "DEAD_LETTER_DISCARDED", id, DeadLetter.State.DISCARDED.name()))
                .chain(() -> letter(id))
                .map(this::shown);
    }

    private DeadLetterView shown(DeadLetter letter) {
        return DeadLetterView.of(letter, sights.of(letter.sync()));
    }

    /** Of what is another person's alone nothing is told (S4-34). */
    private Uni<DeadLetter> letter(String id) {
        String account = caller.account().id();
        return letters.find(id).map(found -> found.filter(letter -> letter.visibleTo(account))
                .orElseThrow(() -> new SyncException(ErrorCode.NOT_FOUND, "there is no dead letter of that id")));
    }
}

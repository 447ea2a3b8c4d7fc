package dev.syncline.status;

import java.util.List;
import java.util.Map;

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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Rejection;
import dev.syncline.ingest.RejectionStore;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Problem;
import dev.syncline.run.Run;
import dev.syncline.status.ShownRows.Sight;

/** Records that a run set aside. */
@Path("/api/runs/{id}/rejections")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "runs")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(mediaType = Problem.JSON, schema = @Schema(implementation = Problem.class)))
class RejectionResource {
    private final Runs runs;
    private final RejectionStore rejections;
    private final Sights sights;

    RejectionResource(Runs runs, RejectionStore rejections, Sights sights) {
        this.runs = runs;
        this.rejections = rejections;
        this.sights = sights;
    }

    /**
     * A page of them.
     *
     * @param byCode how many are kept of each code
     * @param total all that were rejected, kept or not
     */
    @RegisterForReflection(registerFullHierarchy = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rejections(List<RejectionView> items, @Nullable String nextCursor, Map<String, Long> byCode, long total) {}

    @GET
    @Operation(
            operationId = "listRejections",
            summary = "Records that a run set aside",
            description =
                    "In the order of the source. Of devices managers alone are told, of sheets that are written admins.")
    @APIResponse(
            responseCode = "200",
            description = "A page of rejections",
            content =
                    @Content(
                            schema = @Schema(implementation = Rejections.class),
                            examples = @ExampleObject(name = "rejections", value = RunExamples.REJECTIONS)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    public Uni<Rejections> list(
            @RestPath String id,
            @Parameter(description = "only this code", example = "KEY_MISSING") @RestQuery @Nullable String code,
            @BeanParam PageParameters page) {
        int size = page.size();
        String list = id + "/rejections";
        String after = page.after(list);
        String only = code == null
                ? null
                : Parameters.one(ErrorCode.class, "code", code).name();
        return runs.get(id).chain(run -> Uni.combine()
                .all()
                .unis(seen(run, only, after, size + 1), rejections.countByCode(id))
                .with((found, byCode) -> shown(
                        Page.of(list, found, size, Rejection::id, RejectionView::of),
                        byCode,
                        run.progress().counts().rejected())));
    }

    private Uni<List<Rejection>> seen(Run run, @Nullable String only, String after, int limit) {
        Sight sight = sights.ofRows(run.sync());
        return rejections.page(run.id(), only, after, limit).map(found -> seen(found, sight));
    }

    private static List<Rejection> seen(List<Rejection> found, Sight sight) {
        return found.stream().map(sight::of).toList();
    }

    private static Rejections shown(Page<RejectionView> page, Map<String, Long> byCode, long total) {
        return new Rejections(page.items(), page.nextCursor(), byCode, total);
    }
}

package dev.syncline.status;

import java.util.Optional;

import jakarta.ws.rs.container.ContainerRequestContext;

import io.smallrye.mutiny.Uni;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

import dev.syncline.run.Run;

/**
 * Looks at the run that a stream is to follow before the stream begins, for afterwards no status can be told. One that does
 * not exist is 404. A browser comes back when its stream ends: to one that knows its run's end, 204 says that there is
 * nothing more, and only that keeps it from coming back for ever (C0-25).
 */
class FollowedRun {
    private final Runs runs;

    FollowedRun(Runs runs) {
        this.runs = runs;
    }

    @ServerRequestFilter
    @Nullable
    Uni<RestResponse<Void>> check(ContainerRequestContext request) {
        String run = request.getUriInfo().getQueryParameters().getFirst("run");
        if (run == null || !request.getUriInfo().getPath().equals("/api/events")) {
            return null;
        }
        Optional<EventId> told = Optional.ofNullable(request.getHeaderString("Last-Event-ID"))
                .flatMap(EventId::parse)
                .filter(id -> id.run().equals(run));
        return runs.get(run).map(found -> told.filter(id -> knowsEnd(id, found))
                .map(id -> RestResponse.<Void>noContent())
                .orElse(null));
    }

    private static boolean knowsEnd(EventId told, Run run) {
        return !run.active() && run.version() <= told.version();
    }
}

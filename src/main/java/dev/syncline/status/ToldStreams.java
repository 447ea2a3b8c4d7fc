package dev.syncline.status;

import java.util.Optional;

import jakarta.ws.rs.container.ContainerRequestContext;

import io.smallrye.mutiny.Uni;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

import dev.syncline.run.RunStore;

/**
 * A browser comes back when its stream ends. To one that has followed a run to its end and knows it, 204 says that there is
 * nothing more, and only that keeps it from coming back for ever (C0-25).
 */
class ToldStreams {
    private final RunStore store;

    ToldStreams(RunStore store) {
        this.store = store;
    }

    @ServerRequestFilter
    @Nullable
    Uni<RestResponse<Void>> refuse(ContainerRequestContext request) {
        String run = request.getUriInfo().getQueryParameters().getFirst("run");
        String told = request.getHeaderString("Last-Event-ID");
        if (run == null || told == null || !request.getUriInfo().getPath().equals("/api/events")) {
            return null;
        }
        Optional<EventId> event = EventId.parse(told).filter(id -> id.run().equals(run));
        return event.map(
                        id -> store.byId(run).map(found -> found.filter(r -> !r.active() && r.version() <= id.version())
                                .map(r -> RestResponse.<Void>noContent())
                                .orElse(null)))
                .orElse(null);
    }
}

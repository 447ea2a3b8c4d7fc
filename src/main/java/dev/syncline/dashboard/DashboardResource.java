package dev.syncline.dashboard;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.LaunchMode;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;

/**
 * {@code GET /}: the page. Its parts are served once more by themselves, for a page that is open and learns from the event
 * stream that one of them is out of date.
 */
@Path("/")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class DashboardResource {
    private final SyncCards cards;

    DashboardResource(SyncCards cards) {
        this.cards = cards;
    }

    @CheckedTemplate(basePath = "dashboard")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(List<SyncCard> cards, String problem, boolean development);

        static native TemplateInstance cards(List<SyncCard> cards);

        static native TemplateInstance card(SyncCard card);
    }

    @GET
    @Operation(hidden = true)
    public Uni<RestResponse<TemplateInstance>> page() {
        return cards.all()
                .map(all -> RestResponse.ok(page(all, "")))
                .onFailure(DatabaseFailures::isConnectivity)
                .recoverWithItem(() -> RestResponse.status(RestResponse.Status.SERVICE_UNAVAILABLE, withoutDatabase()));
    }

    private static TemplateInstance page(List<SyncCard> cards, String problem) {
        return Templates.page(cards, problem, LaunchMode.current() == LaunchMode.DEVELOPMENT);
    }

    /** A page all the same: it comes to life as soon as the event stream does. */
    private static TemplateInstance withoutDatabase() {
        ErrorCode code = ErrorCode.DATABASE_UNAVAILABLE;
        return page(List.of(), code.title() + ". " + code.nextStep());
    }

    @GET
    @Path("/dashboard/syncs")
    @Operation(hidden = true)
    public Uni<TemplateInstance> all() {
        return cards.all().map(Templates::cards);
    }

    @GET
    @Path("/dashboard/syncs/{sync}")
    @Operation(hidden = true)
    public Uni<TemplateInstance> one(@RestPath String sync) {
        return cards.of(sync).map(Templates::card);
    }
}

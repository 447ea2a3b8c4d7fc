package dev.syncline.dashboard;

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

/**
 * {@code GET /}: the page. Its parts are served once more by themselves, for a page that is open and learns from the event
 * stream that one of them is out of date.
 */
@Path("/")
@Produces(MediaType.TEXT_HTML)
class DashboardResource {
    private final SyncCards cards;

    DashboardResource(SyncCards cards) {
        this.cards = cards;
    }

    @CheckedTemplate(basePath = "dashboard")
    static class Templates {
        private Templates() {}

        static native TemplateInstance page(java.util.List<SyncCard> cards, boolean development);

        static native TemplateInstance cards(java.util.List<SyncCard> cards);

        static native TemplateInstance card(SyncCard card);
    }

    @GET
    @Operation(hidden = true)
    public Uni<TemplateInstance> page() {
        return cards.all().map(all -> Templates.page(all, LaunchMode.current() == LaunchMode.DEVELOPMENT));
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

package dev.syncline.writeback;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;

import dev.syncline.dashboard.Frame;
import dev.syncline.dashboard.Pages;
import dev.syncline.identity.Caller;
import dev.syncline.identity.Role;
import dev.syncline.run.RunStore;
import dev.syncline.status.Page;
import dev.syncline.status.PageParameters;

/** {@code GET /queue}: the queue and the log for people; what stands there is what the API says. */
@Path(QueuePage.PATH)
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class QueuePageResource {
    private static final String LIST = "queue-page-log";

    private final Overviews overviews;
    private final WriteLog log;
    private final RunStore runs;
    private final Models models;
    private final Pages pages;
    private final Caller caller;

    QueuePageResource(Overviews overviews, WriteLog log, RunStore runs, Models models, Pages pages, Caller caller) {
        this.overviews = overviews;
        this.log = log;
        this.runs = runs;
        this.models = models;
        this.pages = pages;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "writeback")
    static class Templates {
        private Templates() {}

        static native TemplateInstance queue(Frame frame, QueueView queue, LogPage log);

        static native TemplateInstance now(QueueView queue);

        static native TemplateInstance log(LogPage log);
    }

    @GET
    @Operation(hidden = true)
    public Uni<RestResponse<TemplateInstance>> page(@BeanParam PageParameters page) {
        return pages.show(QueuePage.PATH, Role.viewer, frame -> page(frame, page));
    }

    private Uni<RestResponse<TemplateInstance>> page(Frame frame, PageParameters page) {
        boolean acts = acts();
        return Uni.combine()
                .all()
                .unis(view(acts), acts ? entries(page) : Uni.createFrom().item(LogPage.NONE))
                .with((view, entries) -> RestResponse.ok(Templates.queue(frame, view, entries)));
    }

    /** How the queue stands, for a page that is open. */
    @GET
    @Path("/now")
    @Operation(hidden = true)
    public Uni<TemplateInstance> now() {
        return view(acts()).map(Templates::now);
    }

    /** What was written, for a page that is open: the newest of it, or what follows on what is shown. */
    @GET
    @Path("/log")
    @Operation(hidden = true)
    public Uni<TemplateInstance> log(@BeanParam PageParameters page) {
        return Uni.createFrom().deferred(() -> entries(page)).map(Templates::log);
    }

    private boolean acts() {
        return caller.account().is(Role.admin);
    }

    private Uni<QueueView> view(boolean acts) {
        boolean configured =
                models.all().stream().anyMatch(model -> model.spreadsheet().isPresent());
        return Uni.combine()
                .all()
                .unis(overviews.now(acts), runs.activeOf(WriteBack.SYNC))
                .with((overview, active) -> new QueueView(overview, acts, configured, active.isPresent()));
    }

    private Uni<LogPage> entries(PageParameters page) {
        int size = page.size();
        return log.page(null, null, null, page.after(LIST), size + 1)
                .map(found -> Page.of(LIST, found, size, LogEntry::id, entry -> entry))
                .map(found -> new LogPage(LogRun.of(found.items(), models), found.nextCursor()));
    }
}

package dev.syncline.dashboard;

import java.util.List;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Role;
import dev.syncline.status.AuditFeed;
import dev.syncline.status.PageParameters;

/** {@code GET /audit}: who did what, for people; the records are those of {@code GET /api/audit}. */
@Path("/audit")
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class AuditPageResource {
    private final AuditFeed feed;
    private final Pages pages;

    AuditPageResource(AuditFeed feed, Pages pages) {
        this.feed = feed;
        this.pages = pages;
    }

    @CheckedTemplate(basePath = "dashboard")
    static class Templates {
        private Templates() {}

        static native TemplateInstance audit(Frame frame, AuditLines lines);

        static native TemplateInstance auditLines(AuditLines lines);
    }

    @GET
    @Operation(hidden = true)
    public Uni<RestResponse<TemplateInstance>> page(
            @RestQuery @Nullable String eventType, @BeanParam PageParameters page) {
        return pages.show(OwnLinks.AUDIT, Role.manager, frame -> page(frame, eventType, page));
    }

    private Uni<RestResponse<TemplateInstance>> page(Frame frame, @Nullable String eventType, PageParameters page) {
        return lines(eventType, page).map(lines -> RestResponse.ok(Templates.audit(frame, lines)));
    }

    /** The rows that follow on those of an open page. */
    @GET
    @Path("/more")
    @Operation(hidden = true)
    public Uni<TemplateInstance> more(@RestQuery @Nullable String eventType, @BeanParam PageParameters page) {
        return lines(eventType, page).map(Templates::auditLines);
    }

    private Uni<AuditLines> lines(@Nullable String eventType, PageParameters page) {
        String type = eventType == null ? "" : eventType.strip();
        List<String> types = type.isEmpty() ? List.of() : List.of(type);
        return Uni.createFrom().deferred(() -> feed.page(types, null, page)).map(found -> AuditLines.of(found, type));
    }
}

package dev.syncline.roster;

import java.util.Optional;

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

import dev.syncline.dashboard.Frame;
import dev.syncline.dashboard.Pages;
import dev.syncline.dashboard.Trouble;
import dev.syncline.identity.Role;
import dev.syncline.platform.SyncException;

/** {@code GET /devices}: the roster for people; what stands there is what the API says. */
@Path(GridAddress.PAGE)
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class DevicePageResource {
    private final DeviceReader reader;
    private final Anonymization anonymization;
    private final Pages pages;
    private final boolean configured;

    DevicePageResource(DeviceReader reader, Anonymization anonymization, Pages pages, RosterConfig config) {
        this.reader = reader;
        this.anonymization = anonymization;
        this.pages = pages;
        this.configured = config.sheetId().isPresent();
    }

    @CheckedTemplate(basePath = "roster")
    static class Templates {
        private Templates() {}

        static native TemplateInstance devices(Frame frame, DevicePage page);

        static native TemplateInstance grid(GridView grid);

        static native TemplateInstance panel(PanelView panel);

        static native TemplateInstance problem(Trouble trouble);
    }

    /** @param device whose details are open */
    @GET
    @Operation(hidden = true)
    public Uni<RestResponse<TemplateInstance>> page(
            @BeanParam DeviceParameters parameters, @RestQuery @Nullable String device) {
        return pages.show(GridAddress.PAGE, Role.manager, frame -> page(frame, parameters, device));
    }

    private Uni<RestResponse<TemplateInstance>> page(
            Frame frame, DeviceParameters parameters, @Nullable String device) {
        Veil veil = anonymization.veil();
        return Uni.combine()
                .all()
                .unis(page(parameters, veil), panelOf(device, veil))
                .with((page, panel) -> new DevicePage(page.form(), page.grid(), page.trouble(), panel.orElse(null)))
                .map(page -> RestResponse.ResponseBuilder.<TemplateInstance>create(page.status())
                        .entity(Templates.devices(frame, page))
                        .build());
    }

    private Uni<DevicePage> page(DeviceParameters parameters, Veil veil) {
        return reader.page(parameters, veil)
                .map(grid -> new DevicePage(
                        FilterForm.of(grid.query(), grid.options(), veil.isDrawn()),
                        GridView.of(grid, veil, configured),
                        null,
                        null))
                .onFailure(SyncException.class)
                .recoverWithItem(failure -> new DevicePage(
                        FilterForm.empty(veil.isDrawn()), null, Trouble.of((SyncException) failure), null));
    }

    /** An address that names no device, or none any more, shows the list all the same. */
    private Uni<Optional<PanelView>> panelOf(@Nullable String device, Veil veil) {
        if (device == null || device.isBlank()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return panel(device, veil)
                .map(Optional::of)
                .onFailure(SyncException.class)
                .recoverWithItem(Optional.empty());
    }

    private Uni<PanelView> panel(String serial, Veil veil) {
        return Uni.combine()
                .all()
                .unis(Uni.createFrom().deferred(() -> reader.detail(serial, veil)), reader.columns())
                .with(PanelView::of);
    }

    /** The table alone, for a page that is open. */
    @GET
    @Path("/grid")
    @Operation(hidden = true)
    public Uni<RestResponse<TemplateInstance>> grid(@BeanParam DeviceParameters parameters) {
        Veil veil = anonymization.veil();
        return part(reader.page(parameters, veil).map(grid -> Templates.grid(GridView.of(grid, veil, configured))));
    }

    /** The details of a device, for a page that is open. */
    @GET
    @Path("/panel")
    @Operation(hidden = true)
    public Uni<RestResponse<TemplateInstance>> panel(@RestQuery @Nullable String serial) {
        return part(panel(serial == null ? "" : serial, anonymization.veil()).map(Templates::panel));
    }

    private static Uni<RestResponse<TemplateInstance>> part(Uni<TemplateInstance> part) {
        return part.map(RestResponse::ok)
                .onFailure(SyncException.class)
                .recoverWithItem(failure -> problem(Trouble.of((SyncException) failure)));
    }

    private static RestResponse<TemplateInstance> problem(Trouble trouble) {
        return RestResponse.ResponseBuilder.<TemplateInstance>create(trouble.status())
                .entity(Templates.problem(trouble))
                .build();
    }
}

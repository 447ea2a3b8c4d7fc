package dev.syncline.roster;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerResponse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/devices/export}: all devices that a filter selects, as a file that is never whole in memory. */
@Path(ExportResource.PATH)
@Tag(name = "devices")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content =
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = DeviceResource.GridAnswer.class)))
class ExportResource {
    static final String PATH = "/api/devices/export";

    private static final Logger LOG = Logger.getLogger(ExportResource.class);

    private final DeviceExport export;
    private final Anonymization anonymization;

    ExportResource(DeviceExport export, Anonymization anonymization) {
        this.export = export;
        this.anonymization = anonymization;
    }

    @GET
    @Produces(DeviceCsv.TYPE)
    @Operation(
            operationId = "exportDevices",
            summary = "All devices that the parameters select, as a file",
            description =
                    "page and pageSize count for nothing here. The JSON is an array of devices as the list shows them,"
                            + " which a restore takes as a baseline unless anonymization was on.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(
                        mediaType = DeviceCsv.MEDIA,
                        schema = @Schema(type = SchemaType.STRING),
                        examples = @ExampleObject(name = "csv", value = DeviceExamples.EXPORT_CSV)),
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(type = SchemaType.ARRAY, implementation = DeviceView.class),
                        examples = @ExampleObject(name = "json", value = DeviceExamples.EXPORT_JSON))
            })
    @APIResponse(responseCode = "400", description = "A parameter has a value that is not allowed (INVALID_FILTERS)")
    public Multi<String> csv(
            @RestQuery
                    @Parameter(
                            description = "What kind of file",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"csv", "json"},
                                            defaultValue = "csv"))
                    @Nullable
                    String format,
            @BeanParam DeviceParameters parameters,
            @Context HttpServerResponse response) {
        Veil veil = anonymization.veil();
        return whole(
                export.csv(parameters, veil, file(ExportFormat.of(format, ExportFormat.csv), veil, response)),
                response);
    }

    /** The same as JSON; a stream of items has one type alone. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Multi<DeviceView> json(
            @RestQuery @Nullable String format,
            @BeanParam DeviceParameters parameters,
            @Context HttpServerResponse response) {
        Veil veil = anonymization.veil();
        return whole(
                export.devices(parameters, veil, file(ExportFormat.of(format, ExportFormat.json), veil, response)),
                response);
    }

    /** Whoever reads notices that the rest does not come: the connection ends without the end of the file. */
    private static <T> Multi<T> whole(Multi<T> parts, HttpServerResponse response) {
        return parts.onFailure(failure -> response.headWritten()).invoke(failure -> {
            LOG.error("an export broke off", failure);
            var unused = response.reset();
        });
    }

    /** An error is no file. What is no true copy says so in its name, lest somebody restores it. */
    private static Runnable file(ExportFormat format, Veil veil, HttpServerResponse response) {
        String name =
                "attachment; filename=\"devices%s.%s\"".formatted(veil.isDrawn() ? "-anonymized" : "", format.name());
        return () -> response.putHeader(HttpHeaders.CONTENT_DISPOSITION, name);
    }

    /** The parameter goes before what a browser says that it accepts. */
    @ServerRequestFilter(preMatching = true)
    void accept(ContainerRequestContext request) {
        if (request.getUriInfo().getPath().matches(PATH + "/?")) {
            ExportFormat.wanted(
                            request.getUriInfo().getQueryParameters().getFirst("format"),
                            request.getHeaderString(HttpHeaders.ACCEPT))
                    .ifPresent(format -> request.getHeaders().putSingle(HttpHeaders.ACCEPT, format.type()));
        }
    }
}

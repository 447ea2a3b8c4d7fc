package dev.syncline.roster;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

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
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Envelope;

/** {@code /api/devices}: the roster as it was last synced, page by page and one by one (S0, endpoints). */
@Path("/api/devices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "devices", description = "The device roster as the last sync left it")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(schema = @Schema(implementation = DeviceResource.GridAnswer.class)))
class DeviceResource {
    private final DeviceReader reader;
    private final Anonymization anonymization;

    DeviceResource(DeviceReader reader, Anonymization anonymization) {
        this.reader = reader;
        this.anonymization = anonymization;
    }

    /** For the API description: an envelope of a page. */
    @Schema(name = "DeviceGridAnswer")
    record GridAnswer(
            DeviceGrid.@Nullable Data data, @Nullable Meta meta, Envelope.@Nullable Failure error) {}

    /** For the API description: where a page stands. */
    @Schema(name = "DeviceGridMeta")
    record Meta(
            int page,
            int pageSize,
            long total,
            long totalPages,
            boolean hasNextPage,
            boolean hasPreviousPage,
            DeviceGrid.AppliedFilters appliedFilters,
            DeviceGrid.AppliedSort sort,
            String columnsVersion,
            DeviceGrid.FilterOptions filterOptions) {}

    /** For the API description: an envelope of one device. */
    @Schema(name = "DeviceAnswer")
    record DetailAnswer(
            @Nullable DeviceDetail data,
            @Schema(hidden = true) @Nullable Map<String, Object> meta,
            Envelope.@Nullable Failure error) {}

    /** The columns that the sheet has, in its order. */
    @Schema(name = "DeviceColumns")
    @RegisterForReflection(registerFullHierarchy = true)
    record Columns(List<ColumnView> columns, String columnsVersion) {}

    /** For the API description: an envelope of the columns. */
    @Schema(name = "DeviceColumnsAnswer")
    record ColumnsAnswer(@Nullable Columns data, @Nullable ColumnsMeta meta, Envelope.@Nullable Failure error) {}

    /** For the API description: how many columns there are. */
    @Schema(name = "DeviceColumnsMeta")
    record ColumnsMeta(int columnCount) {}

    @GET
    @Operation(
            operationId = "listDevices",
            summary = "A page of devices",
            description = "Selected by all of the parameters together, in a stable order; the newest first unless asked"
                    + " otherwise. Missing and inactive devices are among them unless presence says otherwise.")
    @APIResponse(
            responseCode = "200",
            description = "The page",
            content =
                    @Content(
                            schema = @Schema(implementation = GridAnswer.class),
                            examples = @ExampleObject(name = "page", value = DeviceExamples.GRID)))
    @APIResponse(responseCode = "400", description = "A parameter has a value that is not allowed (INVALID_FILTERS)")
    public Uni<Envelope<DeviceGrid.Data>> list(@BeanParam DeviceParameters parameters) {
        return reader.page(parameters, anonymization.veil()).map(grid -> Envelope.of(grid.data(), grid.meta()));
    }

    @GET
    @Path("/{serial}")
    @Operation(
            operationId = "getDevice",
            summary = "One device, whether somebody should look after it, and its history",
            description = "The history holds the last 50 changed fields, newest first.")
    @APIResponse(
            responseCode = "200",
            description = "The device",
            content =
                    @Content(
                            schema = @Schema(implementation = DetailAnswer.class),
                            examples = @ExampleObject(name = "device", value = DeviceExamples.DETAIL)))
    @APIResponse(responseCode = "400", description = "No device is named (DEVICE_ID_REQUIRED)")
    @APIResponse(responseCode = "404", description = "There is no such device (DEVICE_NOT_FOUND)")
    public Uni<Envelope<DeviceDetail>> get(
            @RestPath @Parameter(description = "The device's serial, in any case", example = "c02xk0a1jg5h")
                    String serial) {
        return reader.detail(serial, anonymization.veil()).map(Envelope::of);
    }

    @GET
    @Path("/columns")
    @Operation(
            operationId = "listDeviceColumns",
            summary = "The columns that the sheet had when it was last read whole, in its order")
    @APIResponse(
            responseCode = "200",
            description = "The columns; none before the first run",
            content =
                    @Content(
                            schema = @Schema(implementation = ColumnsAnswer.class),
                            examples = @ExampleObject(name = "columns", value = DeviceExamples.COLUMNS)))
    public Uni<Envelope<Columns>> columns() {
        return reader.columns().map(DeviceResource::shown);
    }

    private static Envelope<Columns> shown(RosterColumns current) {
        List<ColumnView> columns =
                current.columns().stream().map(ColumnView::of).toList();
        return Envelope.of(new Columns(columns, current.version()), Map.of("columnCount", columns.size()));
    }
}

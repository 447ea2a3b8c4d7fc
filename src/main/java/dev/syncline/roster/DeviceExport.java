package dev.syncline.roster;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;

/**
 * All devices that a request selects, as the parts of a file. It fails before the first part if the request is not allowed;
 * {@code granted} is called once it is.
 */
@ApplicationScoped
class DeviceExport {
    private static final String ACTION = "DEVICES_EXPORTED";

    private final DeviceReader reader;
    private final AuditTrail audit;

    DeviceExport(DeviceReader reader, AuditTrail audit) {
        this.reader = reader;
        this.audit = audit;
    }

    /** One device each. */
    Multi<DeviceView> devices(DeviceParameters parameters, Veil veil, Runnable granted) {
        return asked(parameters, veil, ExportFormat.json)
                .invoke(granted)
                .onItem()
                .transformToMulti(reader::all);
    }

    /** One line each, the column's names first. */
    Multi<String> csv(DeviceParameters parameters, Veil veil, Runnable granted) {
        return asked(parameters, veil, ExportFormat.csv)
                .invoke(granted)
                .onItem()
                .transformToMulti(this::csv);
    }

    /** Checked and recorded, so that nobody takes all devices along unseen. */
    private Uni<DeviceReader.Asked> asked(DeviceParameters parameters, Veil veil, ExportFormat format) {
        return reader.asked(parameters, veil).call(asked -> record(asked, format));
    }

    private Uni<Void> record(DeviceReader.Asked asked, ExportFormat format) {
        return audit.record(AuditType.sync, ACTION, RosterSync.DEVICES, "granted", facts(asked, format));
    }

    /** What was looked for as free text may be a person, so there is only that it was. */
    private static Map<String, Object> facts(DeviceReader.Asked asked, ExportFormat format) {
        DeviceQuery query = asked.query();
        return Map.of(
                "format", format.name(),
                "anonymized", asked.veil().isDrawn(),
                "status", query.status(),
                "condition", query.condition(),
                "offboardingStatus", query.offboardingStatus(),
                "presence",
                        query.presence().stream().map(Presence::name).sorted().toList(),
                "bySearch", query.search() != null,
                "byAssignee", query.assignedTo() != null);
    }

    private Multi<String> csv(DeviceReader.Asked asked) {
        DeviceCsv csv = DeviceCsv.of(asked.columns());
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(csv.header()), reader.all(asked).map(csv::line));
    }
}

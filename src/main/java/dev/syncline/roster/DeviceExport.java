package dev.syncline.roster;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Devices as the lines of a file. */
@ApplicationScoped
class DeviceExport {
    private final DeviceReader reader;
    private final ObjectMapper json;

    DeviceExport(DeviceReader reader, ObjectMapper json) {
        this.reader = reader;
        this.json = json;
    }

    /**
     * The file's lines, one device each; of a JSON file the framework adds brackets and commas. Fails before the first line if
     * the request is not allowed.
     *
     * @param granted called once it is, before the first line
     */
    Multi<String> lines(ExportFormat format, DeviceParameters parameters, Veil veil, Runnable granted) {
        Uni<DeviceReader.Asked> asked = reader.asked(parameters, veil).invoke(granted);
        return format == ExportFormat.csv
                ? asked.onItem().transformToMulti(this::csv)
                : asked.onItem().transformToMulti(reader::all).map(this::json);
    }

    private Multi<String> csv(DeviceReader.Asked asked) {
        DeviceCsv csv = DeviceCsv.of(asked.columns());
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(csv.header()), reader.all(asked).map(csv::line));
    }

    private String json(DeviceView device) {
        try {
            return json.writeValueAsString(device);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a device is made of plain values", e);
        }
    }
}

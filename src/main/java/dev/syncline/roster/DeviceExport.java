package dev.syncline.roster;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;

/**
 * All devices that a request selects, as the parts of a file. It fails before the first part if the request is not allowed;
 * {@code granted} is called once it is.
 */
@ApplicationScoped
class DeviceExport {
    private final DeviceReader reader;

    DeviceExport(DeviceReader reader) {
        this.reader = reader;
    }

    /** One device each. */
    Multi<DeviceView> devices(DeviceParameters parameters, Veil veil, Runnable granted) {
        return reader.asked(parameters, veil).invoke(granted).onItem().transformToMulti(reader::all);
    }

    /** One line each, the column's names first. */
    Multi<String> csv(DeviceParameters parameters, Veil veil, Runnable granted) {
        return reader.asked(parameters, veil).invoke(granted).onItem().transformToMulti(this::csv);
    }

    private Multi<String> csv(DeviceReader.Asked asked) {
        DeviceCsv csv = DeviceCsv.of(asked.columns());
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(csv.header()), reader.all(asked).map(csv::line));
    }
}

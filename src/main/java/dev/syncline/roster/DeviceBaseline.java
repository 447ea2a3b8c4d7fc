package dev.syncline.roster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.RowRejected;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.source.RowCursor;
import dev.syncline.source.RowSource;
import dev.syncline.source.SourceItem;
import dev.syncline.source.SourceRow;

/**
 * Devices as a file has them: a JSON array in the shape in which the API shows devices and exports them, of which what the
 * sheet does not say is left aside. A device that was missing then is no device of the baseline, and so is missing again. The
 * file is checked whole before anything of it is used.
 */
final class DeviceBaseline implements RowSource {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final byte[] NO_TEXT = {};

    private final List<SourceRow> devices = new ArrayList<>();
    private final Set<String> serials = new TreeSet<>();
    private final Set<String> attributes = new TreeSet<>();
    private final int maxDevices;

    private DeviceBaseline(int maxDevices) {
        this.maxDevices = maxDevices;
    }

    /**
     * Reads a file. Blocking.
     *
     * @param maxDevices most of them that were present
     * @throws SyncException BASELINE_INVALID with the place in the file, SOURCE_FAILED if it cannot be read
     */
    static DeviceBaseline read(Path file, int maxDevices) {
        DeviceBaseline baseline = new DeviceBaseline(maxDevices);
        try (JsonParser json = JSON.createParser(file.toFile())) {
            baseline.read(json);
        } catch (JsonProcessingException e) {
            throw invalid("it is no well-formed JSON, line %d, column %d"
                    .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
        } catch (IOException e) {
            throw new SyncException(ErrorCode.SOURCE_FAILED, "the baseline cannot be read", e);
        }
        return baseline;
    }

    static SyncException invalid(String detail) {
        return new SyncException(ErrorCode.BASELINE_INVALID, detail + "; nothing was changed");
    }

    private void read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw invalid("it is no JSON array of devices");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            add(JSON.readTree(json));
        }
        if (json.nextToken() != null) {
            throw invalid("something follows the array of devices");
        }
        if (devices.isEmpty()) {
            throw invalid("it holds no devices that were present");
        }
    }

    private void add(@Nullable JsonNode node) {
        BaselineDevice device = BaselineDevice.of("/" + serials.size(), node);
        SourceRow row = new SourceRow(devices.size(), device.place(), device.cells(), NO_TEXT);
        if (!serials.add(serialOf(row))) {
            throw invalid(device.place() + "/serial: another device has the same one");
        }
        if (device.present()) {
            requireRoom();
            devices.add(row);
            attributes.addAll(device.attributes());
        }
    }

    private void requireRoom() {
        if (devices.size() == maxDevices) {
            throw invalid("it holds more than %d devices that were present".formatted(maxDevices));
        }
    }

    private static String serialOf(SourceRow row) {
        try {
            return DeviceSerial.of(row);
        } catch (RowRejected why) {
            throw invalid(row.place() + "/serial: " + why.getMessage());
        }
    }

    Collection<String> attributes() {
        return attributes;
    }

    /** @param sheetId of a device that does not say in which sheet it stood */
    DeviceMapper mapper(String sheetId, Collection<String> known) {
        List<SheetColumn> columns = new ArrayList<>();
        for (SheetField field : SheetField.values()) {
            columns.add(SheetColumn.declared(columns.size(), field.path(), field));
        }
        attributes.forEach(key -> columns.add(SheetColumn.attribute(columns.size(), key, key, false)));
        return new DeviceMapper(sheetId, ZoneOffset.UTC, columns, known);
    }

    @Override
    public RowCursor open(Set<String> columns) {
        return new Cursor();
    }

    private final class Cursor implements RowCursor {
        private int next;

        @Override
        public @Nullable SourceItem next() {
            if (next == devices.size()) {
                return null;
            }
            SourceRow row = devices.get(next++);
            return new SourceRow(row.ordinal(), row.place(), row.cells(), RowText.of(row.cells()));
        }

        @Override
        public long bytesRead() {
            return next;
        }

        @Override
        public long bytesTotal() {
            return devices.size();
        }

        @Override
        public void close() {
            // The devices lie in memory.
        }
    }
}

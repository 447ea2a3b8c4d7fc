package dev.syncline.roster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.ingest.MappedRow;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.source.RowCursor;
import dev.syncline.source.SourceRow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DeviceBaselineTest {
    private static final String WHOLE = """
            [{"serial": "abc-1", "legacyDeviceId": "D-17", "sheetId": "sheet-1", "assignedTo": "Lee McX", "status": "In Use",
              "condition": "Good", "offboardingStatus": null,
              "offboardingMetadata": {"lastActor": "sam", "lastAction": "returned", "lastTransferAt": "2026-01-31T17:00:00Z"},
              "lastTransferNotes": "with cable", "lastSeen": "2026-01-30T05:00:00.123Z",
              "dynamicAttributes": {"price": 1249.50, "count": 3, "tag": "007", "insured": true, "gone": null},
              "lastSyncedAt": "2026-02-01T00:00:00Z", "contentHash": "0f", "presence": "present", "governance": {"a": [1]}},
             {"serial": "c", "presence": "missing"}, {"serial": "b"}]
            """;

    @TempDir
    Path directory;

    @Test
    @DisplayName("S0-48: a device comes back from the shape of the API as it was")
    void readsDevices() {
        DeviceBaseline baseline = read(WHOLE);

        assertThat(devices(baseline))
                .extracting(MappedRow::fields)
                .containsExactly(
                        new TreeMap<>(Map.ofEntries(
                                Map.entry("serial", "abc-1"),
                                Map.entry("legacyDeviceId", "D-17"),
                                Map.entry("sheetId", "sheet-1"),
                                Map.entry("assignedTo", "Lee McX"),
                                Map.entry("status", "In Use"),
                                Map.entry("condition", "Good"),
                                Map.entry("offboardingMetadata.lastActor", "sam"),
                                Map.entry("offboardingMetadata.lastAction", "returned"),
                                Map.entry("offboardingMetadata.lastTransferAt", Instant.parse("2026-01-31T17:00:00Z")),
                                Map.entry("lastTransferNotes", "with cable"),
                                Map.entry("lastSeen", Instant.parse("2026-01-30T05:00:00.123Z")),
                                Map.entry("dynamicAttributes.price", new BigDecimal("1249.5")),
                                Map.entry("dynamicAttributes.count", 3L),
                                Map.entry("dynamicAttributes.tag", "007"),
                                Map.entry("dynamicAttributes.insured", true))),
                        new TreeMap<>(Map.of(
                                "serial", "b",
                                "sheetId", "sheet-2",
                                "status", "Unknown",
                                "condition", "Unknown",
                                "assignedTo", "Unassigned")));
        assertThat(baseline.attributes()).containsExactly("count", "insured", "price", "tag");
    }

    static List<Arguments> mistakes() {
        return List.of(
                arguments("", "it is no JSON array of devices"),
                arguments("{}", "it is no JSON array of devices"),
                arguments("[]", "it holds no devices that were present"),
                arguments("[{\"serial\": \"a\"}", "it is no well-formed JSON, line 1, column 17"),
                arguments("[{\"serial\": \"a\"}] []", "something follows the array of devices"),
                arguments("[{\"serial\": \"a\"},\n {\"serial\": }]", "it is no well-formed JSON, line 2, column 13"),
                arguments("[{\"serial\": \"a\", \"serial\": \"b\"}]", "it is no well-formed JSON, line 1, column 26"),
                arguments("[{\"serial\": \"a\"}, 7]", "/1 is no device"),
                arguments("[{\"serial\": \"a\"}, {}]", "/1/serial is missing"),
                arguments("[{\"legacyDeviceId\": \"a\"}]", "/0/serial is missing"),
                arguments("[{\"serial\": \"  \"}]", "/0/serial is missing"),
                arguments("[{\"serial\": 5}]", "/0/serial is no text"),
                arguments(
                        "[{\"serial\": \"" + "x".repeat(201) + "\"}]",
                        "/0/serial: The serial has 201 characters, allowed are 200."),
                arguments("[{\"serial\": \"A \"}, {\"serial\": \"a\"}]", "/1/serial: another device has the same one"),
                arguments("[{\"serial\": \"a\", \"status\": {}}]", "/0/status is no text"),
                arguments("[{\"serial\": \"a\", \"lastSeen\": \"soon\"}]", "/0/lastSeen is no date"),
                arguments("[{\"serial\": \"a\", \"offboardingMetadata\": 5}]", "/0/offboardingMetadata is no object"),
                arguments(
                        "[{\"serial\": \"a\", \"offboardingMetadata\": {\"lastTransferAt\": \"x\"}}]",
                        "/0/offboardingMetadata/lastTransferAt is no date"),
                arguments("[{\"serial\": \"a\", \"dynamicAttributes\": []}]", "/0/dynamicAttributes is no object"),
                arguments(
                        "[{\"serial\": \"a\", \"dynamicAttributes\": {\"price\": []}}]",
                        "/0/dynamicAttributes/price is no text, number, boolean or null"),
                arguments(
                        "[{\"serial\": \"a\", \"dynamicAttributes\": {\"a.b\": 1}}]",
                        "/0/dynamicAttributes has a key that no column can have: 'a.b'"),
                arguments(
                        "[{\"serial\": \"a\", \"dynamicAttributes\": {\"$set\": 1}}]",
                        "/0/dynamicAttributes has a key that no column can have: '$set'"),
                arguments(
                        "[{\"serial\": \"a\", \"dynamicAttributes\": {\"status\": \"x\"}}]",
                        "/0/dynamicAttributes has a key that no column can have: 'status'"),
                arguments("[{\"serial\": \"a\", \"presence\": \"missing\"}]", "it holds no devices that were present"),
                arguments(
                        "[{\"serial\": \"a\", \"presence\": \"there\"}]",
                        "/0/presence is none of present, missing, inactive"),
                arguments(
                        "[{\"serial\": \"a\", \"dynamicAttributes\": {\"owner\": \"Anon-K7Q2\"}}]",
                        "/0/dynamicAttributes/owner is a placeholder: the export was made with anonymization on"),
                arguments(
                        "[{\"serial\": \"a\", \"assignedTo\": \"Anon-1F2E3D\"}]",
                        "/0/assignedTo is a placeholder: the export was made with anonymization on"),
                arguments(
                        "[{\"serial\": \"a\"}, {\"serial\": \"b\"}, {\"serial\": \"c\"}, {\"serial\": \"d\"}]",
                        "it holds more than 3 devices that were present"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mistakes")
    @DisplayName("S0-48: what is wrong with a baseline is told with its place")
    void refusesWhatIsNoBaseline(String json, String detail) {
        SyncException refused = catchThrowableOfType(SyncException.class, () -> read(json));

        assertThat(refused.code()).isEqualTo(ErrorCode.BASELINE_INVALID);
        assertThat(refused.detail()).isEqualTo(detail + "; nothing was changed");
    }

    private DeviceBaseline read(String json) {
        try {
            return DeviceBaseline.read(Files.writeString(directory.resolve("baseline.json"), json), 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<MappedRow> devices(DeviceBaseline baseline) {
        DeviceMapper mapper = baseline.mapper("sheet-2", List.of());
        try (RowCursor cursor = baseline.open(Set.of())) {
            return Stream.generate(cursor::next)
                    .takeWhile(Objects::nonNull)
                    .map(row -> mapper.map((SourceRow) row))
                    .toList();
        }
    }
}

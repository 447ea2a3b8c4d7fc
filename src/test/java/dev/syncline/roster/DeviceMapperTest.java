package dev.syncline.roster;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.ingest.MappedRow;
import dev.syncline.ingest.RowRejected;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;

import static dev.syncline.roster.Tab.withHeader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class DeviceMapperTest {
    @Test
    @DisplayName("S0-34: all declared fields and all attributes are mapped")
    void mapsEveryField() {
        Tab tab = withHeader(
                        "Serial",
                        "Device ID",
                        "Assigned To",
                        "Status",
                        "Condition",
                        "Offboarding Status",
                        "Offboarding Actor",
                        "Transfer Action",
                        "Transfer Timestamp",
                        "Last Transfer Notes",
                        "Last Seen",
                        "Asset Tag",
                        "Price",
                        "Count",
                        "Insured",
                        "Bought")
                .row(
                        " ABC-1 ",
                        "D-17",
                        " Lee McX ",
                        "IN use",
                        "needs   repair",
                        "Legal hold",
                        "sam@example.org",
                        "returned",
                        46053.5,
                        " given back\nwith cable ",
                        "2026-01-30",
                        "007",
                        "1249.50",
                        3,
                        true,
                        46053)
                .showingDatesIn(15)
                .row("b", null, null, null, null, null, null, null, null, null, null, null, 1249.50);

        MappedRow device = tab.device(0);

        assertThat(device.key()).isEqualTo("abc-1");
        assertThat(device.fields())
                .isEqualTo(new TreeMap<>(Map.ofEntries(
                        Map.entry("serial", "abc-1"),
                        Map.entry("legacyDeviceId", "D-17"),
                        Map.entry("sheetId", "sheet-1"),
                        Map.entry("assignedTo", "Lee McX"),
                        Map.entry("status", "In Use"),
                        Map.entry("condition", "Needs Repair"),
                        Map.entry("offboardingStatus", "Legal hold"),
                        Map.entry("offboardingMetadata.lastActor", "sam@example.org"),
                        Map.entry("offboardingMetadata.lastAction", "returned"),
                        Map.entry("offboardingMetadata.lastTransferAt", Instant.parse("2026-01-31T17:00:00Z")),
                        Map.entry("lastTransferNotes", "given back\nwith cable"),
                        Map.entry("lastSeen", Instant.parse("2026-01-30T05:00:00Z")),
                        Map.entry("dynamicAttributes.asset_tag", "007"),
                        Map.entry("dynamicAttributes.price", "1249.50"),
                        Map.entry("dynamicAttributes.count", 3L),
                        Map.entry("dynamicAttributes.insured", true),
                        Map.entry("dynamicAttributes.bought", "2026-01-31"))));
        assertThat(tab.device(1).fields()).containsEntry("dynamicAttributes.price", new BigDecimal("1249.5"));
    }

    @Test
    @DisplayName("S0-30: what a short row does not say is Unknown, Unassigned or absent")
    void fillsInDefaults() {
        MappedRow device = withHeader("Serial", "Status", "Condition", "Assigned To", "Last Seen", "Price")
                .row("a")
                .device(0);

        assertThat(device.fields())
                .isEqualTo(new TreeMap<>(Map.of(
                        "serial", "a",
                        "sheetId", "sheet-1",
                        "status", "Unknown",
                        "condition", "Unknown",
                        "assignedTo", "Unassigned")));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("S0-30: status and condition are in title case")
    @CsvSource({
        "in use, In Use",
        "IN USE, In Use",
        "'  needs \u00A0 repair ', Needs Repair",
        "checked-out, Checked-Out",
        "lost/stolen, Lost/Stolen",
        "poor, Poor",
        "mượn, Mượn"
    })
    void titleCase(String cell, String status) {
        Tab tab = withHeader("Serial", "Status", "Condition").row("a", cell, cell);

        assertThat(tab.field("status")).isEqualTo(status);
        assertThat(tab.field("condition")).isEqualTo(status);
    }

    @Test
    @DisplayName("S0-30: the assignee keeps its case, and a change of it is another content")
    void keepsTheAssigneesCase() {
        Tab lower = withHeader("Serial", "Assigned To").row("a", "lee mcx");
        Tab mixed = withHeader("Serial", "Assigned To").row("a", "Lee McX");

        assertThat(mixed.field("assignedTo")).isEqualTo("Lee McX");
        assertThat(mixed.device(0).hash()).isNotEqualTo(lower.device(0).hash());
    }

    static List<Arguments> serials() {
        return List.of(
                arguments(" ABC-1 ", "abc-1"),
                arguments("abc-1", "abc-1"),
                arguments("\u00A0ABC-1\u200B", "abc-1"),
                arguments("00042", "00042"),
                arguments("123456789012345678", "123456789012345678"),
                arguments("1E5", "1e5"),
                arguments(12345, "12345"),
                arguments(new BigDecimal("12345.0"), "12345"),
                arguments(new BigDecimal("1E+17"), "100000000000000000"),
                arguments(new BigDecimal("123456789012345678"), "123456789012345678"),
                arguments(0.5, "0.5"),
                arguments(true, "true"),
                arguments("TITLE", "title"),
                arguments("a b", "a b"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("serials")
    @DisplayName("S0-27, S0-28: a serial is trimmed, in lower case, and else as it was written")
    void readsSerials(Object cell, String serial) {
        Tab tab = withHeader("Serial").row(cell);

        assertThat(tab.device(0).key()).isEqualTo(serial);
        assertThat(tab.field("serial")).isEqualTo(serial);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"000", "00123", "123456789012345678", "1.50", "+49 30 1234", "1e3", "TRUE", "2026-01-31", "=A1"})
    @DisplayName("S0-27: text of an attribute is never taken for anything else")
    void keepsText(String cell) {
        assertThat(withHeader("Serial", "Tag").row("a", "  " + cell + "\n").field("dynamicAttributes.tag"))
                .isEqualTo(cell);
    }

    @Test
    @DisplayName("S0-25: a row without a serial is refused; its device id stands in for it where there is one")
    void needsASerial() {
        Tab tab = withHeader("Serial", "Device ID", "Status")
                .row(null, " D-9 ", "x")
                .row(null, null, "x")
                .row("  ", "\u00A0", "x");

        assertThat(tab.device(0).key()).isEqualTo("d-9");
        assertThat(tab.device(0).fields()).containsEntry("serial", "d-9").containsEntry("legacyDeviceId", "D-9");
        for (int without : List.of(1, 2)) {
            RowRejected why = catchThrowableOfType(RowRejected.class, () -> tab.device(without));
            assertThat(why.code()).isEqualTo(ErrorCode.KEY_MISSING);
            assertThat(why).hasMessage("The row has no serial.");
        }
    }

    @Test
    @DisplayName("S0-28: a serial that is an error is no serial, and no other one stands in for it")
    void refusesASerialThatIsAnError() {
        Tab tab = withHeader("Serial", "Device ID").row("#N/A", "D-9");

        RowRejected why = catchThrowableOfType(RowRejected.class, () -> tab.device(0));

        assertThat(why.code()).isEqualTo(ErrorCode.CELL_ERROR);
        assertThat(why.column()).isEqualTo("serial");
    }

    @Test
    void refusesASerialThatIsTooLong() {
        Tab tab = withHeader("Serial").row("x".repeat(200)).row("x".repeat(201));

        assertThat(tab.device(0).key()).hasSize(200);
        assertThat(catchThrowableOfType(RowRejected.class, () -> tab.device(1)).code())
                .isEqualTo(ErrorCode.KEY_TOO_LONG);
    }

    @Test
    void refusesARowThatNoDocumentHolds() {
        Object[] labels = new Object[60];
        Object[] cells = new Object[60];
        for (int i = 1; i < 60; i++) {
            labels[i] = "Extra " + i;
            cells[i] = "x".repeat(50_000);
        }
        labels[0] = "Serial";
        cells[0] = "a";

        assertThat(catchThrowableOfType(
                                RowRejected.class,
                                () -> withHeader(labels).row(cells).device(0))
                        .code())
                .isEqualTo(ErrorCode.ROW_TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#ERROR!"})
    @DisplayName("S0-28: a cell that shows an error counts as blank, and is told with its row")
    void leavesErrorsOut(String error) {
        Tab tab = withHeader("Serial", "Status", "Price", "Last Seen")
                .row("a", "In Use", 1)
                .row("b", error, error, error);

        assertThat(tab.device(1).fields())
                .containsEntry("status", "Unknown")
                .doesNotContainKeys("lastSeen", "dynamicAttributes.price");
        assertThat(tab.remarks())
                .containsExactly(Warning.of(
                        ErrorCode.CELL_ERROR,
                        "cells that show an error, which count as blank: 3",
                        List.of("row 3, 'Status'", "row 3, 'Price'", "row 3, 'Last Seen'")));
    }

    @Test
    @DisplayName("S0-28: boxes that are ticked or not are true and false, and in a field of text TRUE and FALSE")
    void readsBoxes() {
        Tab tab = withHeader("Serial", "Insured", "Leased", "Assigned To", "Status", "Last Seen")
                .row("a", true, false, true, false, true);

        assertThat(tab.device(0).fields())
                .containsEntry("dynamicAttributes.insured", true)
                .containsEntry("dynamicAttributes.leased", false)
                .containsEntry("assignedTo", "TRUE")
                .containsEntry("status", "False")
                .doesNotContainKey("lastSeen");
    }

    static List<Arguments> numbers() {
        return List.of(
                arguments(new BigDecimal("7"), 7L),
                arguments(new BigDecimal("7.0"), 7L),
                arguments(new BigDecimal("7E2"), 700L),
                arguments(new BigDecimal("-0.0"), 0L),
                arguments(new BigDecimal("123456789012345678"), 123456789012345678L),
                arguments(new BigDecimal("1234567890123456789"), new BigDecimal("1234567890123456789")),
                arguments(new BigDecimal("0.10"), new BigDecimal("0.1")),
                arguments(new BigDecimal("1.7976931348623157E+308"), new BigDecimal("1.7976931348623157E+308")),
                arguments(new BigDecimal("4.9E-324"), new BigDecimal("4.9E-324")),
                arguments(new BigDecimal("1E+999999"), "1E+999999"));
    }

    @ParameterizedTest(name = "{0} is {1}")
    @MethodSource("numbers")
    void readsNumbers(BigDecimal cell, Object value) {
        assertThat(withHeader("Serial", "Price").row("a", cell).field("dynamicAttributes.price"))
                .isEqualTo(value);
    }

    @Test
    @DisplayName("a number in a column of dates is the day's text, unless it is too small or too large for a day")
    void readsDatesOfAttributes() {
        Tab tab = withHeader("Serial", "Bought")
                .row("a", 46053)
                .row("b", 46053.75)
                .row("c", 0.5)
                .row("d", "soon");

        assertThat(tab.showingDatesIn(1).device(0).fields()).containsEntry("dynamicAttributes.bought", "2026-01-31");
        assertThat(tab.showingDatesIn(1).device(1).fields())
                .containsEntry("dynamicAttributes.bought", "2026-01-31T18:00:00");
        assertThat(tab.showingDatesIn(1).device(2).fields())
                .containsEntry("dynamicAttributes.bought", new BigDecimal("0.5"));
        assertThat(tab.showingDatesIn(1).device(3).fields()).containsEntry("dynamicAttributes.bought", "soon");
        assertThat(tab.device(0).fields()).containsEntry("dynamicAttributes.bought", 46053L);
    }

    @Test
    @DisplayName("S0-29, S0-46: a date that cannot be read is left out, and told with its row and column alone")
    void tellsOfDatesThatCannotBeRead() {
        Tab tab = withHeader("Serial", "Last Seen", "Transfer Timestamp")
                .row("a", "yesterday", "2026-01-31")
                .row("b", 2026, "01/31/2026");

        assertThat(tab.device(0).fields()).doesNotContainKey("lastSeen");
        assertThat(tab.remarks())
                .containsExactly(Warning.of(
                        ErrorCode.DATE_UNREADABLE,
                        "cells without a date that can be read, which count as blank: 3",
                        List.of("row 2, 'Last Seen'", "row 3, 'Last Seen'", "row 3, 'Transfer Timestamp'")));
    }

    @Test
    @DisplayName("S0-32: of rows with one serial the first counts, and all of them are named")
    void tellsOfSerialsThatStandTwice() {
        Tab tab = withHeader("Serial", "Status")
                .row("ABC-1", "x")
                .row("b", "x")
                .row()
                .row(" abc-1 ", "y")
                .row("Abc-1", "#N/A");
        DeviceMapper mapper = tab.mapper();

        assertThat(mapper.rank(tab.sheetRows().row(0)))
                .isGreaterThan(mapper.rank(tab.sheetRows().row(2)));
        assertThat(tab.remarks())
                .containsExactly(Warning.of(
                        ErrorCode.SERIAL_CONFLICT,
                        "serials that stand in several rows, the first of which counts: 1",
                        List.of("row 2, row 5, row 6: 'abc-1'")));
    }

    @Test
    void namesTheFirstOfManyRowsWithOneSerial() {
        Tab tab = withHeader("Serial");
        for (int i = 0; i < 1_000; i++) {
            tab = tab.row("same");
        }

        assertThat(tab.remarks().get(0).sample())
                .containsExactly(
                        "row 2, row 3, row 4, row 5, row 6, row 7, row 8, row 9, row 10, row 11 and 990 more: 'same'");
    }

    @Test
    @DisplayName("S0-33, S0-46: devices that share a device id are all kept, and told by their rows")
    void tellsOfDeviceIdsThatAreShared() {
        Tab tab = withHeader("Serial", "Device ID")
                .row("a", "D-1")
                .row("b", "D-1")
                .row("c", "D-2")
                .row("a", "D-2");

        assertThat(tab.remarks())
                .extracting(Warning::code, Warning::sample)
                .containsExactly(
                        tuple("SERIAL_CONFLICT", List.of("row 2, row 5: 'a'")),
                        tuple("LEGACY_ID_SHARED", List.of("row 2, row 3")));
    }

    @Test
    void tellsOfAtMostTwentyFive() {
        Tab tab = withHeader("Serial", "Last Seen");
        for (int i = 0; i < 30; i++) {
            tab = tab.row("s" + i, "never");
        }

        assertThat(tab.remarks()).singleElement().satisfies(warning -> {
            assertThat(warning.message()).endsWith(": 30");
            assertThat(warning.sample()).hasSize(25);
        });
    }

    @Test
    @DisplayName("S0-31: a new column, or a first blank, changes the rows alone that have something in it")
    void changesNoRowThatSaysNothingNew() {
        Tab before = withHeader("Serial", "Price").row("a", 1).row("b", 2);
        Tab after = withHeader("Serial", "Price", "Colour")
                .row("a", 1)
                .row("b", 2, "red")
                .row("c");

        assertThat(after.device(0).hash()).isEqualTo(before.device(0).hash());
        assertThat(after.device(1).hash()).isNotEqualTo(before.device(1).hash());
    }

    @Test
    void namesAllFieldsThatADeviceMayHave() {
        assertThat(withHeader("Serial", "Price").mapper("price", "colour").fields())
                .containsExactlyInAnyOrder(
                        "serial",
                        "sheetId",
                        "presence",
                        "legacyDeviceId",
                        "assignedTo",
                        "status",
                        "condition",
                        "offboardingStatus",
                        "offboardingMetadata.lastActor",
                        "offboardingMetadata.lastAction",
                        "offboardingMetadata.lastTransferAt",
                        "lastTransferNotes",
                        "lastSeen",
                        "dynamicAttributes.price",
                        "dynamicAttributes.colour");
    }
}

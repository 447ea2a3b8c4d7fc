package dev.syncline.roster;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static dev.syncline.roster.Tab.withHeader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SheetHeaderTest {
    @ParameterizedTest
    @DisplayName("S0-26: the serial is found under each of its names, in any case and spelling")
    @ValueSource(
            strings = {
                "serial",
                "Serial",
                "SERIAL",
                " Serial ",
                "serial number",
                "Serial Number",
                "serial_number",
                "SerialNumber",
                "serial_no",
                "Serial No.",
                "serialno",
                "ＳＥＲＩＡＬ",
                "\u00A0Serial\u200B"
            })
    void findsTheSerial(String label) {
        assertThat(withHeader("Name", label).keys()).containsExactly("name", "serial");
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("S0-26: every declared field is found under each of its names")
    @CsvSource({
        "deviceid, legacyDeviceId",
        "Device_ID, legacyDeviceId",
        "Device ID, legacyDeviceId",
        "legacyDeviceId, legacyDeviceId",
        "assignedTo, assignedTo",
        "assigned_to, assignedTo",
        "Assigned To, assignedTo",
        "STATUS, status",
        "Condition, condition",
        "offboardingStatus, offboardingStatus",
        "offboarding_status, offboardingStatus",
        "Offboarding Status, offboardingStatus",
        "lastSeen, lastSeen",
        "last_seen, lastSeen",
        "Last Seen, lastSeen",
        "lastTransferNotes, lastTransferNotes",
        "last_transfer_notes, lastTransferNotes",
        "Last transfer notes, lastTransferNotes",
        "Offboarding Actor, offboardingMetadata.lastActor",
        "transfer_actor, offboardingMetadata.lastActor",
        "offboardingAction, offboardingMetadata.lastAction",
        "Transfer Action, offboardingMetadata.lastAction",
        "Offboarding Timestamp, offboardingMetadata.lastTransferAt",
        "transferTimestamp, offboardingMetadata.lastTransferAt"
    })
    void findsEveryDeclaredField(String label, String path) {
        assertThat(withHeader("Serial", label).keys()).containsExactly("serial", path);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("every other label becomes a key of letters and digits of its own script")
    @CsvSource({
        "Purchase Price, purchase_price",
        "Price (USD), price_usd",
        "  --Warranty--  End ,warranty_end",
        "2024, 2024",
        "a.b$c, a_b_c",
        "$where, where",
        "Größe, größe",
        "Ngày mua, ngày_mua",
        "购买日期, 购买日期",
        "तारीख़, तारीख़",
        "Serial (old), serial_old",
        "№ 5, no_5",
        "İl, i̇l"
    })
    void makesKeys(String label, String key) {
        assertThat(withHeader("Serial", label).keys().get(1))
                .isEqualTo(Normalizer.normalize(key, Normalizer.Form.NFKC));
    }

    @Test
    @DisplayName("S0, 4: a blank label above data becomes column_N; where nothing stands there is no column")
    void numbersBlankLabels() {
        Tab tab = withHeader("Serial", null, "Price", "", null, "###", null)
                .row("a", null, 1, "x", null, 5)
                .row("b", " ", 2);

        assertThat(tab.keys()).containsExactly("serial", "price", "column_4", "column_6");
        assertThat(tab.header().columns())
                .extracting(SheetColumn::label)
                .containsExactly("Serial", "Price", "column_4", "###");
        assertThat(tab.row("c", null, null, null, null, null, null, null, true).keys())
                .endsWith("column_9");
    }

    @Test
    @DisplayName("S0-37: labels that are the same, or make the same key, all survive, and are told")
    void keepsColumnsOfOneName() {
        Tab tab = withHeader("Serial", "Price", "price", "PRICE!", "Price 2", "Status", "status", "Serial No");

        assertThat(tab.keys())
                .containsExactly(
                        "serial", "price", "price_2", "price_3", "price_2_2", "status", "status_2", "serial_no_2");
        assertThat(tab.header().remarks())
                .containsExactly(Warning.of(
                        ErrorCode.COLUMN_DUPLICATED,
                        "columns that repeat a name and are kept under another: 5",
                        List.of(
                                "column C, 'price' is kept as price_2",
                                "column D, 'PRICE!' is kept as price_3",
                                "column E, 'Price 2' is kept as price_2_2",
                                "column G, 'status' is kept as status_2",
                                "column H, 'Serial No' is kept as serial_no_2")));
    }

    @ParameterizedTest(name = "{0} extra columns")
    @ValueSource(ints = {5, 20, 100})
    @DisplayName("S0-38: sheets with 5, 20 and 100 extra columns keep all of them")
    void keepsAsManyColumnsAsItMay(int count) {
        SheetHeader header = withExtraColumns(count).header();

        assertThat(header.columns()).hasSize(1 + count);
        assertThat(header.remarks()).isEmpty();
    }

    @Test
    @DisplayName(
            "S0-38: the 101st column and those after it are told with their labels; declared ones are kept wherever they stand")
    void tellsOfColumnsOverTheLimit() {
        Tab tab = withExtraColumns(102);
        Object[] labels =
                Stream.concat(tab.rows().get(0).stream(), Stream.of("Status")).toArray();

        SheetHeader header = withHeader(labels).header();

        assertThat(header.columns())
                .hasSize(102)
                .last()
                .extracting(SheetColumn::key)
                .isEqualTo("status");
        assertThat(header.remarks())
                .containsExactly(Warning.of(
                        ErrorCode.COLUMNS_OVER_LIMIT,
                        "columns that are more than are kept, and are not kept: 2",
                        List.of("column CX, 'Extra 101'", "column CY, 'Extra 102'")));
    }

    private static Tab withExtraColumns(int count) {
        return withHeader(Stream.concat(
                        Stream.of("Serial"), IntStream.rangeClosed(1, count).mapToObj(i -> "Extra " + i))
                .toArray());
    }

    @Test
    @DisplayName("S0-26: a header without a serial is refused, with the labels that it has")
    void refusesAHeaderWithoutASerial() {
        SyncException refused = catchThrowableOfType(
                SyncException.class,
                () -> withHeader("Name", "Price").row("a", 1).header());

        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_SYNC_CONFIGURATION);
        assertThat(refused.detail())
                .isEqualTo("row 1 of the tab 'Devices' has no column for the serial; it has 'Name', 'Price'");
    }

    @Test
    @DisplayName("S0-26: a header that is blank, or below the tab's end, is refused")
    void refusesAHeaderThatIsNotThere() {
        assertThat(catchThrowableOfType(SyncException.class, () -> withHeader().header())
                        .detail())
                .isEqualTo("row 1 of the tab 'Devices' has no column for the serial; it has no labels");
        assertThat(catchThrowableOfType(
                                SyncException.class,
                                () -> withHeader("Serial").withHeaderInRow(3).header())
                        .detail())
                .isEqualTo("row 3 of the tab 'Devices' has no column for the serial; it has no labels");
    }

    @Test
    @DisplayName("S0-26: device ids alone will do, unless the tab had serials before: by them all devices would be new")
    void takesDeviceIdsForSerials() {
        SheetHeader deviceIds = withHeader("Device ID", "Status").header();
        List<ColumnDefinition> before = Columns.stored(withHeader("Serial No", "Device ID"));

        assertThatNoException().isThrownBy(() -> deviceIds.requireSerialIfIn(List.of()));
        assertThatNoException().isThrownBy(() -> deviceIds.requireSerialIfIn(Columns.stored(withHeader("Device ID"))));
        assertThat(catchThrowableOfType(SyncException.class, () -> deviceIds.requireSerialIfIn(before)))
                .hasMessage("the column 'Serial No' with the serials is gone; the tab has 'Device ID', 'Status'")
                .extracting(SyncException::code)
                .isEqualTo(ErrorCode.INVALID_SYNC_CONFIGURATION);
    }

    @Test
    void readsTheHeaderOfItsRow() {
        Tab tab = withHeader("Roster of 2026")
                .row()
                .row("Serial", "Status")
                .row("a", "x")
                .withHeaderInRow(3);

        assertThat(tab.keys()).containsExactly("serial", "status");
        assertThat(tab.sheetRows().row(0).place()).isEqualTo("row 4");
    }

    @Property
    @Label("keys are never empty, twice the same, or with a dot or dollar, whatever the labels are")
    void keysAreNamesOfTheDatabase(@ForAll List<String> labels) {
        List<Object> all = new ArrayList<>(labels);
        all.add("Serial");
        Tab tab = withHeader(all.toArray()).row("a", "b", "c", "d", "e", "f", "g");

        assertThat(tab.header().columns())
                .extracting(SheetColumn::path)
                .doesNotHaveDuplicates()
                .filteredOn(path -> path.startsWith("dynamicAttributes."))
                .allSatisfy(path -> assertThat(path.substring("dynamicAttributes.".length()))
                        .matches("[^.$\\x00]+"));
    }
}

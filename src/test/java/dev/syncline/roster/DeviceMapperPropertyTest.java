package dev.syncline.roster;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.bson.types.Decimal128;

import dev.syncline.ingest.MappedRow;
import dev.syncline.ingest.RowRejected;
import dev.syncline.platform.ErrorCode;

import static dev.syncline.roster.Tab.withHeader;
import static org.assertj.core.api.Assertions.assertThat;

class DeviceMapperPropertyTest {
    private static final List<String> LABELS = List.of(
            "Serial", "Device ID", "Assigned To", "Status", "Last Seen", "Transfer Timestamp", "Price", "Day", "Notes");

    @Property(tries = 300)
    @Label("S0-28: no cell makes a row fail in any way but by being set aside, and each value can be stored")
    void anyRowIsMappedOrRejected(@ForAll("rows") List<Object> cells) {
        Tab tab = withHeader(LABELS.toArray()).row(cells.toArray()).showingDatesIn(7);
        if (tab.sheetRows().count() == 0) {
            return;
        }
        try {
            MappedRow device = tab.device(0);
            assertThat(device.key()).isNotBlank();
            assertThat(tab.mapper().fields()).containsAll(device.fields().keySet());
            assertThat(device.fields().values()).allSatisfy(DeviceMapperPropertyTest::canBeStored);
        } catch (RowRejected why) {
            assertThat(why.code()).isIn(ErrorCode.KEY_MISSING, ErrorCode.KEY_TOO_LONG, ErrorCode.CELL_ERROR);
        }
        assertThat(tab.remarks()).hasSizeLessThanOrEqualTo(3);
        assertThat(SerialAudit.of(tab.sheetRows()).rowsAudited()).isEqualTo(1);
        assertThat(Columns.seen(tab)).hasSize(LABELS.size());
    }

    @Property
    @Label("S0-31: the order of the columns leaves no trace in a row's content")
    void theOrderOfColumnsLeavesNoTrace(@ForAll("rows") List<Object> cells, @ForAll Random random) {
        List<Object> row = new ArrayList<>(cells);
        row.set(0, "a");
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8));
        Collections.shuffle(order, random);
        Tab tab = withHeader(LABELS.toArray()).row(row.toArray()).showingDatesIn(7);
        Tab shuffled = withHeader(order.stream().map(LABELS::get).toArray())
                .row(order.stream().map(row::get).toArray())
                .showingDatesIn(order.indexOf(7));

        assertThat(shuffled.device(0)).isEqualTo(tab.device(0));
    }

    @Property
    @Label("S0-30: a status in title case stays as it is")
    void titleCaseIsFinal(@ForAll String text) {
        String once = TitleCase.of(text);

        assertThat(TitleCase.of(once)).isEqualTo(once);
    }

    private static void canBeStored(Object value) {
        if (value instanceof BigDecimal number) {
            assertThat(new Decimal128(number).bigDecimalValue()).isEqualByComparingTo(number);
            assertThat(number).isEqualTo(number.stripTrailingZeros());
        }
        if (value instanceof String text) {
            assertThat(text)
                    .isNotBlank()
                    .isEqualTo(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        }
    }

    @Provide
    Arbitrary<List<Object>> rows() {
        return cell().list().ofSize(LABELS.size());
    }

    private static Arbitrary<Object> cell() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40).map(text -> text),
                Arbitraries.strings()
                        .withChars("0123456789-/T:. +Z")
                        .ofMaxLength(25)
                        .map(text -> text),
                Arbitraries.bigDecimals().map(number -> number),
                Arbitraries.doubles().map(BigDecimal::valueOf),
                Arbitraries.integers().map(scale -> new BigDecimal(BigInteger.valueOf(7), scale)),
                Arbitraries.of(true, false, "#N/A", "#REF!", "", " ", "\u0000"),
                Arbitraries.just(null));
    }
}

package dev.syncline.dev.sheets;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SampleDevicesTest {
    private static SheetsStandIn standIn;

    @BeforeAll
    static void start() {
        standIn = SheetsStandIn.start(0);
        SampleDevices.into(standIn);
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    private static List<List<Object>> rows(String tab, String render) throws IOException {
        return GoogleClient.reading(standIn)
                .spreadsheets()
                .values()
                .get(SampleDevices.ID, A1.quoted(tab))
                .setValueRenderOption(render)
                .execute()
                .getValues();
    }

    @Test
    void isTheSameEachTime() throws IOException {
        var first = rows(SampleDevices.TAB, "FORMULA");
        SampleDevices.into(standIn);
        assertThat(rows(SampleDevices.TAB, "FORMULA")).isEqualTo(first);
        assertThat(rows(SampleDevices.SECOND_TAB, "FORMULA")).isEqualTo(first);
        assertThat(rows(SampleDevices.QUOTED_TAB, "FORMULA")).hasSize(3);
    }

    @Test
    void holdsWhatMakesARosterHard() throws IOException {
        var rows = rows(SampleDevices.TAB, "UNFORMATTED_VALUE");
        assertThat(rows.get(0))
                .hasSize(19)
                .startsWith("Serial", "Device ID", "Assigned To")
                .endsWith("Label");
        assertThat(rows).hasSize(1 + SampleDevices.DEVICES + 1 + SampleDevices.GAP);

        var serials = new TreeMap<String, Integer>();
        rows.stream()
                .skip(1)
                .filter(row -> !row.isEmpty())
                .map(row -> row.get(0).toString().toLowerCase(Locale.ROOT))
                .forEach(serial -> serials.merge(serial, 1, Integer::sum));
        assertThat(serials.remove("")).as("without a serial").isEqualTo(1);
        assertThat(serials).hasSize(SampleDevices.DEVICES - 1);
        assertThat(serials.values()).filteredOn(count -> count > 1).containsExactly(2);
        assertThat(rows.stream().filter(List::isEmpty)).as("blank rows").hasSize(SampleDevices.GAP);
        assertThat(rows.stream().flatMap(List::stream).filter("#N/A"::equals)).hasSize(1);
        assertThat(rows.stream().flatMap(List::stream).map(Object::toString))
                .anyMatch(text -> text.contains("🔋"))
                .anyMatch(text -> text.contains("מסך"));
    }

    @Test
    void showsItsValuesAsPeopleDo() throws IOException {
        var bare = rows(SampleDevices.TAB, "UNFORMATTED_VALUE").get(1);
        var shown = rows(SampleDevices.TAB, "FORMATTED_VALUE").get(1);
        assertThat(bare.get(12)).isInstanceOf(BigDecimal.class);
        assertThat(shown.get(12).toString()).matches("20\\d\\d-\\d\\d-\\d\\d");
        assertThat(shown.get(13).toString()).matches("\\$[\\d,]+\\.\\d\\d");
        assertThat(bare.get(14)).isInstanceOf(Boolean.class);
        assertThat(bare.get(15)).isEqualTo("0090210");
        assertThat(bare.get(18)).isEqualTo(bare.get(11) + " / 0090210");
    }
}

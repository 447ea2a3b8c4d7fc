package dev.syncline.dev.sheets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FieldMaskTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "*                                 | {'title':'t','sheets':[{'properties':{'title':'a','index':0}},{},{'data':[{'rowData':[]}]}]}",
                "title                             | {'title':'t'}",
                "sheets.properties.title           | {'sheets':[{'properties':{'title':'a'}},{},{}]}",
                "sheets/properties/title           | {'sheets':[{'properties':{'title':'a'}},{},{}]}",
                "sheets(properties(title,index))   | {'sheets':[{'properties':{'title':'a','index':0}},{},{}]}",
                "sheets.properties(index),title    | {'title':'t','sheets':[{'properties':{'index':0}},{},{}]}",
                "sheets.properties.*               | {'sheets':[{'properties':{'title':'a','index':0}},{},{}]}",
                "sheets(data/rowData/values)       | {'sheets':[{},{},{'data':[{'rowData':[]}]}]}"
            })
    void leavesWhatIsNamed(String mask, String left) {
        var bytes = Json.bytes(FieldMaskTest::write, FieldMask.parse(mask));
        assertThat(new String(bytes, StandardCharsets.UTF_8)
                        .replaceAll("\\s", "")
                        .replace('"', '\''))
                .isEqualTo(left);
    }

    private static void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("title", "t");
        json.writeArrayFieldStart("sheets");
        json.writeStartObject();
        json.writeObjectFieldStart("properties");
        json.writeStringField("title", "a");
        json.writeNumberField("index", 0);
        json.writeEndObject();
        json.writeEndObject();
        json.writeStartObject();
        json.writeEndObject();
        json.writeStartObject();
        json.writeArrayFieldStart("data");
        json.writeStartObject();
        json.writeArrayFieldStart("rowData");
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sheet", "sheets.propertys", "sheets(properties", "sheets)", "title,,sheets", ""})
    void refusesWhatIsNoField(String mask) {
        assertThatThrownBy(() -> FieldMask.parse(mask)).hasMessage("Request contains an invalid argument.");
    }

    @Test
    void knowsWhetherCellsAreWanted() {
        assertThat(FieldMask.parse("sheets.data.rowData").wants("sheets", "data"))
                .isTrue();
        assertThat(FieldMask.parse("sheets").wants("sheets", "data")).isTrue();
        assertThat(FieldMask.parse("sheets.properties").wants("sheets", "data")).isFalse();
        assertThat(FieldMask.parse("properties").wants("sheets", "data")).isFalse();
    }
}

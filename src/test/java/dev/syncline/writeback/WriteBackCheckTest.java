package dev.syncline.writeback;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("C0-53, S2-46: a mapping that cannot be meant stops the start, by the names of its settings")
class WriteBackCheckTest {
    private static final String MODELS = "syncline.writeback.models.";

    @Test
    void whatShipsCanBeMeant() {
        assertThat(problems(Settings.shipped())).isEmpty();
        assertThat(problems(Settings.shipped().with("sheet-id", "1AbC"))).isEmpty();
        assertThat(problems(Settings.bare())).isEmpty();
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            schedule.cron                                   | often      | syncline.writeback.schedule.cron must have five fields
            schedule.zone                                   | Hanoi      | syncline.writeback.schedule.zone must be a time zone
            zone                                            | Hanoi      | syncline.writeback.zone must be a time zone such as Asia/Ho_Chi_Minh, not 'Hanoi'
            sheet-id                                        | " "        | syncline.writeback.sheet-id must not be blank
            bytes-at-once                                   | 0          | syncline.writeback.bytes-at-once and syncline.writeback.intake.max-bytes must be positive
            models.Request.sheet-id                         | " "        | syncline.writeback.models.Request.sheet-id must not be blank
            models.Request.tab                              | " "        | syncline.writeback.models.Request.tab must not be blank
            models.Request.collection                       | " "        | syncline.writeback.models.Request.collection is no name that a collection can have: ' '
            models.Request.collection                       | a$b        | syncline.writeback.models.Request.collection is no name that a collection can have: 'a$b'
            models.Request.collection                       | system.js  | syncline.writeback.models.Request.collection is no name that a collection can have: 'system.js'
            models.Request.collection                       | writeback_log | syncline.writeback.models.Request.collection is one of write-back's own: writeback_log
            models.Request.key                              | id         | "syncline.writeback.models.Request.key must name one of the columns (bookingCode, code, contact, country, customerName, endDate, expectedCost, expectedRevenue, notes, pax, sellerId, source, startDate, status, tourDays), not 'id'"
            models.Request.key                              | endDate    | syncline.writeback.models.Request.key must name a column of text or whole numbers; endDate is of type date
            models.Request.columns.code.fallback            | none       | syncline.writeback.models.Request.columns.code.fallback must not be set: a key stands for one record
            models.Request.row-field                        | $row       | syncline.writeback.models.Request.row-field is no field that a row's number can be kept in: '$row'
            models.Request.row-field                        | updatedAt  | syncline.writeback.models.Request.row-field is no field that a row's number can be kept in: 'updatedAt'
            models.Request.row-field                        | pax        | syncline.writeback.models.Request.row-field is a field that says something else already: 'pax'
            models.Request.row-field                        | notes.row  | syncline.writeback.models.Request.row-field is a field that says something else already: 'notes'
            models.Request.row-field                        | sheetSyncedAt | syncline.writeback.models.Request.row-field is a field that says something else already: 'sheetSyncedAt'
            models.Operator.row-field                       | lockKT     | syncline.writeback.models.Operator.row-field is a field that says something else already: 'lockKT'
            models.Request.echo-field                       | a..b       | syncline.writeback.models.Request.echo-field is no name of a field: 'a..b'
            models.Request.lock-fields                      | ok,.b      | syncline.writeback.models.Request.lock-fields has what is no name of a field: '.b'
            models.Request.columns.notes.label              | " "        | syncline.writeback.models.Request.columns.notes.label must not be blank
            models.Request.columns.notes.label              | " STATUS " | "syncline.writeback.models.Request.columns.notes.label and syncline.writeback.models.Request.columns.status.label are one label: 'Status'"
            models.Operator.formulas                        | vat        | "syncline.writeback.models.Operator.columns.vat.label and syncline.writeback.models.Operator.formulas are one label: 'vat'"
            models.Request.columns.notes.field              | a.$b       | syncline.writeback.models.Request.columns.notes.field is no name of a field: 'a.$b'
            models.Request.columns.expectedCost.decimals    | 11         | syncline.writeback.models.Request.columns.expectedCost.decimals must be 0 to 10, not 11
            models.Request.columns.expectedCost.decimals    | -1         | syncline.writeback.models.Request.columns.expectedCost.decimals must be 0 to 10, not -1
            models.Request.columns.pax.decimals             | 2          | syncline.writeback.models.Request.columns.pax.decimals is for type amount alone
            models.Request.columns.notes.pattern            | @          | syncline.writeback.models.Request.columns.notes.pattern is for the types integer, amount and date
            models.Request.columns.endDate.pattern          | " "        | syncline.writeback.models.Request.columns.endDate.pattern must not be blank; none leaves the cells as they are formatted
            models.Request.columns.source.type              | label      | syncline.writeback.models.Request.columns.source.labels must name the label of each key
            models.Request.columns.notes.labels.A           | a          | syncline.writeback.models.Request.columns.notes.labels is for type label alone
            models.Request.columns.status.labels.NEW        | f4         | "syncline.writeback.models.Request.columns.status.labels.F4 and syncline.writeback.models.Request.columns.status.labels.NEW share a label: 'f4'"
            models.Request.columns.status.fallback          | NEW        | syncline.writeback.models.Request.columns.status.fallback is no key of the column's labels: 'NEW'
            models.Request.columns.pax.fallback             | one        | syncline.writeback.models.Request.columns.pax.fallback does not fit the type integer: 'one'
            models.Request.columns.sellerId.type            | text       | syncline.writeback.models.Request.columns.sellerId.reference is for type reference alone
            models.Request.columns.source.type              | reference  | syncline.writeback.models.Request.columns.source.reference.collection and reference.field must say where the field points to
            models.Request.columns.sellerId.reference.field | .name      | syncline.writeback.models.Request.columns.sellerId.reference.field is no name of a field: '.name'
            models.Request.columns.sellerId.reference.collection | " "   | syncline.writeback.models.Request.columns.sellerId.reference.collection must not be blank
            models.Revenue.tab                              | request    | "syncline.writeback.models.Revenue.tab is that of Request too, in the same spreadsheet"
            models.Revenue.collection                       | requests   | "syncline.writeback.models.Revenue.row-field is that of Request too, in the same collection: give each its own"
            """)
    void namesWhatCannotBeMeant(String setting, String value, String problem) {
        assertThat(problems(Settings.shipped().with(setting, value)))
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void twoSpreadsheetsMayHaveTabsOfOneName() {
        assertThat(problems(Settings.shipped()
                        .with("sheet-id", "common")
                        .with("models.Revenue.sheet-id", "of its own")
                        .with("models.Revenue.tab", "Request")))
                .isEmpty();
    }

    @Test
    void refusesANameThatNoAddressCanHave() {
        assertThat(problems(Settings.bare()
                        .with("models.\"a/b\".collection", "a")
                        .with("models.\"a/b\".tab", "a")
                        .with("models.\"a/b\".key", "k")
                        .with("models.\"a/b\".columns.k.label", "K")))
                .containsExactly(
                        MODELS + "a/b.…: a model's name is letters, digits, _ and -, and begins with a letter");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        assertThat(problems(Settings.shipped()
                        .with("zone", "Hanoi")
                        .with("models.Request.key", "id")
                        .with("models.Request.columns.pax.decimals", "2")
                        .with("models.Revenue.tab", " ")))
                .hasSize(4);
    }

    @Test
    void whatIsSwitchedOffIsNotLookedAt() {
        assertThat(problems(
                        Settings.shipped().with("models.Request.key", "id").with("models.Request.enabled", "false")))
                .isEmpty();
    }

    private static List<String> problems(Settings settings) {
        return new WriteBackCheck(settings.config()).problems();
    }
}

package dev.syncline.writeback;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.dev.sheets.SampleSales;
import dev.syncline.google.SheetsApi;
import dev.syncline.platform.MongoDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

/** With the sample sheet, which is there where no other one is configured. */
@QuarkusTest
@DisplayName("S2-46: at the start each tab's header row is checked against the expected labels")
class TabsAtStartTest {
    @Inject
    SheetsApi sheets;

    @Inject
    TabReader reader;

    @Inject
    TabStates tabs;

    @Inject
    MongoDatabase database;

    /** Other tests call with the same account, and its minute may be used up. */
    @BeforeEach
    void beginANewMinute() {
        var unused = database.collection("call_budgets")
                .deleteMany(new Document())
                .await()
                .indefinitely();
    }

    @Test
    void theSampleIsAsTheModelsThatShipWantIt() {
        look(Settings.shipped().with("sheet-id", SampleSales.ID));

        assertThat(tabs.all().await().indefinitely())
                .extracting(TabCheck::model, TabCheck::state, TabCheck::code)
                .containsExactly(
                        tuple("Operator", TabCheck.State.READABLE, null),
                        tuple("Request", TabCheck.State.READABLE, null),
                        tuple("Revenue", TabCheck.State.READABLE, null));
    }

    @Test
    void aMissingLabelIsExplained() {
        look(Settings.shipped()
                .with("sheet-id", SampleSales.ID)
                .with("models.Request.columns.country.label", "Land")
                .with("models.Revenue.tab", "Revenues"));

        assertThat(tabs.all().await().indefinitely())
                .extracting(TabCheck::model, TabCheck::state, TabCheck::code)
                .containsExactly(
                        tuple("Operator", TabCheck.State.READABLE, null),
                        tuple("Request", TabCheck.State.BLOCKED, "HEADER_MISMATCH"),
                        tuple("Revenue", TabCheck.State.BLOCKED, "TAB_MISSING"));
        assertThat(tabs.all().await().indefinitely().get(1).detail()).contains("'Land'", "'Country'");
    }

    @Test
    void aSpreadsheetThatIsNotThereStopsNothing() {
        look(Settings.shipped()
                .with("models.Request.sheet-id", "nowhere")
                .with("models.Operator.sheet-id", SampleSales.ID));

        assertThat(tabs.all().await().indefinitely())
                .extracting(TabCheck::model, TabCheck::state, TabCheck::code)
                .contains(
                        tuple("Operator", TabCheck.State.READABLE, null),
                        tuple("Request", TabCheck.State.FAILED, "SHEET_NOT_FOUND"));
    }

    private void look(Settings settings) {
        new TabsAtStart(settings.config(), settings.models(), sheets, reader, tabs)
                .look()
                .await()
                .indefinitely();
    }
}

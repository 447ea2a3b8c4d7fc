package dev.syncline.writeback;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

class ModelsTest {

    @Test
    @DisplayName("S2-15: the three models that ship have their tabs, header rows, collections and keys")
    void shipWithThree() {
        assertThat(Settings.shipped().models().all())
                .extracting(
                        Model::name,
                        Model::collection,
                        Model::tab,
                        Model::headerRow,
                        model -> model.key().label(),
                        Model::rowField,
                        Model::spreadsheet)
                .containsExactly(
                        tuple(
                                "Operator",
                                "operators",
                                "Operator_Mix",
                                1,
                                "Service ID",
                                "sheetRowIndex",
                                Optional.empty()),
                        tuple("Request", "requests", "Request", 1, "Request ID", "sheetRowIndex", Optional.empty()),
                        tuple("Revenue", "revenues", "Revenue", 2, "Revenue ID", "sheetRowIndex", Optional.empty()));
    }

    @Test
    @DisplayName("S2-15: fields go to the columns that the spec names, as what they are")
    void shipWithTheirColumns() {
        assertThat(columns("Request"))
                .containsExactlyInAnyOrder(
                        "Seller: sellerId reference sellers.name",
                        "Customer: customerName text",
                        "Contact: contact text",
                        "Pax: pax integer #,##0",
                        "Country: country text",
                        "Source: source text",
                        "Status: status label",
                        "Tour days: tourDays integer #,##0",
                        "Start date: startDate date dd/mm/yyyy",
                        "Revenue: expectedRevenue amount #,##0",
                        "Cost: expectedCost amount #,##0",
                        "Notes: notes text",
                        "Booking code: bookingCode text",
                        "End date: endDate date dd/mm/yyyy",
                        "Request ID: code text");
        assertThat(columns("Operator"))
                .containsExactlyInAnyOrder(
                        "Booking code: requestId reference requests.bookingCode",
                        "Service date: serviceDate date dd/mm/yyyy",
                        "Service type: serviceType text",
                        "Cost before tax: costBeforeTax amount #,##0",
                        "VAT: vat amount #,##0",
                        "Supplier: supplier text",
                        "Notes: notes text",
                        "Service ID: serviceId text");
        assertThat(columns("Revenue"))
                .containsExactlyInAnyOrder(
                        "Booking code: requestId reference requests.bookingCode",
                        "Payment type: paymentType text",
                        "Payment date: paymentDate date dd/mm/yyyy",
                        "Payment source: paymentSource text",
                        "Foreign amount: foreignAmount amount #,##0.00",
                        "Exchange rate: exchangeRate amount #,##0.00",
                        "Currency: currency text or VND",
                        "Amount VND: amountVND amount #,##0",
                        "Revenue ID: revenueId text");
    }

    private static List<String> columns(String model) {
        return Settings.shipped().models().get(model).columns().stream()
                .map(ModelsTest::told)
                .toList();
    }

    private static String told(Column column) {
        return column.label() + ": " + column.field() + " " + column.type()
                + (column.pattern() == null ? "" : " " + column.pattern())
                + (column.fallback() == null ? "" : " or " + column.fallback())
                + column.reference()
                        .map(to -> " " + to.collection() + "." + to.field())
                        .orElse("");
    }

    @Test
    @DisplayName("S2-15, S2-36: each of the 14 status keys has the label that is written, and those that mean the same")
    void shipWithTheLabelsOfFourteenStatuses() {
        Column status = Settings.shipped().models().get("Request").columns().stream()
                .filter(column -> column.type() == ColumnType.label)
                .findFirst()
                .orElseThrow();

        assertThat(status.labels())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("DANG_LL_CHUA_TL", List.of("Đang LL - khách chưa trả lời", "Đang LL - chưa trả lời")),
                        Map.entry("DANG_LL_DA_TL", List.of("Đang LL - khách đã trả lời", "Đang LL - đã trả lời")),
                        Map.entry("DA_BAO_GIA", List.of("Đã báo giá")),
                        Map.entry("DANG_XAY_TOUR", List.of("Đang xây Tour")),
                        Map.entry("F1", List.of("F1")),
                        Map.entry("F2", List.of("F2")),
                        Map.entry("F3", List.of("F3")),
                        Map.entry("F4", List.of("F4: Lần cuối", "F4", "Lần cuối")),
                        Map.entry("BOOKING", List.of("Booking")),
                        Map.entry("KHACH_HOAN", List.of("Khách hoãn")),
                        Map.entry("KHACH_SUY_NGHI", List.of("Đang suy nghĩ")),
                        Map.entry("KHONG_DU_TC", List.of("Không đủ TC", "Không đủ tiêu chuẩn")),
                        Map.entry("DA_KET_THUC", List.of("Đã kết thúc")),
                        Map.entry("CANCEL", List.of("Cancel"))));
    }

    @Test
    @DisplayName("S2-14, S2-37: formulas of Operator are named, and so are the locks of Operator and Revenue")
    void shipWithFormulasAndLocks() {
        Models models = Settings.shipped().models();

        assertThat(models.get("Operator").formulas()).containsExactly("Total", "Debt");
        assertThat(List.of(models.get("Operator"), models.get("Revenue")))
                .allSatisfy(model ->
                        assertThat(model.lockFields()).containsExactly("lockKT", "lockAdmin", "lockFinal", "isLocked"));
        assertThat(models.get("Request").lockFields()).isEmpty();
    }

    @Test
    void theEnvironmentNamesSpreadsheets() {
        Models models = Settings.shipped()
                .environment("SYNCLINE_WRITEBACK_SHEET_ID", "common")
                .environment("SYNCLINE_WRITEBACK_MODELS_REQUEST_SHEET_ID", "of-requests")
                .environment("SYNCLINE_WRITEBACK_MODELS_OPERATOR_TAB", "Operators")
                .environment("SYNCLINE_WRITEBACK_MODELS_REQUEST_COLUMNS_CUSTOMERNAME_LABEL", "Khách hàng")
                .models();

        assertThat(models.all())
                .extracting(Model::name, model -> model.spreadsheet().orElse(""), Model::tab)
                .containsExactly(
                        tuple("Operator", "common", "Operators"),
                        tuple("Request", "of-requests", "Request"),
                        tuple("Revenue", "common", "Revenue"));
        assertThat(models.get("Request").columns()).extracting(Column::label).contains("Khách hàng");
    }

    @Test
    void aFurtherModelIsPropertiesAlone() {
        Model guide = Settings.shipped()
                .with("models.Guide.collection", "guides")
                .with("models.Guide.tab", "Tour guides")
                .with("models.Guide.key", "badge")
                .with("models.Guide.row-field", "sheet.row")
                .with("models.Guide.columns.badge.label", "Badge")
                .with("models.Guide.columns.name.label", "Name")
                .with("models.Guide.columns.name.field", "person.name")
                .with("models.Guide.columns.fee.label", "Fee")
                .with("models.Guide.columns.fee.type", "amount")
                .with("models.Guide.columns.fee.pattern", "none")
                .with("models.Guide.columns.team.label", "Team")
                .with("models.Guide.columns.team.type", "label")
                .with("models.Guide.columns.team.labels.N", "North\\, upper,North")
                .models()
                .get("Guide");

        assertThat(guide.collection()).isEqualTo("guides");
        assertThat(guide.rowField()).isEqualTo("sheet.row");
        assertThat(guide.columns())
                .extracting(Column::name, Column::field, Column::pattern)
                .containsExactly(
                        tuple("badge", "badge", null),
                        tuple("fee", "fee", null),
                        tuple("name", "person.name", null),
                        tuple("team", "team", null));
        assertThat(guide.columns().get(3).labels()).containsEntry("N", List.of("North, upper", "North"));
    }

    @Test
    void whatShipsCanBeSwitchedOff() {
        Models models = Settings.shipped()
                .environment("SYNCLINE_WRITEBACK_MODELS_OPERATOR_ENABLED", "false")
                .with("models.Request.columns.country.enabled", "false")
                .models();

        assertThat(models.all()).extracting(Model::name).containsExactly("Request", "Revenue");
        assertThat(models.get("Request").columns()).extracting(Column::name).doesNotContain("country");
    }

    @Test
    void tellsWhichThereAre() {
        SyncException failure = catchThrowableOfType(
                SyncException.class, () -> Settings.shipped().models().get("Invoice"));

        assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_UNKNOWN);
        assertThat(failure.detail()).isEqualTo("There is no model Invoice; there are Operator, Request, Revenue");
    }

    @Test
    @DisplayName("A cell with another label of the same key, or in another case, is left to its people")
    void oneLabelOfAKeyIsAsGoodAsAnother() {
        Column status = Settings.shipped().models().get("Request").columns().stream()
                .filter(column -> column.name().equals("status"))
                .findFirst()
                .orElseThrow();
        CellValue written = CellValue.text("F4: Lần cuối");

        assertThat(status.isSame(CellValue.text("f4 "), written)).isTrue();
        // The same letters, their accents as characters of their own.
        assertThat(status.isSame(CellValue.text("La\u0302\u0300n cuo\u0302\u0301i"), written))
                .isTrue();
        assertThat(status.isSame(CellValue.text("F3"), written)).isFalse();
        assertThat(status.isSame(CellValue.BLANK, written)).isFalse();
    }

    @Test
    void allElseIsComparedExactly() {
        Column notes = Settings.shipped().models().get("Request").columns().stream()
                .filter(column -> column.name().equals("notes"))
                .findFirst()
                .orElseThrow();

        assertThat(notes.isSame(CellValue.text("a"), CellValue.text("A"))).isFalse();
        assertThat(notes.isSame(CellValue.number(7), CellValue.text("7"))).isFalse();
        assertThat(notes.isSame(CellValue.number(-0.0), CellValue.number(0))).isTrue();
        assertThat(notes.isSame(CellValue.number(0.1), CellValue.number(0.2))).isFalse();
        assertThat(notes.isSame(CellValue.BLANK, CellValue.text(""))).isTrue();
        assertThat(notes.isSame(CellValue.truth(true), CellValue.text("true"))).isFalse();
        assertThat(notes.isSame(CellValue.formula("=A1"), CellValue.formula("=A1")))
                .isTrue();
    }
}

package dev.syncline.writeback;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RecordMapperTest {
    private static final Settings SETTINGS = Settings.shipped();
    private static final Model REQUEST = SETTINGS.models().get("Request");
    private static final Model OPERATOR = SETTINGS.models().get("Operator");
    private static final Model REVENUE = SETTINGS.models().get("Revenue");
    private static final References SELLERS = (column, source) ->
            "s1".equals(source.get(column.field())) ? Optional.of("Trần Bảo Ngân") : Optional.empty();

    private final RecordMapper mapper = new RecordMapper(SETTINGS.config());

    // --- whole rows

    @Test
    @DisplayName("S2-15: a Request's fields become its cells: text, numbers, days of the sheet's calendar, labels")
    void mapsARequest() {
        Document request = new Document("_id", "r1")
                .append("code", "RQ-0001")
                .append("bookingCode", "0912-1")
                .append("customerName", "=SUM(A1)")
                .append("contact", "+84912345678")
                .append("country", "Việt Nam")
                .append("source", "@web")
                .append("status", "F4")
                .append("pax", 2)
                .append("tourDays", 12L)
                .append("startDate", date("2026-01-31T00:00:00Z"))
                .append("endDate", date("2026-02-11T17:00:00Z"))
                .append("expectedRevenue", Decimal128.parse("152000000"))
                .append("expectedCost", 1234.5)
                .append("notes", " two\nlines ")
                .append("sellerId", "s1")
                .append("unmapped", List.of(1));

        RowValues row = mapper.map(REQUEST, request, SELLERS);

        assertThat(row.key()).isEqualTo("RQ-0001");
        assertThat(row.remarks()).isEmpty();
        assertThat(byLabel(row))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("Seller", CellValue.text("Trần Bảo Ngân")),
                        Map.entry("Customer", CellValue.text("=SUM(A1)")),
                        Map.entry("Contact", CellValue.text("+84912345678")),
                        Map.entry("Pax", CellValue.number(2)),
                        Map.entry("Country", CellValue.text("Việt Nam")),
                        Map.entry("Source", CellValue.text("@web")),
                        Map.entry("Status", CellValue.text("F4: Lần cuối")),
                        Map.entry("Tour days", CellValue.number(12)),
                        Map.entry("Start date", CellValue.number(46_053)),
                        Map.entry("Revenue", CellValue.number(152_000_000)),
                        Map.entry("Cost", CellValue.number(1_235)),
                        Map.entry("Notes", CellValue.text(" two\nlines ")),
                        Map.entry("Booking code", CellValue.text("0912-1")),
                        Map.entry("End date", CellValue.number(46_065)),
                        Map.entry("Request ID", CellValue.text("RQ-0001"))));
    }

    @Test
    @DisplayName("S2-15: Revenue falls back to VND, and keeps two decimals of foreign amounts")
    void mapsARevenue() {
        Document revenue = new Document("revenueId", "RV1")
                .append("foreignAmount", Decimal128.parse("1250.555"))
                .append("exchangeRate", "25480.5")
                .append("amountVND", 31_864_140L);

        var cells = byLabel(mapper.map(REVENUE, revenue, SELLERS));

        assertThat(cells)
                .containsEntry("Currency", CellValue.text("VND"))
                .containsEntry("Foreign amount", CellValue.number(1_250.56))
                .containsEntry("Exchange rate", CellValue.number(25_480.5))
                .containsEntry("Amount VND", CellValue.number(31_864_140));
    }

    @Test
    @DisplayName("S2-20: what is missing or null clears its own cell, and no cell of anybody else is named")
    void clearsOnlyItsOwnCells() {
        Document request = new Document("code", "RQ-1")
                .append("notes", null)
                .append("country", "")
                .append("pax", " ");

        RowValues row = mapper.map(REQUEST, request, SELLERS);

        assertThat(row.values().keySet()).containsExactlyInAnyOrderElementsOf(REQUEST.columns());
        assertThat(byLabel(row)).allSatisfy((label, cell) -> assertThat(cell)
                .isEqualTo(label.equals("Request ID") ? CellValue.text("RQ-1") : CellValue.BLANK));
    }

    @Test
    @DisplayName("S2-14: columns with formulas are none that anything is written to")
    void namesNoFormulaColumn() {
        RowValues row = mapper.map(OPERATOR, new Document("serviceId", "S1").append("totalCost", 5), SELLERS);

        assertThat(byLabel(row)).doesNotContainKeys("Total", "Debt");
    }

    // --- remarks

    @Test
    @DisplayName("S2-36: an unknown status leaves its cell alone and is told; the rest of the row is mapped")
    void tellsAnUnknownStatus() {
        Document request = new Document("code", "RQ-1").append("status", "HOT").append("pax", 3);

        RowValues row = mapper.map(REQUEST, request, SELLERS);

        assertThat(byLabel(row)).doesNotContainKey("Status").containsEntry("Pax", CellValue.number(3));
        assertThat(row.remarks())
                .containsExactly(new CellRemark(ErrorCode.LABEL_UNKNOWN, "Status", "the key HOT has no label"));
    }

    @Test
    @DisplayName("S2-36: a seller that is missing leaves the cell alone and is told")
    void tellsAMissingSeller() {
        Document request = new Document("code", "RQ-1").append("sellerId", "gone");

        RowValues row = mapper.map(REQUEST, request, SELLERS);

        assertThat(byLabel(row)).doesNotContainKey("Seller");
        assertThat(row.remarks())
                .containsExactly(new CellRemark(
                        ErrorCode.REFERENCE_MISSING,
                        "Seller",
                        "what the field sellerId points to is missing, or has nothing to show"));
    }

    // --- text

    @ParameterizedTest
    @DisplayName("S2-34: text keeps its exact form")
    @ValueSource(
            strings = {"=1+1", "+84912345678", "0912345678", "-5", "@home", "1-2", "007", "'quoted", " outer ", "1e3"})
    void keepsText(String text) {
        assertThat(cell("notes", text)).isEqualTo(CellValue.text(text));
    }

    @Test
    void writesScalarsDown() {
        assertThat(cell("notes", true)).isEqualTo(CellValue.text("true"));
        assertThat(cell("notes", 7)).isEqualTo(CellValue.text("7"));
        assertThat(cell("notes", 7.0)).isEqualTo(CellValue.text("7"));
        assertThat(cell("notes", Decimal128.parse("-0"))).isEqualTo(CellValue.text("0"));
        assertThat(cell("notes", Decimal128.parse("1E+3"))).isEqualTo(CellValue.text("1000"));
        assertThat(cell("notes", date("2026-01-31T10:00:00Z"))).isEqualTo(CellValue.text("2026-01-31T10:00:00Z"));
        assertThat(cell("notes", new ObjectId("65f0a1b2c3d4e5f60718293a")))
                .isEqualTo(CellValue.text("65f0a1b2c3d4e5f60718293a"));
    }

    static List<Object> noText() {
        return Arrays.asList(
                List.of("a"),
                new Document("a", 1),
                new Binary(new byte[] {1}),
                Double.NaN,
                Decimal128.POSITIVE_INFINITY,
                "x".repeat(50_001));
    }

    @ParameterizedTest
    @MethodSource("noText")
    @DisplayName("S2-30: a value that is no text fails, with its column and without itself")
    void refusesWhatIsNoText(Object value) {
        assertThat(failure("notes", value))
                .startsWith("column \"Notes\": the field notes holds ")
                .doesNotContain("xxx");
    }

    @Test
    void takesTheLongestText() {
        assertThat(cell("notes", "x".repeat(50_000)).text()).hasSize(50_000);
    }

    // --- numbers

    @ParameterizedTest
    @CsvSource({"12, 12", "12.0, 12", "+7, 7", "-3, -3", "' 5 ', 5", "999999999999999, 999999999999999"})
    void readsWholeNumbers(String text, double number) {
        assertThat(cell("pax", text)).isEqualTo(CellValue.number(number));
    }

    @Test
    void readsWholeNumbersOfEveryType() {
        assertThat(List.of(2, 2L, 2.0, Decimal128.parse("2.00"), new BigDecimal("2"), "2"))
                .allSatisfy(value -> assertThat(cell("pax", value)).isEqualTo(CellValue.number(2)));
        assertThat(cell("pax", Decimal128.parse("-0"))).isEqualTo(CellValue.number(0));
    }

    @ParameterizedTest
    @CsvSource({
        "pax, 2.5, no whole number",
        "pax, two, a text that is no number",
        "pax, '1,000', a text that is no number",
        "pax, 1e3, a text that is no number",
        "pax, 1234567890123456, 'a number of more than 15 digits, which a sheet does not keep'",
        "expectedCost, 1.000.000, a text that is no number",
        "expectedCost, 1234567890123456, 'a number of more than 15 digits, which a sheet does not keep'",
    })
    @DisplayName("S2-30, S2-35: a number that a sheet would not keep as it is fails, with the reason")
    void refusesWhatIsNoNumber(String column, String value, String reason) {
        assertThat(failure(column, value)).endsWith("holds " + reason);
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertThat(failure("expectedCost", Double.POSITIVE_INFINITY)).endsWith("no number that a sheet could hold");
        assertThat(failure("expectedCost", Decimal128.NaN)).endsWith("no number that a sheet could hold");
        assertThat(failure("expectedCost", Decimal128.parse("1E+6000"))).endsWith("a number too large for a sheet");
        assertThat(failure("expectedCost", true)).endsWith("no number");
        assertThat(failure("pax", date("2026-01-01T00:00:00Z"))).endsWith("no number");
    }

    @ParameterizedTest
    @CsvSource({"2.5, 3", "-2.5, -3", "2.4999, 2", "0.5, 1", "-0.4, 0"})
    @DisplayName("S2-35: an amount is rounded half up, away from zero, by its decimal digits")
    void roundsHalfUp(String value, double rounded) {
        assertThat(cell("expectedCost", value)).isEqualTo(CellValue.number(rounded));
        assertThat(cell("expectedCost", Decimal128.parse(value))).isEqualTo(CellValue.number(rounded));
        assertThat(cell("expectedCost", Double.valueOf(value))).isEqualTo(CellValue.number(rounded));
    }

    // --- dates

    @ParameterizedTest
    @CsvSource({
        // 06:59 and 07:00 in Viet Nam are still and already the days of their own clock.
        "2026-01-31T00:00:00Z, 46053",
        "2026-01-30T16:59:59.999Z, 46052",
        "2026-01-30T17:00:00Z, 46053",
        "2026-01-31T16:59:00Z, 46053",
        "2026-01-31T17:00:00Z, 46054",
        "1900-01-01T00:00:00Z, 2",
        "9999-12-31T00:00:00Z, 2958465",
    })
    @DisplayName("S2-35: an instant is a day of the business zone")
    void findsTheDayOfAnInstant(String instant, double serial) {
        assertThat(cell("startDate", date(instant))).isEqualTo(CellValue.number(serial));
        assertThat(cell("startDate", instant)).isEqualTo(CellValue.number(serial));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Ho_Chi_Minh", "America/Toronto", "Pacific/Apia", "Etc/GMT+12", "UTC"})
    @DisplayName("S2-35: midnight in UTC never moves a day, wherever the business is")
    void midnightStaysOnItsDay(String zone) {
        RecordMapper there =
                new RecordMapper(Settings.shipped().with("zone", zone).config());
        Document request = new Document("code", "RQ-1").append("startDate", date("2026-01-31T00:00:00Z"));

        assertThat(byLabel(there.map(REQUEST, request, SELLERS))).containsEntry("Start date", CellValue.number(46_053));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 46053",
        "' 2026-01-31 ', 46053",
        "2026-01-31T23:30:00, 46053",
        "2026-01-31T23:30:00+07:00, 46053",
        "2026-01-31T23:30:00Z, 46054",
    })
    void readsIsoText(String text, double serial) {
        assertThat(cell("startDate", text)).isEqualTo(CellValue.number(serial));
    }

    @Test
    @DisplayName("S2-30: what is no date, or none of a sheet's, fails")
    void refusesWhatIsNoDate() {
        assertThat(failure("startDate", "31/01/2026")).endsWith("holds a text that is no date such as 2026-01-31");
        assertThat(failure("startDate", "2026-02-30")).endsWith("holds a text that is no date such as 2026-01-31");
        assertThat(failure("startDate", 46_053)).endsWith("holds no date");
        assertThat(failure("startDate", date("1899-12-31T00:00:00Z"))).endsWith("outside of the years 1900 to 9999");
        assertThat(failure("startDate", "+10000-01-01")).endsWith("outside of the years 1900 to 9999");
    }

    // --- keys, locks, payloads

    @Test
    @DisplayName("S2-30: a record without its key cannot be written")
    void needsAKey() {
        for (Object key : Arrays.asList(null, "", "  ")) {
            SyncException failure = catchThrowableOfType(
                    SyncException.class, () -> mapper.map(REQUEST, new Document("code", key), SELLERS));
            assertThat(failure.code()).isEqualTo(ErrorCode.KEY_MISSING);
            assertThat(failure.detail()).isEqualTo("the field code of the record is empty, and its row is found by it");
        }
    }

    @Test
    void aKeyMayBeANumber() {
        Settings numbered = Settings.shipped().with("models.Request.columns.code.type", "integer");
        Model model = numbered.models().get("Request");

        RowValues row = new RecordMapper(numbered.config()).map(model, new Document("code", 1_000_000), SELLERS);

        assertThat(row.key()).isEqualTo("1000000");
        assertThat(row.values()).containsEntry(model.key(), CellValue.number(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lockKT", "lockAdmin", "lockFinal", "isLocked"})
    @DisplayName("S2-37: any of the four locks locks an Operator or a Revenue")
    void anyLockLocks(String lock) {
        assertThat(mapper.isLocked(OPERATOR, new Document(lock, true))).isTrue();
        assertThat(mapper.isLocked(REVENUE, new Document(lock, true))).isTrue();
        assertThat(mapper.isLocked(OPERATOR, new Document(lock, false))).isFalse();
        assertThat(mapper.isLocked(OPERATOR, new Document(lock, null))).isFalse();
        assertThat(mapper.isLocked(REQUEST, new Document(lock, true))).isFalse();
    }

    @Test
    @DisplayName("S2-37: a lock that is no truth locks all the same, unless it says that it is none")
    void anythingElseLocksToo() {
        for (Object lock : List.of(1, 2L, 0.5, "true", "yes", date("2026-01-31T00:00:00Z"), new Document())) {
            assertThat(mapper.isLocked(OPERATOR, new Document("lockKT", lock)))
                    .as("%s", lock)
                    .isTrue();
        }
        for (Object open : List.of(0, 0L, 0.0, new Decimal128(0), "", " ", "false", "False")) {
            assertThat(mapper.isLocked(OPERATOR, new Document("lockKT", open)))
                    .as("%s", open)
                    .isFalse();
        }
    }

    @Test
    void followsDots() {
        Settings deep = Settings.shipped().with("models.Request.columns.customerName.field", "customer.name.full");
        Model model = deep.models().get("Request");
        RecordMapper mapper = new RecordMapper(deep.config());
        Document request =
                new Document("code", "RQ-1").append("customer", new Document("name", new Document("full", "Lê An")));

        assertThat(byLabel(mapper.map(model, request, SELLERS))).containsEntry("Customer", CellValue.text("Lê An"));
        assertThat(byLabel(mapper.map(model, new Document("code", "RQ-1").append("customer", "x"), SELLERS)))
                .containsEntry("Customer", CellValue.BLANK);
    }

    @Test
    @DisplayName("S2-45: a payload with none of the model's fields is not the model's")
    void aPayloadHasAFieldOfItsModel() {
        assertThat(mapper.problemOf(REVENUE, new Document("customerName", "A")))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("it has none of the fields of Revenue: ")
                        .contains("amountVND, currency"));
        assertThat(mapper.problemOf(REVENUE, new Document("amountVND", null))).isEmpty();
    }

    @Test
    @DisplayName("S2-45: a payload whose values could never be written is refused, each of them named")
    void aPayloadCanBeWritten() {
        Document payload = new Document("pax", "many")
                .append("code", " ")
                .append("startDate", List.of())
                .append("status", "HOT")
                .append("sellerId", "gone")
                .append("unmapped", List.of());

        assertThat(mapper.problemOf(REQUEST, payload)).hasValueSatisfying(problem -> assertThat(problem.split("; "))
                .containsExactly(
                        "the field code of the record is empty, and its row is found by it",
                        "column \"Pax\": the field pax holds a text that is no number",
                        "column \"Start date\": the field startDate holds no date"));
        assertThat(mapper.problemOf(REQUEST, new Document("status", "HOT"))).isEmpty();
    }

    private CellValue cell(String field, Object value) {
        Document request = new Document("code", "RQ-1").append(field, value);
        return mapper.map(REQUEST, request, SELLERS).values().entrySet().stream()
                .filter(cell -> cell.getKey().field().equals(field))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private String failure(String field, Object value) {
        SyncException failure = catchThrowableOfType(SyncException.class, () -> cell(field, value));
        assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_UNMAPPABLE);
        return failure.detail();
    }

    private static Map<String, CellValue> byLabel(RowValues row) {
        return row.values().entrySet().stream()
                .collect(Collectors.toMap(cell -> cell.getKey().label(), Map.Entry::getValue));
    }

    private static Date date(String instant) {
        return Date.from(Instant.parse(instant));
    }
}

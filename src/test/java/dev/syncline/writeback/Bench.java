package dev.syncline.writeback;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import dev.syncline.dev.sheets.Call;
import dev.syncline.dev.sheets.SheetsStandIn;
import dev.syncline.dev.sheets.StandInSpreadsheet;
import dev.syncline.dev.sheets.StandInTab;
import dev.syncline.google.Pace;
import dev.syncline.google.SheetsDesk;
import dev.syncline.google.SheetsSession;
import dev.syncline.google.SheetsSettings;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.writeback.TabState.Readable;

import static org.assertj.core.api.Assertions.assertThat;

/** A spreadsheet with services, one a row, and our own parts that read and write it. */
final class Bench {
    /** One for all tests: keys of accounts take long to make. */
    private static final SheetsStandIn GOOGLE = SheetsStandIn.start(0);

    private static final AtomicInteger NUMBER = new AtomicInteger();
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MAX_ROWS = 2_000;
    private static final long BYTES_AT_ONCE = 2_000_000;
    private static final Pace PACE = new Pace(5, Duration.ofMillis(4), Duration.ofMillis(20));

    static final Column NAME = column("name", "Supplier", ColumnType.text, null);
    static final Column DATE = column("date", "Service date", ColumnType.date, "dd/mm/yyyy");
    static final Column COST = column("cost", "Cost before tax", ColumnType.amount, "#,##0");
    static final Column NOTES = column("notes", "Notes", ColumnType.text, null);
    static final Column KEY = column("serviceId", "Service id", ColumnType.text, null);
    static final Model SERVICES = model("Services", "Operator_Mix", 1);

    /** Columns B and G are not ours, and E holds formulas. */
    private static final List<Object> HEADER = List.of(
            "Supplier", "Their own", "Service date", "Cost before tax", "Total", "Notes", "Their sum", "Service id");

    final SheetsStandIn google = GOOGLE;
    private final String id = "services-" + NUMBER.incrementAndGet();
    final StandInSpreadsheet spreadsheet;
    final StandInTab tab;
    final SheetsSession session;
    final SheetWriter writer;
    private final TabReader reader = new TabReader(MAX_ROWS);
    private SpreadsheetTabs tabs;

    Bench(MongoDatabase database) {
        this(database, BYTES_AT_ONCE);
    }

    Bench(MongoDatabase database, long bytesAtOnce) {
        google.faults().reset();
        google.forgetCalls();
        spreadsheet = google.create(id, "Our services", ZoneId.of("Asia/Ho_Chi_Minh"));
        tab = spreadsheet.tab(SERVICES.tab());
        session = SheetsDesk.api(
                        SheetsSettings.at(google.root(), google.accountKey()), database, new SimpleMeterRegistry())
                .writing(PATIENCE, PACE);
        writer = new SheetWriter(reader, bytesAtOnce);
        tabs = reader.open(session, id);
    }

    static Column column(String name, String label, ColumnType type, String pattern) {
        return new Column(name, label, name, type, 0, pattern, null, Map.of(), Optional.empty());
    }

    static Model model(String name, String tab, int headerRow) {
        return new Model(
                name,
                name.toLowerCase(Locale.ROOT),
                Optional.of("services"),
                tab,
                headerRow,
                KEY,
                "sheetRowIndex",
                List.of(),
                "sheetSyncedAt",
                List.of("Total"),
                List.of(COST, DATE, NAME, NOTES, KEY));
    }

    /** A header, and a row for each key: number 1 in row 2. */
    @CanIgnoreReturnValue
    Bench withRows(String... keys) {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (String key : keys) {
            int row = rows.size() + 1;
            rows.add(Arrays.asList(
                    "Supplier of " + key,
                    "theirs " + key,
                    45_000 + row,
                    1000 * row,
                    "=D" + row + "*2",
                    null,
                    "=E" + row + "+1",
                    key));
        }
        tab.fill(rows);
        return this;
    }

    /** A new run: it knows nothing of the outline. */
    @CanIgnoreReturnValue
    Bench forgetting() {
        tabs = reader.open(session, id);
        google.forgetCalls();
        return this;
    }

    TabReading read() {
        return readable(SERVICES);
    }

    TabReading readable(Model model) {
        TabState state = state(model);
        assertThat(state).isInstanceOf(Readable.class);
        return ((Readable) state).reading();
    }

    TabState state(Model model) {
        return states(List.of(model)).get(model);
    }

    Map<Model, TabState> states(Collection<Model> models) {
        return tabs.read(models).await().atMost(PATIENCE);
    }

    TabReading exact(TabReading reading, Integer... rows) {
        return tabs.exact(reading, List.of(rows)).await().atMost(PATIENCE);
    }

    @CanIgnoreReturnValue
    RowResult write(RowChange change) {
        return write(List.of(change)).get(change.ticket());
    }

    @CanIgnoreReturnValue
    Map<String, RowResult> write(List<RowChange> changes) {
        return write(session, changes);
    }

    @CanIgnoreReturnValue
    Map<String, RowResult> write(SheetsSession some, List<RowChange> changes) {
        return writer.write(some, id, changes).await().atMost(PATIENCE);
    }

    /** A change of the row that has the key. */
    static RowChange update(TabReading reading, String key, Map<Column, CellValue> cells) {
        return new RowChange(key, reading, reading.rowsOf(key).get(0), key, cells);
    }

    static RowChange append(TabReading reading, String key, Map<Column, CellValue> cells) {
        Map<Column, CellValue> all = new HashMap<>(cells);
        all.put(KEY, CellValue.text(key));
        return new RowChange(key, reading, null, key, all);
    }

    List<Call> writes() {
        return google.calls().stream()
                .filter(call -> call.path().endsWith(":batchUpdate"))
                .toList();
    }
}

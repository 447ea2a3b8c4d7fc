package dev.syncline.processes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;

import dev.syncline.dev.sheets.StandInSpreadsheet;
import dev.syncline.dev.sheets.StandInTab;

import static org.assertj.core.api.Assertions.assertThat;

/** Records in the database, their rows in the sheet, and how often each has been changed: so what its row is to hold is known. */
final class SalesRecords {
    private static final int HEADER_ROW = 1;
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final Database database;
    private final Map<SalesModel, StandInTab> tabs = new HashMap<>();
    private final Map<Sale, Integer> changes = new ConcurrentHashMap<>();
    private final Map<SalesModel, List<List<Object>>> sheetBefore = new HashMap<>();

    /** One record. */
    record Sale(SalesModel model, int number) {
        String id() {
            return model.id(number);
        }
    }

    SalesRecords(Database database, StandInSpreadsheet spreadsheet) {
        this.database = database;
        for (SalesModel model : SalesModel.values()) {
            tabs.put(model, spreadsheet.tab(model.tab()));
        }
    }

    /** All records are forgotten; there are so many new ones, with rows that hold what they hold. */
    void begin(Map<SalesModel, Integer> sizes) {
        changes.clear();
        for (SalesModel model : SalesModel.values()) {
            begin(model, sizes.getOrDefault(model, 0));
        }
        database.collection("sellers").deleteMany(new Document());
        database.collection("sellers")
                .insertMany(IntStream.range(0, SalesModel.SELLERS)
                        .mapToObj(seller ->
                                new Document("_id", "seller-" + seller).append("name", "Seller number " + seller))
                        .toList());
    }

    private void begin(SalesModel model, int size) {
        database.collection(model.collection()).deleteMany(new Document());
        Date longAgo = Date.from(Instant.now().minus(1, ChronoUnit.DAYS));
        List<List<Object>> rows = new ArrayList<>(List.of(model.header()));
        List<Document> records = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            int row = HEADER_ROW + 1 + number;
            rows.add(model.row(number, row));
            records.add(model.record(number, 0)
                    .append("_id", model.id(number))
                    .append("updatedAt", longAgo)
                    .append("sheetRowIndex", row));
            changes.put(new Sale(model, number), 0);
        }
        if (size > 0) {
            database.collection(model.collection()).insertMany(records);
        }
        tab(model).fill(rows);
        sheetBefore.put(model, tab(model).snapshot());
    }

    StandInTab tab(SalesModel model) {
        return tabs.get(model);
    }

    List<Sale> all() {
        return changes.keySet().stream()
                .sorted(Comparator.comparing(Sale::model).thenComparing(Sale::number))
                .toList();
    }

    /** Changes records as whatever application owns them does, once more each. */
    void change(Collection<Sale> sales) {
        save(sales, true);
    }

    /** New records, of which the sheet knows nothing. */
    @CanIgnoreReturnValue
    List<Sale> add(SalesModel model, int count) {
        int first = (int)
                changes.keySet().stream().filter(sale -> sale.model() == model).count();
        List<Sale> sales = IntStream.range(first, first + count)
                .mapToObj(number -> new Sale(model, number))
                .toList();
        save(sales, false);
        return sales;
    }

    private void save(Collection<Sale> sales, boolean isThere) {
        for (SalesModel model : SalesModel.values()) {
            List<WriteModel<Document>> writes = sales.stream()
                    .filter(sale -> sale.model() == model)
                    .map(sale -> isThere ? update(sale) : insert(sale))
                    .toList();
            if (!writes.isEmpty()) {
                database.collection(model.collection()).bulkWrite(writes, UNORDERED);
            }
        }
    }

    private WriteModel<Document> insert(Sale sale) {
        changes.put(sale, 1);
        return new InsertOneModel<>(
                sale.model().record(sale.number(), 1).append("_id", sale.id()).append("updatedAt", new Date()));
    }

    private WriteModel<Document> update(Sale sale) {
        int number = changes.merge(sale, 1, Integer::sum);
        Document fields = sale.model().record(sale.number(), number).append("updatedAt", new Date());
        return new UpdateOneModel<>(Filters.eq("_id", sale.id()), new Document("$set", fields));
    }

    /** Each record's last state is in its row, once; what people have is to the byte what it was; each record knows its row. */
    void assertWritten() {
        for (SalesModel model : SalesModel.values()) {
            Map<String, Integer> rows = rowsByKey(model);
            assertOursAreRight(model, rows);
            assertTheirsAreUntouched(model);
            assertRowsAreKnown(model, rows);
        }
    }

    /** They stand one below the other, and no key stands twice. */
    private Map<String, Integer> rowsByKey(SalesModel model) {
        int last = tab(model).snapshot().size();
        Map<String, Integer> rows = new HashMap<>();
        for (int row = HEADER_ROW + 1; row <= last; row++) {
            Object key = tab(model).get(cell(row, SalesModel.KEY));
            if (key != null) {
                assertThat(rows.put((String) key, row))
                        .as("another row of %s, row %d", key, row)
                        .isNull();
            }
        }
        assertThat(rows.values()).as("rows of the tab " + model.tab()).allMatch(row -> row <= HEADER_ROW + rows.size());
        return rows;
    }

    private void assertOursAreRight(SalesModel model, Map<String, Integer> rows) {
        Map<String, Map<Integer, Object>> found = new HashMap<>();
        Map<String, Map<Integer, Object>> expected = new HashMap<>();
        changes.forEach((sale, number) -> {
            if (sale.model() == model) {
                Map<Integer, Object> cells = model.cells(sale.number(), number);
                String key = (String) cells.get(SalesModel.KEY);
                expected.put(key, cells);
                found.put(key, cells(model, rows.get(key), cells.keySet()));
            }
        });
        assertThat(rows).as("rows of the tab " + model.tab()).hasSize(expected.size());
        expected.forEach((key, cells) -> assertThat(found.get(key)).as(key).isEqualTo(cells));
    }

    private Map<Integer, Object> cells(SalesModel model, Integer row, Collection<Integer> columns) {
        Map<Integer, Object> cells = new HashMap<>();
        if (row != null) {
            columns.forEach(column -> cells.put(column, tab(model).get(cell(row, column))));
        }
        return cells;
    }

    private void assertTheirsAreUntouched(SalesModel model) {
        List<List<Object>> before = sheetBefore.get(model);
        List<List<Object>> after = tab(model).snapshot();
        var ours = model.cells(0, 0).keySet();
        assertThat(after.get(0)).isEqualTo(before.get(0));
        for (int row = 1; row < before.size(); row++) {
            for (int column = 0; column <= SalesModel.KEY; column++) {
                if (!ours.contains(column)) {
                    assertThat(after.get(row).get(column))
                            .as("%s!%s", model.tab(), cell(row + 1, column))
                            .isEqualTo(before.get(row).get(column));
                }
            }
        }
        assertNothingBesideNewRows(model, before.size() + 1, after.size());
    }

    private void assertNothingBesideNewRows(SalesModel model, int first, int last) {
        var ours = model.cells(0, 0).keySet();
        for (int row = first; row <= last; row++) {
            for (int column = 0; column <= SalesModel.KEY; column++) {
                if (!ours.contains(column)) {
                    assertThat(tab(model).entered(cell(row, column)))
                            .as("%s!%s", model.tab(), cell(row, column))
                            .isNull();
                }
            }
        }
    }

    private void assertRowsAreKnown(SalesModel model, Map<String, Integer> rows) {
        String keyField = model == SalesModel.REQUEST ? "code" : "serviceId";
        for (Document record : database.collection(model.collection()).find()) {
            assertThat(record.getInteger("sheetRowIndex"))
                    .as("the row that %s knows", record.get("_id"))
                    .isEqualTo(rows.get(record.getString(keyField)));
        }
    }

    private static String cell(int row, int column) {
        String letters = column < 26 ? letter(column) : "A" + letter(column - 26);
        return letters + row;
    }

    private static String letter(int column) {
        return String.valueOf((char) ('A' + column));
    }
}

package dev.syncline.processes;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.bson.Document;

/**
 * Two of the models that ship, with records made by number: what one is like after so many changes, and what its row is to hold
 * then. Columns count from 0, and are where the sheet of the specification has them.
 */
enum SalesModel {
    REQUEST("Request", "requests", "Request", "req-%05d") {
        @Override
        Map<Integer, String> labels() {
            Map<Integer, String> labels = new TreeMap<>(Map.of(0, "Seller", 1, "Customer", 2, "Contact", 4, "Pax"));
            labels.putAll(Map.of(5, "Country", 6, "Source", 7, "Status", 9, "Tour days", 10, "Start date"));
            labels.putAll(Map.of(11, "Revenue", 12, "Cost", 13, "Notes", 19, "Booking code", 25, "End date"));
            labels.put(KEY, "Request ID");
            return labels;
        }

        @Override
        Map<Integer, Object> theirs(int number, int row) {
            return Map.of(3, "=L%d-M%d".formatted(row, row), 8, "told by phone, " + number, 26, number % 2 == 0);
        }

        @Override
        Document record(int number, int changes) {
            return new Document("code", "RQ-%05d".formatted(number))
                    .append("sellerId", "seller-" + number % SELLERS)
                    .append("customerName", "Customer %d after %d changes".formatted(number, changes))
                    .append("contact", "+84%05d%03d".formatted(number, changes))
                    .append("pax", changes + 1)
                    .append("country", "0912%03d".formatted(changes))
                    .append("source", source(number, changes))
                    .append("status", STATUSES.get(changes % STATUSES.size()).get(0))
                    .append("tourDays", number % 9)
                    .append("startDate", midnight(day(number, changes)))
                    .append("expectedRevenue", 1_000_000L * changes + number)
                    .append("expectedCost", 500_000L + number)
                    .append("notes", notes(changes))
                    .append("bookingCode", booking(number))
                    .append("endDate", midnight(day(number, 9)));
        }

        @Override
        Map<Integer, Object> cells(int number, int changes) {
            Document record = record(number, changes);
            Map<Integer, Object> cells = new TreeMap<>(Map.of(0, "Seller number " + number % SELLERS));
            cells.put(1, record.get("customerName"));
            cells.put(2, record.get("contact"));
            cells.put(4, changes + 1.0);
            cells.put(5, record.get("country"));
            cells.put(6, record.get("source"));
            cells.put(7, STATUSES.get(changes % STATUSES.size()).get(1));
            cells.put(9, number % 9.0);
            cells.put(10, serial(day(number, changes)));
            cells.put(11, 1_000_000.0 * changes + number);
            cells.put(12, 500_000.0 + number);
            cells.put(13, record.get("notes"));
            cells.put(19, booking(number));
            cells.put(25, serial(day(number, 9)));
            cells.put(KEY, record.get("code"));
            return cells;
        }
    },

    OPERATOR("Operator", "operators", "Operator_Mix", "op-%05d") {
        @Override
        Map<Integer, String> labels() {
            Map<Integer, String> labels = new TreeMap<>(Map.of(0, "Booking code", 9, "Service date"));
            labels.putAll(Map.of(10, "Service type", 14, "Cost before tax", 15, "VAT", 18, "Supplier", 19, "Notes"));
            labels.putAll(Map.of(16, "Total", 21, "Paid", 22, "Debt", KEY, "Service ID"));
            return labels;
        }

        @Override
        Map<Integer, Object> theirs(int number, int row) {
            return Map.of(16, "=O%d+P%d".formatted(row, row), 21, 10.0 * number, 22, "=Q%d-V%d".formatted(row, row));
        }

        @Override
        Document record(int number, int changes) {
            return new Document("serviceId", "SV-%05d".formatted(number))
                    .append("requestId", REQUEST.id(number))
                    .append("serviceDate", midnight(day(number, changes)))
                    .append("serviceType", "Hotel, change " + changes)
                    .append("costBeforeTax", 2_000_000L + changes)
                    .append("vat", 200_000L + changes)
                    .append("supplier", "-" + changes)
                    .append("notes", notes(changes));
        }

        @Override
        Map<Integer, Object> cells(int number, int changes) {
            Document record = record(number, changes);
            Map<Integer, Object> cells = new TreeMap<>(Map.of(0, booking(number)));
            cells.put(9, serial(day(number, changes)));
            cells.put(10, record.get("serviceType"));
            cells.put(14, 2_000_000.0 + changes);
            cells.put(15, 200_000.0 + changes);
            cells.put(18, record.get("supplier"));
            cells.put(19, record.get("notes"));
            cells.put(KEY, record.get("serviceId"));
            return cells;
        }
    };

    /** Column AR, which has the keys. */
    static final int KEY = 43;

    static final int SELLERS = 7;

    /** So many of the first records have a text that looks like a formula: to tell it from one takes a call more in each batch. */
    static final int LIKE_FORMULAS = 3;

    private static final List<List<String>> STATUSES = List.of(
            List.of("BOOKING", "Booking"),
            List.of("F4", "F4: Lần cuối"),
            List.of("DA_BAO_GIA", "Đã báo giá"),
            List.of("CANCEL", "Cancel"));
    private static final ZoneId BUSINESS = ZoneId.of("Asia/Ho_Chi_Minh");
    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 1);
    private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

    private final String model;
    private final String collection;
    private final String tab;
    private final String id;

    SalesModel(String model, String collection, String tab, String id) {
        this.model = model;
        this.collection = collection;
        this.tab = tab;
        this.id = id;
    }

    String model() {
        return model;
    }

    String collection() {
        return collection;
    }

    String tab() {
        return tab;
    }

    String id(int number) {
        return id.formatted(number);
    }

    /** Of the header row, by the columns. */
    abstract Map<Integer, String> labels();

    /** What people have in a row, beside our cells. */
    abstract Map<Integer, Object> theirs(int number, int row);

    /** All fields of a record but its id; one that is missing is null. */
    abstract Document record(int number, int changes);

    /** What our cells of its row are to hold: texts, doubles, null for blank. */
    abstract Map<Integer, Object> cells(int number, int changes);

    List<Object> header() {
        return row(labels());
    }

    /** As people have it in their sheet before we write anything. */
    List<Object> row(int number, int row) {
        Map<Integer, Object> cells = new TreeMap<>(cells(number, 0));
        cells.putAll(theirs(number, row));
        return row(cells);
    }

    private static List<Object> row(Map<Integer, ?> cells) {
        Object[] row = new Object[KEY + 1];
        cells.forEach((column, value) -> row[column] = value);
        return Arrays.asList(row);
    }

    private static String booking(int number) {
        return "BK-%05d".formatted(number);
    }

    private static String source(int number, int changes) {
        return changes > 0 && number < LIKE_FORMULAS ? "=1+" + changes : "+" + changes;
    }

    private static String notes(int changes) {
        return changes % 3 == 2 ? null : "Notes\nof change " + changes;
    }

    private static LocalDate day(int number, int days) {
        return FIRST_DAY.plusDays(number % 200 + days);
    }

    private static Date midnight(LocalDate day) {
        return Date.from(day.atStartOfDay(BUSINESS).toInstant());
    }

    private static double serial(LocalDate day) {
        return ChronoUnit.DAYS.between(DAY_ZERO, day);
    }
}

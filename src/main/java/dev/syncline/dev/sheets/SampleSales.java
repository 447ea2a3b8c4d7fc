package dev.syncline.dev.sheets;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The sales sheet of an invented travel agency, as write-back finds it: three tabs as wide as the real ones, with columns that
 * are ours far apart, people's own notes and formulas between them, and rows that lag behind the records.
 */
public final class SampleSales {
    public static final String ID = "sample-sales";
    public static final String REQUESTS = "Request";
    public static final String OPERATORS = "Operator_Mix";
    public static final String REVENUES = "Revenue";

    /** Tours that have a row in each tab. */
    public static final int TOURS = 18;
    /** A to AZ. */
    private static final int WIDTH = 52;

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private SampleSales() {}

    /** Puts the spreadsheet in the place of one that may have been changed. */
    public static void into(SheetsStandIn standIn) {
        StandInSpreadsheet spreadsheet = standIn.create(ID, "Sales (sample)", ZONE);
        fillRequests(spreadsheet.tab(REQUESTS));
        fillOperators(spreadsheet.tab(OPERATORS));
        fillRevenues(spreadsheet.tab(REVENUES));
    }

    private static List<SampleTour> tours() {
        return IntStream.rangeClosed(1, TOURS).mapToObj(SampleTour::new).toList();
    }

    // --- requests

    private static void fillRequests(StandInTab tab) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(new Line()
                .with("A", "Seller")
                .with("B", "Customer")
                .with("C", "Contact")
                .with("D", "Called on")
                .with("E", "Pax")
                .with("F", "Country")
                .with("G", "Source")
                .with("H", "Status")
                .with("I", "Remind me")
                .with("J", "Tour days")
                .with("K", "Start date")
                .with("L", "Revenue")
                .with("M", "Cost")
                .with("N", "Notes")
                .with("O", "Margin")
                .with("T", "Booking code")
                .with("Z", "End date")
                .with("AR", "Request ID")
                .with("AZ", "Checked by")
                .cells());
        tours().forEach(tour -> rows.add(request(tour, rows.size() + 1)));
        tab.fill(rows);
        tab.format("K2:K", "DATE", "dd/mm/yyyy");
        tab.format("Z2:Z", "DATE", "dd/mm/yyyy");
        tab.format("L2:M", "NUMBER", "#,##0");
    }

    private static List<@Nullable Object> request(SampleTour tour, int row) {
        return new Line()
                .with("A", tour.sellerName())
                .with("B", text(tour.customer()))
                .with("C", tour.contact())
                .with("D", tour.number() % 4 == 0 ? "twice, no answer" : null)
                .with("E", tour.pax())
                .with("F", tour.country())
                .with("G", tour.source())
                .with("H", tour.statusLabel())
                .with("I", tour.number() % 5 == 0 ? "after Tết" : null)
                .with("J", tour.days())
                .with("K", tour.start())
                .with("L", tour.revenue())
                .with("M", tour.cost())
                .with("N", tour.notes())
                .with("O", "=L%d-M%d".formatted(row, row))
                .with("T", tour.bookingCode())
                .with("Z", tour.end())
                .with("AR", tour.code())
                .with("AZ", tour.number() % 6 == 0 ? "Mây ✓" : null)
                .cells();
    }

    // --- operators

    private static void fillOperators(StandInTab tab) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(new Line()
                .with("A", "Booking code")
                .with("B", "Confirmed by phone")
                .with("J", "Service date")
                .with("K", "Service type")
                .with("O", "Cost before tax")
                .with("P", "VAT")
                .with("Q", "Total")
                .with("S", "Supplier")
                .with("T", "Notes")
                .with("V", "Paid")
                .with("W", "Debt")
                .with("AR", "Service ID")
                .cells());
        tours().forEach(tour -> rows.add(operator(tour, rows.size() + 1)));
        tab.fill(rows);
        tab.format("J2:J", "DATE", "dd/mm/yyyy");
        tab.format("O2:Q", "NUMBER", "#,##0");
        tab.format("V2:W", "NUMBER", "#,##0");
    }

    private static List<@Nullable Object> operator(SampleTour tour, int row) {
        return new Line()
                .with("A", tour.bookingCode())
                .with("B", tour.number() % 3 == 0 ? "yes" : null)
                .with("J", tour.start())
                .with("K", tour.service())
                .with("O", tour.serviceCost())
                .with("P", tour.serviceTax())
                .with("Q", "=O%d+P%d".formatted(row, row))
                .with("S", tour.supplier())
                .with("V", tour.serviceCost() / 2)
                .with("W", "=Q%d-V%d".formatted(row, row))
                .with("AR", tour.serviceId())
                .cells();
    }

    // --- revenues

    /** Its first row is blank. */
    private static void fillRevenues(StandInTab tab) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows.add(List.of());
        rows.add(new Line()
                .with("A", "Booking code")
                .with("L", "Payment type")
                .with("M", "Payment date")
                .with("N", "Payment source")
                .with("Q", "Foreign amount")
                .with("R", "Exchange rate")
                .with("S", "Currency")
                .with("T", "Amount VND")
                .with("U", "Receipt")
                .with("AR", "Revenue ID")
                .cells());
        tours().forEach(tour -> rows.add(revenue(tour)));
        tab.fill(rows);
        tab.format("M3:M", "DATE", "dd/mm/yyyy");
        tab.format("Q3:R", "NUMBER", "#,##0.00");
        tab.format("T3:T", "NUMBER", "#,##0");
    }

    private static List<@Nullable Object> revenue(SampleTour tour) {
        LocalDate paid = tour.start().minusDays(30);
        return new Line()
                .with("A", tour.bookingCode())
                .with("L", "Deposit")
                .with("M", paid)
                .with("N", "Bank")
                .with("Q", tour.deposit())
                .with("R", tour.rate())
                .with("S", "USD")
                .with("T", tour.depositInVnd())
                .with("U", tour.number() % 4 == 1 ? "in the blue folder" : null)
                .with("AR", tour.revenueId())
                .cells();
    }

    // --- rows

    /** What begins like a formula and is none, as people write it. */
    private static String text(String text) {
        return text.startsWith("=") ? text.substring(1) : text;
    }

    /** One row as wide as the tab. */
    private static final class Line {
        private final @Nullable Object[] cells = new Object[WIDTH];

        Line with(String column, @Nullable Object value) {
            cells[A1.column(column)] = value;
            return this;
        }

        List<@Nullable Object> cells() {
            return Arrays.asList(cells);
        }
    }
}

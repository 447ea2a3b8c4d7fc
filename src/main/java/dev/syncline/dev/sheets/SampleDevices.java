package dev.syncline.dev.sheets;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * A roster of invented devices as people keep one, the same each time: with columns of every kind, and with what goes wrong in
 * such sheets. One row has no serial, one repeats a serial in capitals, one cell is {@code #N/A}, and five blank rows lie
 * between two semesters.
 */
public final class SampleDevices {
    public static final String ID = "sample-devices";
    public static final String TAB = "Devices";
    /** The same devices. */
    public static final String SECOND_TAB = "Devices (copy)";

    public static final String QUOTED_TAB = "Manager's notes";

    /** Rows with a serial, the repeated one included. */
    public static final int DEVICES = 121;
    /** Behind so many rows of devices come the blank ones. */
    public static final int BEFORE_GAP = 80;

    public static final int GAP = 5;

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 2);
    private static final int WITHOUT_SERIAL = 40;
    private static final int WITH_ERROR = 17;
    private static final int REPEATED = 12;

    private static final List<String> HEADER = List.of(
            "Serial",
            "Device ID",
            "Assigned To",
            "Status",
            "Condition",
            "Offboarding Status",
            "Last Seen",
            "Last Transfer Notes",
            "Transfer Actor",
            "Transfer Action",
            "Transfer Timestamp",
            "Model",
            "Purchase Date",
            "Price",
            "Warranty",
            "Asset Tag",
            "Building",
            "Notes",
            "Label");

    private static final List<String> PEOPLE = List.of(
            "Ada Brennick",
            "Tomas Okereke",
            "Linh Vo",
            "María Peñalver",
            "Søren Haugaard",
            "Priya Ramanujan",
            "J. O'Dell",
            "Noor Al-Sayed",
            "Unassigned");
    private static final List<String> STATUSES =
            List.of("Assigned", "Assigned", "Assigned", "available", "In Repair", "LOANED", "Retired");
    private static final List<String> CONDITIONS =
            List.of("Good", "Good", "Good", "Fair", "poor", "Needs Repair", "New");
    private static final List<String> OFFBOARDING = List.of("Pending return", "Security hold", "Decommission");
    private static final List<String> ACTIONS = List.of("Checked out", "Returned", "Reassigned");
    private static final List<String> MODELS =
            List.of("Framewell 13", "Framewell 16", "Northlight Air", "Northlight Pro 14", "Tabula 11", "Dockstone D2");
    private static final List<String> BUILDINGS = List.of("Bobst", "Kimmel", "Silver Center", "Tandon 6 MetroTech");
    private static final List<String> REMARKS = List.of(
            "battery replaced 🔋",
            "الشاشة مخدوشة",
            "sticker on the lid, ask before cleaning",
            "המסך הוחלף",
            "keyboard: left ⇧ sticks",
            "says \"charging\" forever; see ticket #4711");

    private final SplittableRandom random = new SplittableRandom(20261102);

    private SampleDevices() {}

    /** Puts the spreadsheet in the place of one that may have been changed. */
    public static void into(SheetsStandIn standIn) {
        StandInSpreadsheet spreadsheet = standIn.create(ID, "Device roster (sample)", ZONE);
        fill(spreadsheet.tab(TAB));
        fill(spreadsheet.tab(SECOND_TAB));
        spreadsheet
                .tab(QUOTED_TAB)
                .fill(List.of(
                        List.of("Topic", "What we agreed"),
                        List.of("Serials", "Type them as they are printed on the device, zeros included."),
                        List.of("Retired devices", "Leave the row where it is for a semester.")));
    }

    private static void fill(StandInTab tab) {
        tab.fill(new SampleDevices().rows());
        tab.format("B2:B", "TEXT", "@");
        tab.format("G2:G", "DATE", "m/d/yyyy");
        tab.format("K2:K", "DATE_TIME", "m/d/yyyy h:mm:ss");
        tab.format("M2:M", "DATE", "yyyy-mm-dd");
        tab.format("N2:N", "CURRENCY", "\"$\"#,##0.00");
        tab.format("P2:P", "TEXT", "@");
    }

    private List<List<?>> rows() {
        List<List<?>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (int device = 0; device < DEVICES - 1; device++) {
            if (device == BEFORE_GAP) {
                rows.addAll(Collections.nCopies(GAP, List.of()));
            }
            if (device == WITHOUT_SERIAL) {
                rows.add(Arrays.asList(null, null, "Unassigned", "available", "New", null, null, "box not opened yet"));
            }
            rows.add(row(serial(device), device, rows.size() + 1));
        }
        rows.add(row(serial(REPEATED).toUpperCase(Locale.ROOT), DEVICES - 1, rows.size() + 1));
        return rows;
    }

    private static String serial(int device) {
        return device % 10 == 3 ? "%08d".formatted(4_711 + device) : "fw13-%05x".formatted(70_000 + 37 * device);
    }

    private List<@Nullable Object> row(String serial, int device, int number) {
        LocalDate bought = TODAY.minusDays(200 + random.nextInt(1_500));
        boolean isLeaving = random.nextInt(9) == 0;
        boolean isMoved = isLeaving || random.nextInt(3) == 0;
        int price = 59_900 + 5_000 * random.nextInt(40);
        List<@Nullable Object> row = new ArrayList<>();
        row.add(serial);
        row.add(random.nextInt(6) == 0 ? null : "%06d".formatted(1_200 + device));
        row.add(oneOf(PEOPLE));
        row.add(oneOf(STATUSES));
        row.add(oneOf(CONDITIONS));
        row.add(isLeaving ? oneOf(OFFBOARDING) : null);
        row.add(random.nextInt(8) == 0 ? null : TODAY.minusDays(random.nextInt(90)));
        row.add(isMoved ? "handed over at the desk" : null);
        row.add(isMoved ? oneOf(PEOPLE) : null);
        row.add(isMoved ? oneOf(ACTIONS) : null);
        row.add(
                isMoved
                        ? TODAY.minusDays(random.nextInt(200)).atTime(9 + random.nextInt(8), random.nextInt(60))
                        : null);
        row.add(oneOf(MODELS));
        row.add(bought);
        row.add(price / 100.0);
        row.add(random.nextBoolean());
        row.add("%07d".formatted(90_210 + 13 * device));
        row.add(device == WITH_ERROR ? "=NA()" : oneOf(BUILDINGS));
        row.add(random.nextInt(4) == 0 ? oneOf(REMARKS) : null);
        row.add("=L%d&\" / \"&P%d".formatted(number, number));
        return row;
    }

    private String oneOf(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}

package dev.syncline.dev.sheets;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A tour that nobody has ever asked for, with a service and a payment each: the same for its number each time, so that the
 * spreadsheet of {@link SampleSales} and the sample records agree.
 *
 * @param number from 1
 */
public record SampleTour(int number) {
    /** By their ids. */
    public static final List<String> SELLERS = List.of("seller-1", "seller-2", "seller-3");

    private static final List<String> SELLER_NAMES = List.of("Vũ Thanh Mây", "Đoàn Hải Triều", "Ines Marlow");
    private static final List<String> CUSTOMERS = List.of(
            "Ada Brennick",
            "Tomas Okereke",
            "María Peñalver",
            "Søren Haugaard",
            "Priya Ramanujan",
            "J. O'Dell",
            "Noor Al-Sayed",
            "Lữ hành Chim Én",
            "=Nordlys Reiser",
            "Ōtani Club");
    private static final List<String> COUNTRIES = List.of("Norway", "Spain", "India", "Japan", "Việt Nam");
    private static final List<String> SOURCES = List.of("Web", "Fair", "Friend", "@travelday");
    private static final List<String> STATUSES =
            List.of("DANG_LL_CHUA_TL", "DA_BAO_GIA", "F2", "BOOKING", "KHACH_HOAN", "F4");
    /** Of the same; people shorten some of them. */
    private static final List<String> STATUS_LABELS =
            List.of("Đang LL - chưa trả lời", "Đã báo giá", "F2", "Booking", "Khách hoãn", "F4");

    private static final List<String> SERVICES = List.of("Hotel", "Bus", "Guide", "Boat");
    private static final List<String> SUPPLIERS = List.of("Sông Xanh Hotel", "Ba Vì Coaches", "-", "007 Boats");
    private static final LocalDate FIRST_DAY = LocalDate.of(2027, 1, 9);

    public String code() {
        return "RQ-%04d".formatted(number);
    }

    public String bookingCode() {
        return "0927-%02d".formatted(number);
    }

    public String serviceId() {
        return "SV-%04d".formatted(number);
    }

    public String revenueId() {
        return "RV-%04d".formatted(number);
    }

    public String sellerId() {
        return oneOf(SELLERS);
    }

    String sellerName() {
        return sellerName(sellerId());
    }

    public static String sellerName(String sellerId) {
        return SELLER_NAMES.get(SELLERS.indexOf(sellerId));
    }

    public String customer() {
        return oneOf(CUSTOMERS);
    }

    /** Numbers that are kept free for films and books. */
    public String contact() {
        return number % 2 == 0 ? "+1 202 555 01%02d".formatted(number) : "0900000%03d".formatted(number);
    }

    public int pax() {
        return 1 + number * 7 % 12;
    }

    public String country() {
        return oneOf(COUNTRIES);
    }

    public String source() {
        return oneOf(SOURCES);
    }

    /** The key; {@link #statusLabel} is what people read. */
    public String status() {
        return oneOf(STATUSES);
    }

    String statusLabel() {
        return oneOf(STATUS_LABELS);
    }

    public int days() {
        return 3 + number % 9;
    }

    public LocalDate start() {
        return FIRST_DAY.plusDays(6L * number);
    }

    public LocalDate end() {
        return start().plusDays(days() - 1L);
    }

    public long revenue() {
        return 18_500_000L * pax() + 250_000L * number;
    }

    public long cost() {
        return revenue() / 1_000 * 780;
    }

    public @Nullable String notes() {
        return number % 3 == 0 ? "vegetarian meals for two" : null;
    }

    public String service() {
        return oneOf(SERVICES);
    }

    public String supplier() {
        return oneOf(SUPPLIERS);
    }

    public long serviceCost() {
        return cost() / 10;
    }

    public long serviceTax() {
        return serviceCost() / 100 * 8;
    }

    /** In dollars, with cents. */
    public double deposit() {
        return 240.5 + 12.25 * number;
    }

    public double rate() {
        return 25_480.5;
    }

    public long depositInVnd() {
        return Math.round(deposit() * rate());
    }

    private String oneOf(List<String> texts) {
        return texts.get(number % texts.size());
    }
}

package dev.syncline.dev;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.bson.types.Decimal128;

import dev.syncline.dev.sheets.SampleSales;
import dev.syncline.dev.sheets.SampleTour;
import dev.syncline.platform.MongoDatabase;

/**
 * The records behind the sheet of {@link SampleSales}. Most came from there and are as they were; a few have changed since, six
 * tours are new, and some have what goes wrong in such data: a lock, a status without a label, a seller that is gone, a row number
 * that is none any more.
 */
@ApplicationScoped
@IfBuildProfile("dev")
class SampleRecords {
    private static final int ALL_TOURS = SampleSales.TOURS + 6;
    private static final Duration SINCE_SYNC = Duration.ofDays(1);

    private static final List<Integer> CHANGED_REQUESTS = List.of(3, 8, 11, 14);
    private static final List<Integer> CHANGED_OPERATORS = List.of(5, 9);
    private static final List<Integer> CHANGED_REVENUES = List.of(2);

    private final MongoDatabase database;
    private final Clock clock;

    SampleRecords(MongoDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Stores all of them as changed now, those of the sheet as brought by it the day before. */
    Uni<Void> store() {
        Instant now = clock.instant();
        return insert("sellers", sellers())
                .chain(() -> insert("requests", tours(now, SampleRecords::request)))
                .chain(() -> insert("operators", tours(now, SampleRecords::operator)))
                .chain(() -> insert("revenues", tours(now, SampleRecords::revenue)));
    }

    private Uni<Void> insert(String collection, List<Document> records) {
        return database.collection(collection).insertMany(records).replaceWithVoid();
    }

    private static List<Document> sellers() {
        return SampleTour.SELLERS.stream()
                .map(id -> new Document("_id", id).append("name", SampleTour.sellerName(id)))
                .toList();
    }

    private static List<Document> tours(Instant now, BiFunction<SampleTour, Instant, Document> record) {
        return IntStream.rangeClosed(1, ALL_TOURS)
                .mapToObj(number -> record.apply(new SampleTour(number), now))
                .toList();
    }

    private static Document request(SampleTour tour, Instant now) {
        Document request = new Document("_id", "request-" + tour.number())
                .append("code", tour.code())
                .append("bookingCode", tour.bookingCode())
                .append("customerName", tour.customer())
                .append("contact", tour.contact())
                .append("country", tour.country())
                .append("source", tour.source())
                .append("status", tour.status())
                .append("pax", tour.pax())
                .append("tourDays", tour.days())
                .append("startDate", midnight(tour.start()))
                .append("endDate", midnight(tour.end()))
                .append("expectedRevenue", new Decimal128(tour.revenue()))
                .append("expectedCost", new Decimal128(tour.cost()))
                .append("notes", tour.notes())
                .append("sellerId", tour.sellerId());
        mark(request, tour, 1, CHANGED_REQUESTS.contains(tour.number()), now);
        switch (tour.number()) {
            // Somebody has inserted rows above it.
            case 3 -> request.append("status", "BOOKING").append("notes", null).append("sheetRowIndex", 40);
            case 11 -> request.append("status", "HOT_LEAD").append("pax", 2);
            case 14 -> request.append("sellerId", "seller-9").append("notes", "asks for a new seller");
            default -> {}
        }
        return request;
    }

    private static Document operator(SampleTour tour, Instant now) {
        Document operator = new Document("_id", "service-" + tour.number())
                .append("serviceId", tour.serviceId())
                .append("requestId", "request-" + tour.number())
                .append("serviceDate", midnight(tour.start()))
                .append("serviceType", tour.service())
                .append("supplier", tour.supplier())
                .append("costBeforeTax", new Decimal128(tour.serviceCost()))
                .append("vat", new Decimal128(tour.serviceTax()));
        mark(operator, tour, 1, CHANGED_OPERATORS.contains(tour.number()), now);
        switch (tour.number()) {
            case 5 -> operator.append("costBeforeTax", new Decimal128(tour.serviceCost() + 1_250_000));
            case 9 -> operator.append("costBeforeTax", new Decimal128(0)).append("lockKT", true);
            default -> {}
        }
        return operator;
    }

    private static Document revenue(SampleTour tour, Instant now) {
        Document revenue = new Document("_id", "payment-" + tour.number())
                .append("revenueId", tour.revenueId())
                .append("requestId", "request-" + tour.number())
                .append("paymentDate", midnight(tour.start().minusDays(30)))
                .append("paymentType", "Deposit")
                .append("paymentSource", "Bank")
                .append("foreignAmount", tour.deposit())
                .append("exchangeRate", tour.rate())
                .append("currency", "USD")
                .append("amountVND", tour.depositInVnd());
        mark(revenue, tour, 2, CHANGED_REVENUES.contains(tour.number()), now);
        if (tour.number() == 2) {
            revenue.append("foreignAmount", null).append("exchangeRate", null).append("currency", null);
        }
        return revenue;
    }

    private static void mark(Document record, SampleTour tour, int headerRow, boolean isChanged, Instant now) {
        boolean isInSheet = tour.number() <= SampleSales.TOURS;
        Date synced = Date.from(now.minus(SINCE_SYNC));
        record.append("updatedAt", isChanged || !isInSheet ? Date.from(now) : synced);
        if (isInSheet) {
            record.append("sheetSyncedAt", synced).append("sheetRowIndex", headerRow + tour.number());
        }
    }

    private static Date midnight(LocalDate day) {
        return Date.from(day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}

package dev.syncline.writeback;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import dev.syncline.SharedSheets;
import dev.syncline.SignedIn;
import dev.syncline.dev.sheets.SheetsStandIn;
import dev.syncline.dev.sheets.StandInTab;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.status.RunCalls;

import static io.restassured.RestAssured.given;

/** A sheet of requests, the records that it shows, and what callers of the write-back do, for tests. */
@Alternative
@Singleton
public class SalesDesk {
    /** Of the columns that we own, in an order of the sheet's own, with one between them that is somebody else's. */
    static final List<String> HEADER = List.of(
            "Request ID",
            "Customer",
            "Pax",
            "Remarks of the office",
            "Status",
            "Start date",
            "Seller",
            "Contact",
            "Country",
            "Source",
            "Tour days",
            "Revenue",
            "Cost",
            "Notes",
            "Booking code",
            "End date");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<String> COLLECTIONS = List.of(
            "requests", "sellers", "runs", "writeback_queue", "writeback_log", "writeback_rows", "writeback_tabs");

    private final MongoDatabase database;
    private final int port;
    private SheetsStandIn sheets;

    SalesDesk(MongoDatabase database, @ConfigProperty(name = SalesProfile.PORT) int port) {
        this.database = database;
        this.port = port;
    }

    /** No run, no record, nothing queued, a sheet with its header alone. */
    void clear() {
        sheets = SharedSheets.ready(sheets, port, SalesProfile.KEY);
        RunCalls.cancelAll();
        for (String collection : COLLECTIONS) {
            var unused = database.collection(collection)
                    .deleteMany(Filters.empty())
                    .await()
                    .atMost(PATIENCE);
        }
        var unused = sheets.create(SalesProfile.SHEET, "Sales", ZoneId.of("Asia/Ho_Chi_Minh"));
        fill();
    }

    @PreDestroy
    void close() {
        if (sheets != null) {
            sheets.close();
        }
    }

    StandInTab tab() {
        return sheets.spreadsheet(SalesProfile.SHEET).tab("Request");
    }

    /** The header, and rows below it. */
    @CanIgnoreReturnValue
    StandInTab fill(List<?>... rows) {
        List<List<?>> all = new ArrayList<>(List.of(HEADER));
        all.addAll(List.of(rows));
        return tab().fill(all);
    }

    /** A request as it is stored, whose id and code are one. */
    void request(String id, String customer, int pax) {
        put(
                "requests",
                new Document("_id", id)
                        .append("code", id)
                        .append("customerName", customer)
                        .append("pax", pax)
                        .append("status", "BOOKING"));
    }

    private void put(String collection, Document stored) {
        var unused = database.collection(collection)
                .replaceOne(Filters.eq("_id", stored.get("_id")), stored, new ReplaceOptions().upsert(true))
                .await()
                .atMost(PATIENCE);
    }

    List<Document> all(String collection) {
        return database.collection(collection).find().collect().asList().await().atMost(PATIENCE);
    }

    long queued() {
        return all("writeback_queue").size();
    }

    /** What the audit trail has of an action, the newest first. */
    List<Document> audited(String action) {
        return all("audit").stream()
                .filter(entry -> action.equals(entry.getString("action")))
                .sorted((some, other) -> other.getString("_id").compareTo(some.getString("_id")))
                .toList();
    }

    // --- what callers do

    /** As the machine. */
    static RequestSpecification machine() {
        return SignedIn.nobody().header("Authorization", "Bearer " + SalesProfile.SECRET);
    }

    static String change(String model, String action, String record) {
        return "{\"model\": \"%s\", \"action\": \"%s\", \"recordId\": \"%s\"}".formatted(model, action, record);
    }

    /** Queues a change, and gives the item's id. */
    @CanIgnoreReturnValue
    static String queue(String model, String action, String record) {
        return queue(change(model, action, record))
                .then()
                .statusCode(202)
                .extract()
                .path("data.items[0].id");
    }

    static Response queue(String body) {
        return machine().contentType("application/json").body(body).post("/api/sync/queue");
    }

    /** A run from its start to its end. */
    @CanIgnoreReturnValue
    static JsonPath write() {
        return machine()
                .post("/api/sync/write-back?wait=true")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** What an admin sees. */
    static JsonPath status() {
        return given().get("/api/sync/queue").then().statusCode(200).extract().jsonPath();
    }
}

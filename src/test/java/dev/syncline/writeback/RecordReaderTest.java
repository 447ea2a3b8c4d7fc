package dev.syncline.writeback;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import com.mongodb.client.model.Filters;
import io.quarkus.test.junit.QuarkusTest;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

/** Records and the state of tabs, over the wire. Each test has collections of its own. */
@QuarkusTest
class RecordReaderTest {
    @Inject
    RecordReader reader;

    @Inject
    TabStates tabs;

    @Inject
    Models models;

    @Inject
    MongoDatabase database;

    private final String suffix = UUID.randomUUID().toString();
    private final Model request = Settings.shipped()
            .with("models.Request.collection", "requests-" + suffix)
            .with("models.Request.columns.sellerId.reference.collection", "sellers-" + suffix)
            .models()
            .get("Request");

    @Test
    void theModelsThatShipAreThere() {
        assertThat(models.all()).extracting(Model::name).containsExactly("Operator", "Request", "Revenue");
        assertThat(models.get("Request").columns())
                .filteredOn(column -> column.name().equals("status"))
                .singleElement()
                .satisfies(status -> assertThat(status.labels().get("F4")).contains("Lần cuối"));
    }

    @Test
    void takesANumberForAnIdHoweverItIsStored() {
        Document source = new Document("_id", 1.0).append("name", "Ann");

        assertThat(RecordId.forms(1.0)).isEqualTo(RecordId.forms(1)).containsExactly(1L);
        assertThat(RecordId.find(Map.of(RecordId.of(source), source), 1)).contains(source);
        assertThat(RecordId.forms(1.5)).isEmpty();
    }

    @Test
    @DisplayName("S2-5, S2-38: records are read as they are now, by text or by object id; one that is gone is missing")
    void readsByEitherFormOfAnId() {
        ObjectId id = new ObjectId();
        ObjectId other = new ObjectId();
        store("requests-", new Document("_id", "r1").append("pax", 1));
        store("requests-", new Document("_id", id).append("pax", 2));
        store("requests-", new Document("_id", other).append("pax", 3));
        store("requests-", new Document("_id", other.toHexString()).append("pax", 4));

        Map<String, Document> found = reader.read(
                        request,
                        List.of("r1", id.toHexString(), other.toHexString(), "gone", new ObjectId().toString()))
                .await()
                .indefinitely();

        assertThat(found).hasSize(3);
        assertThat(found.get("r1").get("pax")).isEqualTo(1);
        assertThat(found.get(id.toHexString()).get("_id")).isEqualTo(id);
        assertThat(found.get(other.toHexString()).get("pax"))
                .as("text as it was told")
                .isEqualTo(4);
    }

    @Test
    void readsMoreThanOneLookUpTakes() {
        List<Document> many = IntStream.range(0, 501)
                .mapToObj(number -> new Document("_id", "r" + number))
                .toList();
        database.collection("requests-" + suffix).insertMany(many).await().indefinitely();

        var found = reader.read(
                        request,
                        many.stream().map(document -> document.getString("_id")).toList())
                .await()
                .indefinitely();

        assertThat(found).hasSize(501);
    }

    @Test
    @DisplayName("S2-15, S2-36: references are looked up by either form of the id; a missing one is missing")
    void followsReferences() {
        ObjectId id = new ObjectId();
        store("sellers-", new Document("_id", "s1").append("name", "Ada").append("secret", "x"));
        store("sellers-", new Document("_id", id).append("name", "Bo"));
        store("sellers-", new Document("_id", 7).append("name", "Cy"));
        store("sellers-", new Document("_id", "nameless").append("name", null));
        Column seller = request.columns().stream()
                .filter(column -> column.reference().isPresent())
                .findFirst()
                .orElseThrow();
        List<Document> records = Stream.of("s1", id, id.toHexString(), 7L, "nameless", "gone", null, List.of())
                .map(told -> new Document("sellerId", told))
                .toList();

        References references = reader.references(request, records).await().indefinitely();

        assertThat(records.stream()
                        .map(record -> references.find(seller, record).orElse("–")))
                .containsExactly("Ada", "Bo", "Bo", "Cy", "–", "–", "–", "–");
    }

    @Test
    void asksForNothingWhereNothingIsReferredTo() {
        References references =
                reader.references(request, List.of(new Document())).await().indefinitely();

        assertThat(references.find(request.columns().get(0), new Document())).isEmpty();
    }

    @Test
    @DisplayName(
            "S2-4, S2-26: a row's number is stored on its record, repaired and taken away, and nothing else is touched")
    void notesRows() {
        ObjectId id = new ObjectId();
        Date before = new Date(1_700_000_000_000L);
        store("requests-", new Document("_id", "r1").append("pax", 1).append("updatedAt", before));
        store("requests-", new Document("_id", id).append("updatedAt", before).append("sheetRowIndex", 9));

        Map<Object, Integer> rows = new HashMap<>();
        rows.put("r1", 5);
        rows.put(id, null);
        rows.put("gone", 6);
        reader.noteRows(request, rows).await().indefinitely();

        assertThat(stored("r1"))
                .isEqualTo(new Document("_id", "r1")
                        .append("pax", 1)
                        .append("updatedAt", before)
                        .append("sheetRowIndex", 5));
        assertThat(stored(id)).isEqualTo(new Document("_id", id).append("updatedAt", before));
        assertThat(stored("gone")).as("no record comes back").isNull();
    }

    @Test
    void notesNoRows() {
        reader.noteRows(request, Map.of()).await().indefinitely();

        assertThat(stored("r1")).isNull();
    }

    @Test
    @DisplayName("S2-46: how each tab was last found is kept, with the explanation")
    void keepsHowTabsWereFound() {
        Model operator = models.get("Operator");
        Model revenue = models.get("Revenue");
        tabs.record(List.of(operator, revenue), new SyncException(ErrorCode.SHEET_NOT_FOUND, "not shared"))
                .await()
                .indefinitely();

        tabs.record(Map.of(
                        operator,
                        new TabState.Blocked(ErrorCode.HEADER_MISMATCH, "\"VAT\" is missing"),
                        revenue,
                        new TabState.Readable(new TabReading(revenue, 0, "Revenue", Map.of(), Map.of()))))
                .await()
                .indefinitely();

        assertThat(tabs.all().await().indefinitely())
                .filteredOn(check -> List.of("Operator", "Revenue").contains(check.model()))
                .extracting(TabCheck::model, TabCheck::state, TabCheck::code, TabCheck::detail)
                .containsExactly(
                        tuple("Operator", TabCheck.State.BLOCKED, "HEADER_MISMATCH", "\"VAT\" is missing"),
                        tuple("Revenue", TabCheck.State.READABLE, null, null));
    }

    private void store(String collection, Document document) {
        database.collection(collection + suffix).insertOne(document).await().indefinitely();
    }

    private Document stored(Object id) {
        return database.collection("requests-" + suffix)
                .find(Filters.eq("_id", id))
                .collect()
                .first()
                .await()
                .indefinitely();
    }
}

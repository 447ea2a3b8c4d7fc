package dev.syncline.run;

import java.util.UUID;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.TestMongo;

import static org.assertj.core.api.Assertions.assertThat;

class BsonChangesTest {
    private static MongoClient client;
    private static MongoCollection<BsonDocument> documents;

    @BeforeContainer
    static void connect() {
        client = MongoClients.create(TestMongo.connectionString());
        documents = client.getDatabase("syncline-test-" + UUID.randomUUID()).getCollection("any", BsonDocument.class);
    }

    @AfterContainer
    static void disconnect() {
        client.close();
    }

    @Property(tries = 400)
    @Label("C0-57: the update from one document to another, applied by a database, gives the other")
    void leadsFromOneToTheOther(@ForAll("documents") BsonDocument before, @ForAll("documents") BsonDocument after) {
        BsonDocument update = BsonChanges.between(before, after);

        assertThat(applied(before, update)).isEqualTo(after);
    }

    @Property(tries = 400)
    @Label("C0-57: nothing is written where nothing differs")
    void isEmptyBetweenEquals(@ForAll("documents") BsonDocument document) {
        assertThat(BsonChanges.between(document, document.clone())).isEmpty();
    }

    @Test
    @DisplayName("C0-57: names only what differs, in arrays too")
    void namesOnlyWhatDiffers() {
        BsonDocument before = BsonDocument.parse(
                "{version: 1, owner: 'p', progress: {stage: 'checking', read: 3}, attempts: [{number: 1, owner: 'p'}]}");
        BsonDocument after = BsonDocument.parse("{version: 2, progress: {stage: 'checking', read: 9},"
                + " attempts: [{number: 1, owner: 'p', ms: 7}, {number: 2}]}");

        assertThat(BsonChanges.between(before, after))
                .isEqualTo(BsonDocument.parse("{$set: {version: 2, 'progress.read': 9, 'attempts.0.ms': 7,"
                        + " 'attempts.1': {number: 2}}, $unset: {owner: ''}}"));
    }

    private static BsonDocument applied(BsonDocument before, BsonDocument update) {
        BsonString id = new BsonString("one");
        documents.drop();
        BsonDocument stored = before.clone().append("_id", id);
        assertThat(documents.insertOne(stored).wasAcknowledged()).isTrue();
        if (!update.isEmpty()) {
            assertThat(documents.updateOne(Filters.eq("_id", id), update).getMatchedCount())
                    .isEqualTo(1);
        }
        BsonDocument found = documents.find(Filters.eq("_id", id)).first();
        found.remove("_id");
        return found;
    }

    @Provide
    Arbitrary<BsonDocument> documents() {
        return document(3);
    }

    /** Few names, so that two documents share some. */
    private static Arbitrary<BsonDocument> document(int depth) {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c", "0", "1", "long name");
        return Arbitraries.maps(names, value(depth)).ofMaxSize(4).map(fields -> {
            BsonDocument document = new BsonDocument();
            fields.forEach(document::append);
            return document;
        });
    }

    private static Arbitrary<BsonValue> value(int depth) {
        Arbitrary<BsonValue> scalar = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 2).map(BsonInt32::new),
                // Other values than the integers': the embedded server keeps a number's type while its value stays.
                Arbitraries.longs().between(3, 5).map(BsonInt64::new),
                Arbitraries.doubles().between(6, 8).map(BsonDouble::new),
                Arbitraries.of("", "x", "$a", "a.b").map(BsonString::new),
                Arbitraries.of(true, false).map(BsonBoolean::new),
                Arbitraries.longs().between(0, 9).map(BsonDateTime::new),
                Arbitraries.just(BsonNull.VALUE));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<BsonValue> nested = document(depth - 1).map(document -> document);
        Arbitrary<BsonValue> list = value(depth - 1).list().ofMaxSize(3).map(BsonArray::new);
        return Arbitraries.frequencyOf(Tuple.of(2, scalar), Tuple.of(1, nested), Tuple.of(1, list));
    }
}

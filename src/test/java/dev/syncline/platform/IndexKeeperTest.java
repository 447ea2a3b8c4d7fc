package dev.syncline.platform;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;

import jakarta.inject.Inject;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.status.ApiProfile;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@TestProfile(ApiProfile.class)
@DisplayName("C0-56: required indexes are made; one that differs is reported and left alone")
class IndexKeeperTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    MongoDatabase database;

    @Inject
    ReactiveMongoClient client;

    @Inject
    IndexKeeper keeper;

    @AfterEach
    void restore() {
        drop("runs", "by_sync");
        ensure();
    }

    @Test
    void makesAllOfThemAtTheStart() {
        assertThat(names("runs")).contains("one_active", "by_sync", "by_change");
        assertThat(names("permits")).contains("by_issued_date", "by_status", "by_ward");
        assertThat(names("changes")).contains("by_row");
        assertThat(names("rejections")).contains("by_run");
        assertThat(names("idempotency_keys")).contains("expiry");
        assertThat(index("runs", "one_active").getBoolean("unique")).isTrue();
        assertThat(index("runs", "one_active").getBoolean("sparse")).isTrue();
        assertThat(keeper.drift()).isEmpty();
        given().get("/q/health/ready").then().statusCode(200).body(not(containsString("indexDrift")));
    }

    @Test
    @DisplayName("S0-50: what devices, columns and their changes are found by is there after the start")
    void makesThoseOfTheRosterAtTheStart() {
        assertThat(keys("devices"))
                .contains(
                        new Document("assignedTo", 1).append("_id", 1),
                        new Document("status", 1).append("_id", 1),
                        new Document("condition", 1).append("_id", 1),
                        new Document("offboardingStatus", 1).append("_id", 1),
                        new Document("added_by", 1).append("_id", 1),
                        new Document("absent_since", 1).append("_id", 1),
                        new Document("changed_at", -1).append("_id", 1),
                        new Document("legacyDeviceId", 1).append("sheetId", 1).append("_id", 1));
        assertThat(keys("column_definitions")).contains(new Document("sheetId", 1).append("displayOrder", 1));
        assertThat(keys("column_changes")).contains(new Document("sheetId", 1).append("at", -1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"devices, by_assignedTo", "column_definitions, by_sheet", "column_changes, by_sheet"})
    @DisplayName("S0-50: one of the roster's that was dropped is made again, one that differs is reported")
    void watchesThoseOfTheRoster(String collection, String name) {
        List<Document> before = keys(collection);

        drop(collection, name);
        make(collection, new Document("other", 1), new IndexOptions().name(name));
        ensure();

        assertDriftIsReported(name, collection);
        drop(collection, name);
        ensure();
        assertThat(keys(collection)).containsExactlyInAnyOrderElementsOf(before);
        assertThat(keeper.drift()).isEmpty();
    }

    @Test
    void makesOneThatIsMissing() {
        drop("runs", "by_sync");
        assertThat(names("runs")).doesNotContain("by_sync");

        ensure();

        assertThat(index("runs", "by_sync").get("key", Document.class).keySet()).containsExactly("sync", "_id");
        assertThat(keeper.drift()).isEmpty();
    }

    static List<Arguments> otherIndexes() {
        Document wanted = new Document("sync", 1).append("_id", -1);
        return List.of(
                Arguments.of("other fields", new Document("state", 1), new IndexOptions()),
                Arguments.of("another order", new Document("_id", -1).append("sync", 1), new IndexOptions()),
                Arguments.of("another direction", new Document("sync", -1).append("_id", -1), new IndexOptions()),
                Arguments.of("unique", wanted, new IndexOptions().unique(true)),
                Arguments.of("sparse", wanted, new IndexOptions().sparse(true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherIndexes")
    void reportsOneThatDiffers(String what, Document keys, IndexOptions options) {
        // Given
        drop("runs", "by_sync");
        make("runs", keys, options.name("by_sync"));
        try (CapturedLog log = new CapturedLog()) {
            // When
            ensure();

            // Then
            assertThat(keeper.drift())
                    .singleElement()
                    .asString()
                    .startsWith("index by_sync of runs is not as required");
            assertThat(log.records())
                    .filteredOn(line -> line.getLevel().intValue() == Level.WARNING.intValue())
                    .extracting(line -> line.getFormattedMessage())
                    .contains(keeper.drift().get(0));
        }
        assertThat(index("runs", "by_sync").get("key", Document.class).keySet())
                .as("it is as it was")
                .containsExactlyElementsOf(keys.keySet());
        assertDriftIsReported("by_sync", "runs");
    }

    private static void assertDriftIsReported(String name, String collection) {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body(
                        "checks.find { it.name == 'mongodb' }.data.indexDrift",
                        containsString("index %s of %s is not as required".formatted(name, collection)));
    }

    @Test
    @DisplayName("an equal index of another name serves; one that holds a part of the documents does not")
    void takesAnEqualIndexOfAnotherName() {
        drop("runs", "by_sync");
        make("runs", new Document("sync", 1).append("_id", -1), new IndexOptions().name("by_hand"));

        ensure();

        assertThat(names("runs")).contains("by_hand").doesNotContain("by_sync");
        assertThat(keeper.drift()).isEmpty();
        drop("runs", "by_hand");
        assertThat(RequiredIndex.on("notes", "by_at", new Document("at", 1))
                        .isServedBy(new Document("key", new Document("at", 1))
                                .append("partialFilterExpression", new Document("done", false))))
                .isFalse();
    }

    @Test
    @DisplayName("indexes of a collection of others that cannot be looked at are told, and hold nothing up")
    void waitsForNoForeignIndex() {
        // Given
        MongoDatabase withAView = new MongoDatabase(client, database.name()) {
            @Override
            public ReactiveMongoCollection<Document> collection(String name) {
                return name.equals("a-view") ? withoutIndexes() : super.collection(name);
            }
        };
        Document keys = new Document("at", 1);
        IndexKeeper ours = new IndexKeeper(
                withAView,
                List.of(() -> List.of(
                        RequiredIndex.onForeign("a-view", "by_at", keys), RequiredIndex.on("b-notes", "by_at", keys))));

        // When
        ours.ensure().await().atMost(PATIENCE);

        // Then
        assertThat(ours.ensured()).isTrue();
        assertThat(ours.drift()).containsExactly("index by_at of a-view cannot be looked at");
        assertThat(names("b-notes")).contains("by_at");
    }

    @SuppressWarnings("unchecked")
    private static ReactiveMongoCollection<Document> withoutIndexes() {
        return (ReactiveMongoCollection<Document>) Proxy.newProxyInstance(
                IndexKeeperTest.class.getClassLoader(),
                new Class<?>[] {ReactiveMongoCollection.class},
                (proxy, method, arguments) ->
                        Multi.createFrom().failure(new IllegalStateException("a view has no indexes")));
    }

    @Test
    void seesAnotherExpiry() {
        var wanted = RequiredIndex.expiring("notes", "expiry", "at", Duration.ofHours(1));
        var asMade = new Document("name", "expiry")
                .append("key", new Document("at", 1))
                .append("expireAfterSeconds", 3600);

        assertThat(wanted.isServedBy(asMade)).isTrue();
        assertThat(wanted.isServedBy(new Document(asMade).append("expireAfterSeconds", 60L)))
                .isFalse();
        asMade.remove("expireAfterSeconds");
        assertThat(wanted.isServedBy(asMade)).isFalse();
    }

    private void ensure() {
        keeper.ensure().await().atMost(PATIENCE);
    }

    private List<String> names(String collection) {
        return indexes(collection).stream()
                .map(index -> index.getString("name"))
                .toList();
    }

    private List<Document> keys(String collection) {
        return indexes(collection).stream()
                .map(index -> index.get("key", Document.class))
                .toList();
    }

    private Document index(String collection, String name) {
        return indexes(collection).stream()
                .filter(index -> name.equals(index.getString("name")))
                .findFirst()
                .orElseThrow();
    }

    private List<Document> indexes(String collection) {
        return database.collection(collection)
                .listIndexes()
                .collect()
                .asList()
                .await()
                .atMost(PATIENCE);
    }

    private void make(String collection, Document keys, IndexOptions options) {
        var made = database.collection(collection)
                .createIndexes(List.of(new IndexModel(keys, options)))
                .await()
                .atMost(PATIENCE);
        assertThat(made).hasSize(1);
    }

    private void drop(String collection, String name) {
        if (names(collection).contains(name)) {
            database.collection(collection).dropIndex(name).await().atMost(PATIENCE);
        }
    }
}

package dev.syncline.ingest;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.UpdateOneModel;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Rows whose fields have parts, instants, and values of changing kinds. */
class RowPartsTest {
    private static final Instant SEEN = Instant.parse("2026-01-31T10:15:30.250Z");
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final RunMark MARK = new RunMark("run-1", "roster", 1, NOW, false);

    private static MappedRow row(Object... namesAndValues) {
        TreeMap<String, Object> fields = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return MappedRow.of("abc-1", fields);
    }

    private static Document stored(MappedRow row) {
        return ((InsertOneModel<Document>) RowWrite.insert(row, MARK, NOW).model()).getDocument();
    }

    private static RowWrite update(Document stored, MappedRow row, String... fields) {
        return RowWrite.update(stored, row, Set.of(fields), MARK, NOW);
    }

    private static BsonDocument updateOf(RowWrite write) {
        return ((UpdateOneModel<Document>) write.model()).getUpdate().toBsonDocument();
    }

    @Test
    void partsLieInTheirDocument() {
        Document stored = stored(row(
                "lastSeen",
                SEEN,
                "dynamicAttributes.model",
                "T480",
                "dynamicAttributes.price",
                new BigDecimal("12.5")));

        assertThat(stored).containsEntry("lastSeen", Date.from(SEEN));
        assertThat(stored.get("dynamicAttributes"))
                .isEqualTo(new Document("model", "T480").append("price", new Decimal128(new BigDecimal("12.5"))));
    }

    @Test
    void aChangedPartIsWrittenAlone() {
        Document stored = stored(row("lastSeen", SEEN, "parts.a", "1", "parts.b", "2"));

        RowWrite write =
                update(stored, row("parts.a", "1", "parts.b", "3"), "lastSeen", "parts.a", "parts.b", "parts.c");

        assertThat(updateOf(write).getDocument("$set").keySet())
                .contains("parts.b")
                .doesNotContain("parts.a");
        assertThat(updateOf(write).getDocument("$unset").keySet()).containsExactly("lastSeen");
        assertThat(write.history())
                .extracting(Change::field, Change::from, Change::to)
                .containsExactlyInAnyOrder(
                        tuple("parts.b", "2", "3"), tuple("lastSeen", "2026-01-31T10:15:30.250Z", null));
        assertThat(write.before()).isSameAs(stored);
    }

    @Test
    void aNumberIsNotTheTextOfIt() {
        MappedRow text = row("parts.a", "12");
        MappedRow number = row("parts.a", 12L);

        assertThat(text.hash()).isNotEqualTo(number.hash());
        assertThat(updateOf(update(stored(text), number, "parts.a"))
                        .getDocument("$set")
                        .get("parts.a")
                        .isInt64())
                .isTrue();
    }

    @Test
    void whatWasReadBackIsTheSame() {
        List<Object> values = new ArrayList<>(
                List.of("x", 7, 7L, new BigDecimal("7.5"), true, SEEN, java.time.LocalDate.of(2026, 1, 31)));
        for (Object value : values) {
            MappedRow row = row("parts.a", value);
            assertThat(update(stored(row), row, "parts.a").history())
                    .as("%s", value)
                    .isEmpty();
        }
    }
}

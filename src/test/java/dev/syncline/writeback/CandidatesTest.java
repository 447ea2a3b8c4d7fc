package dev.syncline.writeback;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.smallrye.mutiny.Uni;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.writeback.Candidates.Found;
import dev.syncline.writeback.ItemOutcome.Failed;

import static org.assertj.core.api.Assertions.assertThat;

class CandidatesTest {
    private static final Settings SETTINGS = Settings.shipped().with("models.Request.sheet-id", "a-sheet");

    /** Each record is no more than its id. */
    private static final class Ids extends RecordReader {
        private Ids(MongoDatabase database) {
            super(database);
        }

        @Override
        Uni<Map<String, Document>> read(Model model, Collection<String> ids) {
            return Uni.createFrom()
                    .item(ids.stream().collect(Collectors.toMap(Function.identity(), id -> new Document("_id", id))));
        }

        @Override
        Uni<References> references(Model model, Collection<Document> records) {
            return Uni.createFrom().item((column, source) -> Optional.empty());
        }
    }

    /** Has a fault that one record brings to light. */
    private static final class Faulty extends RecordMapper {
        private Faulty() {
            super(SETTINGS.config());
        }

        @Override
        RowValues map(Model model, Document source, References references) {
            String id = source.getString("_id");
            if (id.equals("odd")) {
                throw new ArithmeticException("a secret of the record");
            }
            return new RowValues(id, Map.of(), List.of());
        }
    }

    @Test
    void aFaultIsOneItemsAlone() {
        Candidates candidates = new Candidates(SETTINGS.models(), new Ids(null), new Faulty());

        Found found = candidates
                .of(List.of(item("A-1"), item("odd"), item("A-2")))
                .await()
                .indefinitely();

        assertThat(found.candidates())
                .extracting(candidate -> candidate.values().key())
                .containsExactly("A-1", "A-2");
        assertThat(found.settled()).singleElement().satisfies(settlement -> {
            Failed failed = (Failed) settlement.outcome();
            assertThat(settlement.item().recordId()).isEqualTo("odd");
            assertThat(failed.code()).isEqualTo(ErrorCode.INTERNAL_ERROR);
            assertThat(failed.detail()).doesNotContain("secret");
            assertThat(failed.lasting()).isFalse();
        });
    }

    private static QueueItem item(String recordId) {
        return Rows.item("Request", recordId);
    }
}

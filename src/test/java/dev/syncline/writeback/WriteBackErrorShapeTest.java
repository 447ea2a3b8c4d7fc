package dev.syncline.writeback;

import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.Problem;

import static org.assertj.core.api.Assertions.assertThat;

class WriteBackErrorShapeTest {
    private final WriteBackErrorShape shape = new WriteBackErrorShape();

    private WriteBackErrorShape.Body body(ErrorCode code, String detail, Map<String, Object> details) {
        return (WriteBackErrorShape.Body)
                shape.body(Problem.of(code, detail, "/api/sync/write-back", "reference-1", details));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/sync/write-back, true",
        "/api/sync/write-back/, true",
        "/api/sync/write-back/log, true",
        "/api/sync/queue, true",
        "/api/sync/queue/items/1/retry, true",
        "/api/sync, false",
        "/api/sync/status, false",
        "/api/sync/queues, false",
        "/queue, false"
    })
    void servesItsFamily(String path, boolean serves) {
        assertThat(shape.serves(path)).isEqualTo(serves);
    }

    @Test
    @DisplayName("S2-1: the words for who is not known, and for who is no admin")
    void saysWhatCallersKnow() {
        assertThat(body(ErrorCode.UNAUTHENTICATED, "the session is over", Map.of("reason", "SESSION_INVALID")))
                .isEqualTo(new WriteBackErrorShape.Body(
                        false,
                        "Unauthorized",
                        "the session is over",
                        "UNAUTHENTICATED",
                        ErrorCode.UNAUTHENTICATED.nextStep(),
                        "reference-1",
                        Map.of("reason", "SESSION_INVALID")));
        assertThat(body(ErrorCode.FORBIDDEN, "a higher role", Map.of("reason", "ROLE_INSUFFICIENT"))
                        .error())
                .isEqualTo("Admin only");
        assertThat(body(ErrorCode.FORBIDDEN, "not on the list", Map.of("reason", "NOT_ALLOWLISTED"))
                        .error())
                .isEqualTo("not on the list");
    }

    @Test
    @DisplayName("S2-13: what is our fault is told by its title, and what the caller can mend by its detail")
    void tellsOurFailuresByTheirTitle() {
        WriteBackErrorShape.Body ours = body(ErrorCode.INTERNAL_ERROR, "the log has it", Map.of());
        assertThat(ours.error()).isEqualTo(ErrorCode.INTERNAL_ERROR.title());
        assertThat(ours.message()).isEqualTo("the log has it");

        WriteBackErrorShape.Body theirs = body(ErrorCode.CHANGE_INVALID, "items[3]: no action", Map.of());
        assertThat(theirs.error()).isEqualTo("items[3]: no action");
        assertThat(theirs.message()).isNull();
    }
}

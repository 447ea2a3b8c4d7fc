package dev.syncline.roster;

import java.util.List;

import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import io.smallrye.mutiny.CompositeException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class RosterFailuresTest {
    static List<Arguments> failures() {
        return List.of(
                arguments(new SyncException(ErrorCode.TOO_MANY_REJECTED, "x"), ErrorCode.TRANSFORM_VALIDATION_FAILED),
                arguments(new SyncException(ErrorCode.DATABASE_UNAVAILABLE, "x"), ErrorCode.MONGO_WRITE_FAILED),
                arguments(new SyncException(ErrorCode.DATABASE_WRITE_FAILED, "x"), ErrorCode.MONGO_WRITE_FAILED),
                arguments(new MongoTimeoutException("x"), ErrorCode.MONGO_WRITE_FAILED),
                arguments(new MongoException(13, "x"), ErrorCode.MONGO_WRITE_FAILED),
                arguments(new SyncException(ErrorCode.SHEET_NOT_FOUND, "x"), ErrorCode.SHEET_NOT_FOUND),
                arguments(new SyncException(ErrorCode.FEED_SHRUNK, "x"), ErrorCode.FEED_SHRUNK),
                arguments(new IllegalStateException("x"), ErrorCode.UNKNOWN_FAILURE),
                arguments(
                        new CompositeException(new MongoException(13, "x"), new IllegalStateException("y")),
                        ErrorCode.MONGO_WRITE_FAILED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    @DisplayName("S0-11: each failure has its code of the catalogue, and keeps its cause for the log")
    void tellsFailuresInTheCataloguesWords(Throwable failure, ErrorCode code) {
        SyncException told = (SyncException) RosterFailures.told(failure);

        assertThat(told.code()).isEqualTo(code);
        assertThat(told == failure || told.getCause() != null).isTrue();
    }
}

package dev.syncline.platform;

import java.io.IOException;
import java.util.concurrent.CompletionException;

import com.mongodb.MongoException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultTest {
    @Test
    @DisplayName("S2-13: a fault is told by its kinds and by the place in our code, never by the words of others")
    void tellsKindsAndPlaces() {
        Throwable failure = new CompletionException("secret", new IOException("secret"));

        assertThat(Fault.of(failure))
                .matches("java\\.util\\.concurrent\\.CompletionException at dev\\.syncline\\.platform\\.FaultTest"
                        + "\\.tellsKindsAndPlaces:\\d+ caused by java\\.io\\.IOException at .*:\\d+")
                .doesNotContain("secret");
    }

    @Test
    void tellsOurOwnWordsAndTheDatabasesNumber() {
        Throwable failure =
                new SyncException(ErrorCode.DATABASE_WRITE_FAILED, "refused", new MongoException(11000, "key: secret"));

        assertThat(Fault.of(failure))
                .startsWith("DATABASE_WRITE_FAILED (refused) at ")
                .contains("com.mongodb.MongoException 11000")
                .doesNotContain("secret");
    }
}

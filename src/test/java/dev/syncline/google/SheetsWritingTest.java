package dev.syncline.google;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetResponse;
import com.google.api.services.sheets.v4.model.DeleteSheetRequest;
import com.google.api.services.sheets.v4.model.Request;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Calls that must not be made twice, over a real socket. */
@QuarkusTest
class SheetsWritingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pace PACE = new Pace(5, Duration.ofMillis(4), Duration.ofMillis(20));
    private static final String DONE = "{\"spreadsheetId\": \"sheet-1\", \"replies\": [{}]}";
    private static final SheetsQuery<BatchUpdateSpreadsheetResponse> WRITE = sheets -> sheets.spreadsheets()
            .batchUpdate(
                    "sheet-1",
                    new BatchUpdateSpreadsheetRequest()
                            .setRequests(
                                    List.of(new Request().setDeleteSheet(new DeleteSheetRequest().setSheetId(7)))));

    @Inject
    MongoDatabase database;

    private final StubGoogle google = new StubGoogle();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final String account = "writer-" + UUID.randomUUID() + "@roster.iam.gserviceaccount.com";
    private final SheetsSettings settings = SheetsSettings.at(google.root(), google.accountKey(account));

    @AfterEach
    void close() {
        google.close();
    }

    private SheetsSession session(SheetsConfig config) {
        return SheetsDesk.api(config, database, metrics).writing(PATIENCE, PACE);
    }

    private SyncException failure(SheetsSession session) {
        return catchThrowableOfType(
                SyncException.class, () -> session.write(WRITE).await().atMost(PATIENCE));
    }

    @Test
    @DisplayName("S2-31: a write that Google asks to be made later is tried five times")
    void aRefusedPaceIsTriedFiveTimes() {
        google.then(StubGoogle.error(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED"));
        SheetsSession session = session(settings);

        SyncException failure = failure(session);

        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_RATE_LIMIT);
        assertThat(google.requests()).hasSize(5);
        assertThat(session.retries()).isEqualTo(4);
    }

    @Test
    @DisplayName("S2-31: Retry-After is waited for")
    void retryAfterIsHonoured() {
        google.then(
                StubGoogle.error(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", "Retry-After", "1"),
                StubGoogle.json(DONE));

        assertThat(session(settings).write(WRITE).await().atMost(PATIENCE).getSpreadsheetId())
                .isEqualTo("sheet-1");

        var requests = google.requests();
        assertThat(Duration.ofNanos(requests.get(1).atNanos() - requests.get(0).atNanos()))
                .isBetween(Duration.ofMillis(1000), Duration.ofMillis(3000));
    }

    @ParameterizedTest
    @CsvSource({"500,INTERNAL", "502,UNAVAILABLE", "503,UNAVAILABLE", "504,DEADLINE_EXCEEDED"})
    @DisplayName("S2-25: after a failure of Google's own a write is not made again, for it may have been done")
    void aDoubtfulWriteIsNotRepeated(int status, String word) {
        google.then(StubGoogle.error(status, word, "backendError"));

        assertThat(failure(session(settings)).code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(google.requests()).hasSize(1);
    }

    @Test
    @DisplayName("S2-22: a write that a slow process would begin after its time is not begun")
    void nothingIsSentWhenTheTimeIsOver() {
        google.then(StubGoogle.json(DONE));

        SyncException failure = failure(session(settings).within(Duration.ofMillis(-1)));

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_TIMEOUT);
        assertThat(google.requests()).isEmpty();
    }

    @Test
    @DisplayName("S2-25: a write without an answer in time is not made again")
    void aSilentWriteIsNotRepeated() {
        google.then(google.silence());

        SyncException failure = failure(session(settings.withReadTimeout(Duration.ofMillis(150))));

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_TIMEOUT);
        assertThat(google.requests()).hasSize(1);
    }

    @Test
    @DisplayName("S2-25: a write whose answer breaks off is not made again")
    void aCutWriteIsNotRepeated() {
        google.then(StubGoogle.cut(DONE));

        assertThat(failure(session(settings)).code()).isEqualTo(ErrorCode.SOURCE_CUT);
        assertThat(google.requests()).hasSize(1);
    }

    @Test
    @DisplayName("S2-25: nor does the JDK repeat a write by itself when its kept connection is closed")
    void theJdkRepeatsNoWrite() {
        // Given: a connection that is kept, and closed without an answer
        google.then(StubGoogle.json(DONE), exchange -> exchange.close());
        SheetsSession session = session(settings);
        assertThat(session.write(WRITE).await().atMost(PATIENCE).getReplies()).hasSize(1);

        // When
        SyncException failure = failure(session);

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_CUT);
        assertThat(google.requests()).hasSize(2);
    }

    @Test
    @DisplayName("S2-30: where nobody listens nothing was done, so it is tried again")
    void anUnsentWriteIsRepeated() throws IOException {
        SheetsSession session = session(settings.at(URI.create("http://127.0.0.1:" + freePort())));

        assertThat(failure(session).code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
        assertThat(session.calls()).isEqualTo(5);
    }

    @Test
    void aTokenThatIsLateIsAskedForAgain() {
        google.tokenThen(
                StubGoogle.html(503, "later"), StubGoogle.json("{\"access_token\": \"t\", \"expires_in\": 3600}"));
        google.then(StubGoogle.json(DONE));

        assertThat(session(settings).write(WRITE).await().atMost(PATIENCE).getReplies())
                .hasSize(1);
        assertThat(google.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400,INVALID_ARGUMENT,WRITE_REJECTED",
        "400,You are trying to edit a protected cell or object.,RANGE_PROTECTED",
        "403,You are trying to edit a protected cell or object.,RANGE_PROTECTED",
        "400,This action would increase the number of cells in the workbook above the limit of 10000000 cells.,SHEET_FULL"
    })
    @DisplayName("S2-30: what Google will not do has its code and Google's words, and is not tried again")
    void aRefusedWriteIsTold(int status, String message, ErrorCode code) {
        google.then(StubGoogle.refusal(status, message));

        SyncException failure = failure(session(settings));

        assertThat(failure).isInstanceOf(WriteRefused.class);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.detail()).isEqualTo(message);
        assertThat(google.requests()).hasSize(1);
    }

    @Test
    void wordsOfARefusalAreCutAndHarmless() {
        google.then(StubGoogle.refusal(400, "a\\u001b[31m" + "b".repeat(1_000)));

        assertThat(failure(session(settings)).detail())
                .hasSize(200)
                .startsWith("a [31mb")
                .endsWith("b");
    }

    @Test
    @DisplayName("S2-30: an account that may only read is told apart")
    void aSheetThatMayNotBeWritten() {
        google.then(StubGoogle.error(403, "PERMISSION_DENIED", "forbidden"));

        SyncException failure = failure(session(settings));

        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_AUTH_REVOKED);
        assertThat(failure.detail()).isEqualTo("The spreadsheet is not shared with " + account + " as an editor");
    }

    @Test
    void aScopeThatIsMissingIsNamed() {
        google.then(StubGoogle.error(403, "PERMISSION_DENIED", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"));

        assertThat(failure(session(settings)).detail()).endsWith("does not cover writing spreadsheets");
    }

    @Test
    @DisplayName("S2-32: reading and writing share one account's budget, and each has a token of its own")
    void oneBudgetAndTwoTokens() {
        // Given: room for two calls
        google.then(StubGoogle.json(DONE));
        SheetsApi api = SheetsDesk.api(settings.withCallsPerMinute(2), database, metrics);
        SheetsSession writing = api.writing(Duration.ofSeconds(5), PACE);
        assertThat(writing.write(WRITE).await().atMost(PATIENCE).getReplies()).hasSize(1);
        var read = api.session(Duration.ofSeconds(5))
                .call(sheets -> sheets.spreadsheets().get("sheet-1"));
        assertThat(read.await().atMost(PATIENCE).getSpreadsheetId()).isEqualTo("sheet-1");

        // When
        SyncException failure = failure(writing);

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_RATE_LIMIT);
        assertThat(google.requests())
                .extracting(StubGoogle.Request::authorization)
                .doesNotHaveDuplicates();
        assertThat(google.requests()).hasSize(2);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}

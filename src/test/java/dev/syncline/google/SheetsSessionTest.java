package dev.syncline.google;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import com.google.api.services.sheets.v4.model.ValueRange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Calls through Google's own client, over a real socket. */
@QuarkusTest
class SheetsSessionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String VALUES = "{\"values\": [[\"007\", 1.10, true]]}";
    private static final SheetsQuery<ValueRange> QUERY =
            sheets -> sheets.spreadsheets().values().get("sheet-1", "'Devices'");

    @Inject
    MongoDatabase database;

    @Inject
    Vertx vertx;

    private final StubGoogle google = new StubGoogle();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    /** An account for each test: budgets are theirs. */
    private final String account = "reader-" + UUID.randomUUID() + "@roster.iam.gserviceaccount.com";

    private final SheetsSettings settings = SheetsSettings.at(google.root(), google.accountKey(account));

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void anAnswerArrivesAsGoogleSentIt() {
        // Given
        google.then(StubGoogle.json(VALUES));
        SheetsSession session = session(settings);

        // When
        ValueRange found = ask(session);

        // Then: digits, text and truth as they were; with a token, and without the blanks that Google indents with
        assertThat(found.getValues()).hasToString("[[007, 1.10, true]]");
        assertThat(google.requests()).hasSize(1);
        assertThat(google.requests().get(0).authorization()).isEqualTo("Bearer canary-token-1");
        assertThat(google.requests().get(0).target())
                .isEqualTo("/v4/spreadsheets/sheet-1/values/'Devices'?prettyPrint=false");
        assertThat(session.calls()).isEqualTo(1);
        assertThat(session.retries()).isZero();
        assertThat(outcome("success")).isEqualTo(1);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(404, "NOT_FOUND", "notFound", ErrorCode.SHEET_NOT_FOUND, "shared with <account>", 1),
                Arguments.of(
                        401,
                        "UNAUTHENTICATED",
                        "authError",
                        ErrorCode.SHEETS_AUTH_REVOKED,
                        "refuses the credential of <account>",
                        1),
                Arguments.of(
                        403,
                        "PERMISSION_DENIED",
                        "forbidden",
                        ErrorCode.SHEETS_AUTH_REVOKED,
                        "The spreadsheet is not shared with <account>",
                        1),
                Arguments.of(
                        403,
                        "PERMISSION_DENIED",
                        "SERVICE_DISABLED",
                        ErrorCode.SHEETS_AUTH_REVOKED,
                        "API is not switched on in the project of <account>",
                        1),
                Arguments.of(
                        403,
                        "PERMISSION_DENIED",
                        "accessNotConfigured",
                        ErrorCode.SHEETS_AUTH_REVOKED,
                        "API is not switched on in the project of <account>",
                        1),
                Arguments.of(
                        403,
                        "PERMISSION_DENIED",
                        "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                        ErrorCode.SHEETS_AUTH_REVOKED,
                        "does not cover reading spreadsheets",
                        1),
                Arguments.of(
                        400,
                        "INVALID_ARGUMENT",
                        "badRequest",
                        ErrorCode.INVALID_SYNC_CONFIGURATION,
                        "check the sheet's id and tab",
                        1),
                Arguments.of(
                        429,
                        "RESOURCE_EXHAUSTED",
                        "RATE_LIMIT_EXCEEDED",
                        ErrorCode.SHEETS_RATE_LIMIT,
                        "asks for fewer calls",
                        3),
                Arguments.of(
                        403,
                        "PERMISSION_DENIED",
                        "userRateLimitExceeded",
                        ErrorCode.SHEETS_RATE_LIMIT,
                        "asks for fewer calls",
                        3),
                Arguments.of(500, "INTERNAL", "backendError", ErrorCode.SOURCE_FAILED, "status 500", 3),
                Arguments.of(503, "UNAVAILABLE", "backendError", ErrorCode.SOURCE_FAILED, "status 503", 3));
    }

    @ParameterizedTest(name = "{0} {2} is {3} after {5} calls")
    @MethodSource("refusals")
    @DisplayName("S0-11, S0-42: each refusal has its code, and only what may pass is tried again")
    void aRefusalHasItsMeaning(int status, String word, String reason, ErrorCode code, String detail, int calls) {
        // Given
        google.then(StubGoogle.error(status, word, reason));
        SheetsSession session = session(settings);

        // When
        SyncException failure = failure(session);

        // Then
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.detail())
                .contains(detail.replace("<account>", account))
                .doesNotContain("canary", "PRIVATE KEY");
        assertThat(google.requests()).hasSize(calls);
        assertThat(session.calls()).isEqualTo(calls);
        assertThat(session.retries()).isEqualTo(calls - 1);
        assertThat(outcome(code.name())).isEqualTo(calls);
        assertThat(metrics.counter("syncline.google.retries", "api", "sheets").count())
                .isEqualTo(calls - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>canary</html>", "[1, 2]", "\"text\"", "{\"values\": 7}", "{\"values\" [", ""})
    @DisplayName("S0-11: a page of a proxy with status 200 is no sheet")
    void whatIsNotJsonIsAFailureOfTheSource(String body) {
        // Given
        google.then(StubGoogle.html(200, body));

        // When
        SyncException failure = failure(session(settings));

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(failure.detail()).isEqualTo("Google Sheets answered with something else than its JSON");
        assertThat(google.requests()).hasSize(3);
    }

    @Test
    @DisplayName("S0-11: an error page of a proxy has the meaning of its status")
    void anErrorThatIsNotJsonHasTheMeaningOfItsStatus() {
        google.then(StubGoogle.html(502, "<html>canary</html>"));

        SyncException failure = failure(session(settings));

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(failure.detail()).isEqualTo("Google Sheets answered with status 502");
        assertThat(google.requests()).hasSize(3);
    }

    @Test
    @DisplayName("S0-11, S0-42: an answer that breaks off is asked for again")
    void aCutAnswerIsAskedForAgain() {
        // Given
        google.then(StubGoogle.cut(VALUES), StubGoogle.cut(VALUES), StubGoogle.json(VALUES));
        SheetsSession session = session(settings);

        // When
        ValueRange found = ask(session);

        // Then
        assertThat(found.getValues()).hasSize(1);
        assertThat(google.requests()).hasSize(3);
        assertThat(session.retries()).isEqualTo(2);
    }

    @Test
    @DisplayName("S0-11: an answer that breaks off every time is SOURCE_CUT")
    void aCutAnswerIsToldInTheEnd() {
        google.then(StubGoogle.cut(VALUES));

        assertThat(failure(session(settings)).code()).isEqualTo(ErrorCode.SOURCE_CUT);
        assertThat(google.requests()).hasSize(3);
    }

    @Test
    @DisplayName("S0-11, S0-42: silence is SOURCE_TIMEOUT, after three calls")
    void silenceIsATimeout() {
        // Given
        google.then(google.silence());

        // When
        SyncException failure = failure(session(settings.withReadTimeout(Duration.ofMillis(150))));

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_TIMEOUT);
        assertThat(google.requests()).hasSize(3);
    }

    @Test
    @DisplayName("S0-11: where nobody listens, the source is unreachable")
    void nobodyListens() throws IOException {
        // Given: the key still gets its token
        SheetsSession session = session(settings.at(URI.create("http://127.0.0.1:" + freePort())));

        // When
        SyncException failure = failure(session);

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
        assertThat(session.calls()).isEqualTo(3);
        assertThat(session.retries()).isEqualTo(2);
    }

    @Test
    @DisplayName("S0-42: Retry-After in seconds is waited for")
    void retryAfterSecondsIsHonoured() {
        google.then(
                StubGoogle.error(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", "Retry-After", "1"),
                StubGoogle.json(VALUES));

        assertThat(ask(session(settings)).getValues()).hasSize(1);

        assertThat(betweenCalls(0, 1)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(3000));
    }

    @Test
    @DisplayName("S0-42: Retry-After as an HTTP date is waited for")
    void retryAfterDateIsHonoured() {
        // Given: at least two seconds from now, for a date has no parts of a second
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(3));
        google.then(StubGoogle.error(503, "UNAVAILABLE", "backendError", "Retry-After", date), StubGoogle.json(VALUES));

        assertThat(ask(session(settings)).getValues()).hasSize(1);

        assertThat(betweenCalls(0, 1)).isBetween(Duration.ofMillis(1000), Duration.ofMillis(5000));
    }

    @Test
    @DisplayName("S0-42: for longer than a minute nobody waits; the run is told how long")
    void aLongRetryAfterIsPassedOn() {
        google.then(StubGoogle.error(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", "Retry-After", "120"));

        SyncException failure = failure(session(settings));

        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_RATE_LIMIT);
        assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(120));
        assertThat(google.requests()).hasSize(1);
    }

    @Test
    @DisplayName("S0-42: nobody waits for longer than the work has time")
    void aRetryAfterBeyondTheDeadlineIsPassedOn() {
        google.then(StubGoogle.error(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", "Retry-After", "30"));

        SyncException failure =
                failure(SheetsDesk.api(settings, database, metrics).session(Duration.ofSeconds(10)));

        assertThat(failure.retryAfter()).hasValue(Duration.ofSeconds(30));
        assertThat(google.requests()).hasSize(1);
    }

    @Test
    @DisplayName("S0-1, S0-10: a Google that hangs takes no longer than the work has time")
    void theTimeOfTheWorkBoundsACall() {
        google.then(google.silence());

        SyncException failure =
                failure(SheetsDesk.api(settings, database, metrics).session(Duration.ofMillis(700)));

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_TIMEOUT);
        assertThat(failure.detail()).isEqualTo("Google Sheets took all the time that there was for it");
        assertThat(google.requests()).hasSize(1);
    }

    @Test
    void aCancelledWaitMakesNoCall() {
        // Given: a session that waits to repeat its call
        google.then(StubGoogle.error(429, "RESOURCE_EXHAUSTED", "RATE_LIMIT_EXCEEDED", "Retry-After", "1"));
        var waiting = session(settings).call(QUERY).subscribe().with(x -> {});
        Awaitility.await()
                .until(() -> metrics.counter("syncline.google.retries", "api", "sheets")
                                .count()
                        == 1);

        // When
        waiting.cancel();

        // Then
        Awaitility.await()
                .during(Duration.ofMillis(1500))
                .atMost(Duration.ofSeconds(4))
                .until(() -> google.requests().size() == 1);
    }

    @Test
    void aCancelLetsTheWorkerGo() {
        // Given: a call that would wait for twenty seconds
        google.then(google.silence());
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        var waiting = session(settings)
                .call(sheets -> {
                    worker.complete(Thread.currentThread());
                    return QUERY.on(sheets);
                })
                .subscribe()
                .with(x -> {});
        Awaitility.await().until(() -> google.requests().size() == 1);

        // When
        waiting.cancel();

        // Then: the thread reads from no socket any more
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> Stream.of(
                        worker.join().getStackTrace())
                .noneMatch(frame -> frame.getClassName().contains("HttpURLConnection")));
    }

    @Test
    @DisplayName("S0-42: the budget bounds repeats too, and says that it is ours")
    void theOwnBudgetBoundsAllCalls() {
        // Given: room for two calls, of which the first fails
        google.then(StubGoogle.error(500, "INTERNAL", "backendError"), StubGoogle.json(VALUES));
        SheetsApi api = SheetsDesk.api(settings.withCallsPerMinute(2), database, metrics);
        assertThat(ask(api.session(PATIENCE)).getValues()).hasSize(1);

        // When
        SyncException failure = failure(api.session(PATIENCE));

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_RATE_LIMIT);
        assertThat(failure.detail()).startsWith("This service's own budget of 2 calls a minute is used up");
        assertThat(failure.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(62));
        assertThat(google.requests()).hasSize(2);
    }

    @Test
    void theEventLoopIsFreeWhileGoogleIsSilent() throws Exception {
        // Given: a call that began on an event loop, and gets no answer
        google.then(google.silence());
        Context eventLoop = vertx.getOrCreateContext();
        CompletableFuture<Boolean> madeOnEventLoop = new CompletableFuture<>();
        SheetsSession session = session(settings);
        eventLoop.runOnContext(x -> start(session, madeOnEventLoop));
        Awaitility.await().until(() -> google.requests().size() == 1);

        // When
        CompletableFuture<String> next = new CompletableFuture<>();
        eventLoop.runOnContext(x -> next.complete(Thread.currentThread().getName()));

        // Then
        assertThat(next.get(2, TimeUnit.SECONDS)).contains("eventloop");
        assertThat(madeOnEventLoop.get(2, TimeUnit.SECONDS)).isFalse();
    }

    private static void start(SheetsSession session, CompletableFuture<Boolean> madeOnEventLoop) {
        var unused = session.call(sheets -> {
                    madeOnEventLoop.complete(Context.isOnEventLoopThread());
                    return QUERY.on(sheets);
                })
                .subscribe()
                .with(x -> {}, failure -> {});
    }

    private Duration betweenCalls(int first, int second) {
        List<StubGoogle.Request> requests = google.requests();
        return Duration.ofNanos(
                requests.get(second).atNanos() - requests.get(first).atNanos());
    }

    private double outcome(String outcome) {
        return metrics.counter("syncline.google.calls", "api", "sheets", "outcome", outcome)
                .count();
    }

    private SheetsSession session(SheetsConfig config) {
        return SheetsDesk.api(config, database, metrics).session(PATIENCE);
    }

    private static ValueRange ask(SheetsSession session) {
        return session.call(QUERY).await().atMost(PATIENCE);
    }

    private static SyncException failure(SheetsSession session) {
        Uni<ValueRange> call = session.call(QUERY);
        return catchThrowableOfType(SyncException.class, () -> call.await().atMost(PATIENCE));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}

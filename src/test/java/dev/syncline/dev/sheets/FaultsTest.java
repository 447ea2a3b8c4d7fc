package dev.syncline.dev.sheets;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.google.api.services.sheets.v4.SheetsScopes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What a test orders to go wrong goes wrong so often, and then well again. */
class FaultsTest {
    private static final String SHEET = "v4/spreadsheets/s";
    private static final String VALUES = SHEET + "/values/Devices";

    private static SheetsStandIn standIn;
    private static RawCall call;
    private static String token;

    private StandInTab tab;

    @BeforeAll
    static void start() throws IOException {
        standIn = SheetsStandIn.start(0);
        call = new RawCall(standIn);
        token = RawCall.token(standIn.accountKey(), SheetsScopes.SPREADSHEETS);
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @BeforeEach
    void fill() {
        standIn.faults().reset();
        standIn.forgetCalls();
        tab = standIn.create("s", "S", ZoneOffset.UTC).tab("Devices").fill(List.of(List.of("Serial"), List.of("a")));
    }

    private int status() {
        return call.get(VALUES, token).status();
    }

    @Test
    void failsSoManyCalls() {
        standIn.faults().fail(503, "backendError", 2);
        var answer = call.get(VALUES, token);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().at("/error/status").asText()).isEqualTo("UNAVAILABLE");
        assertThat(answer.body().at("/error/errors/0/reason").asText()).isEqualTo("backendError");
        assertThat(status()).isEqualTo(503);
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void meetsFaultsInTheirOrder() {
        standIn.faults().fail(500, "backendError", 1);
        standIn.faults().fail(404, "notFound", 1);
        standIn.faults().rateLimit(1, Optional.empty());
        assertThat(Stream.generate(this::status).limit(4)).containsExactly(500, 404, 429, 200);
    }

    @Test
    void limitsTheRateWithAndWithoutAWait() {
        standIn.faults().rateLimit(1, Optional.of(Duration.ofSeconds(7)));
        standIn.faults().rateLimit(1, Optional.empty());

        var told = call.get(VALUES, token);
        assertThat(told.response().headers().firstValue("Retry-After")).contains("7");
        assertThat(told.body().at("/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(told.body().at("/error/errors/0/reason").asText()).isEqualTo("rateLimitExceeded");
        assertThat(told.body().at("/error/details/0/reason").asText()).isEqualTo("RATE_LIMIT_EXCEEDED");
        assertThat(told.body().at("/error/details/0/metadata/quota_limit").asText())
                .isEqualTo("ReadRequestsPerMinutePerUser");

        var untold = call.get(VALUES, token);
        assertThat(untold.status()).isEqualTo(429);
        assertThat(untold.response().headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void cutsAnAnswerInTheMiddle() {
        standIn.faults().cut(1);
        assertThatThrownBy(this::status).hasRootCauseInstanceOf(IOException.class);
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void cutsTheAnswerAndNotTheWrite() {
        standIn.faults().cut(1);
        assertThatThrownBy(() -> call.post(SHEET + "/values/Devices!A2:clear", token, "application/json", "{}"))
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(tab.get("A2")).isNull();
    }

    @Test
    void meansOnlyCallsThatMatch() {
        standIn.faults().matching("values/Devices").fail(503, "backendError", 1);
        assertThat(call.get(SHEET, token).status()).isEqualTo(200);
        assertThat(status()).isEqualTo(503);
    }

    @Test
    void doesSomethingBeforeTheNthCall() {
        standIn.faults().before(2, () -> tab.insertRow(2).set("A2", "moved in between"));
        assertThat(call.get(VALUES, token).body().path("values").size()).isEqualTo(2);
        assertThat(call.get(VALUES, token).body().at("/values/1/0").asText()).isEqualTo("moved in between");
        assertThat(call.get(VALUES, token).body().path("values").size()).isEqualTo(3);
    }

    @Test
    void doesSomethingBetweenTheNthCallAndItsAnswer() {
        standIn.faults().after(2, () -> tab.set("A2", "changed afterwards"));
        var before = call.get(VALUES, token).body();
        assertThat(call.get(VALUES, token).body()).isEqualTo(before);
        assertThat(call.get(VALUES, token).body().at("/values/1/0").asText()).isEqualTo("changed afterwards");
    }

    @Test
    void delaysUntilItIsReset() {
        standIn.faults().delay(Duration.ofMillis(300));
        long start = System.nanoTime();
        assertThat(status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));

        standIn.faults().reset();
        standIn.faults().fail(500, "backendError", 5);
        standIn.faults().reset();
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void delaysTheNextCallsThatMatch() {
        standIn.faults().matching("values").delay(Duration.ofMillis(300), 1);
        long start = System.nanoTime();
        assertThat(status()).isEqualTo(200);
        long delayed = System.nanoTime();
        assertThat(Duration.ofNanos(delayed - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        standIn.faults().matching("values").delay(Duration.ofHours(1), 0);
        assertThat(status()).isEqualTo(200);
        standIn.faults().matching("nothing").delay(Duration.ofHours(1), 1);
        assertThat(status()).isEqualTo(200);
    }

    @Test
    void closingEndsAHangingCall() {
        var other = SheetsStandIn.start(0);
        other.faults().delay(Duration.ofHours(1));
        var hanging = CompletableFuture.supplyAsync(
                () -> new RawCall(other).get(VALUES, "").status());
        await().until(() -> !other.calls().isEmpty());
        assertThat(other.calls().get(0).status()).isZero();

        other.close();
        await().atMost(Duration.ofSeconds(5)).until(hanging::isDone);
        assertThat(hanging).isCompletedExceptionally();
    }

    @Test
    void keepsToAQuotaForReadsAndForWrites() {
        standIn.faults().quota(2);
        assertThat(Stream.generate(this::status).limit(3)).containsExactly(200, 200, 429);
        var refused = call.get(VALUES, token);
        assertThat(refused.body().at("/error/message").asText())
                .startsWith(
                        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user'"
                                + " of service 'sheets.googleapis.com'");
        assertThat(refused.body()
                        .at("/error/details/0/metadata/quota_limit_value")
                        .asText())
                .isEqualTo("2");
        assertThat(call.post(SHEET + "/values/Devices!A2:clear", token, "application/json", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void letsCallsInAgainWhenTheWindowHasMovedOn() {
        standIn.faults().quota(1, Duration.ofMillis(200));
        assertThat(status()).isEqualTo(200);
        assertThat(status()).isEqualTo(429);
        await().untilAsserted(() -> assertThat(status()).isEqualTo(200));
    }

    @Test
    void listsTheCallsAndNoToken() {
        assertThat(call.get(VALUES + "!A1:B2?majorDimension=ROWS", token).status())
                .isEqualTo(200);
        standIn.faults().fail(503, "backendError", 1);
        assertThat(status()).isEqualTo(503);

        assertThat(standIn.calls()).extracting(Call::status).containsExactly(200, 503);
        var first = standIn.calls().get(0);
        assertThat(first.method()).isEqualTo("GET");
        assertThat(first.path()).isEqualTo("/" + VALUES + "!A1:B2");
        assertThat(first.query()).isEqualTo("majorDimension=ROWS");
        assertThat(standIn.calls().toString()).doesNotContain(token);
        standIn.forgetCalls();
        assertThat(standIn.calls()).isEmpty();
    }
}

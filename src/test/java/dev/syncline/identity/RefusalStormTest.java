package dev.syncline.identity;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SentCommands;
import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;

import static org.assertj.core.api.Assertions.assertThat;

/** Ten thousand callers who may not come in, of several kinds and from thousands of addresses. */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class RefusalStormTest {
    private static final int CALLS = 10_000;
    private static final int KINDS = 5;
    private static final int AT_ONCE = 16;
    private static final int ADDRESSES = 4_000;
    /** As many kinds as are told apart, and one for each operation and reason beyond. */
    private static final int BOUND = 520;

    private static final long MEGABYTE = 1L << 20;

    @Inject
    AllowlistDesk allowlist;

    @Inject
    AuditDesk audit;

    @Inject
    Refusals refusals;

    @Inject
    MeterRegistry registry;

    @TestHTTPResource("/")
    URI root;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeEach
    void reset() {
        allowlist.reset();
        audit.clear();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    /** The n-th bad call; which one it is depends on n alone. */
    private IntFunction<HttpRequest> badCalls() {
        String issuer = "http://127.0.0.1:" + root.getPort() + "/dev/identity";
        List<String> foreign = IntStream.range(0, 20)
                .mapToObj(i -> BadCredentials.foreign(issuer))
                .toList();
        String altered = BadCredentials.altered(SignedIn.token(SamplePerson.viewer));
        String stranger = SignedIn.token(SamplePerson.stranger);
        return n -> {
            HttpRequest.Builder request =
                    request("/api/runs").header("X-Forwarded-For", "198.18." + n % ADDRESSES / 250 + "." + n % 250);
            switch (n % KINDS) {
                case 0 -> {}
                case 1 -> request.header("Authorization", "Bearer garbage-" + n);
                case 2 -> request.header("Authorization", "Bearer " + foreign.get(n / KINDS % foreign.size()));
                case 3 -> request.header("Authorization", "Bearer " + altered);
                default -> request.header("Authorization", "Bearer " + stranger);
            }
            return request.build();
        };
    }

    @Test
    @DisplayName("C0-47: 10,000 bad log-ins cost a bounded number of writes and bytes, and their counts add up")
    void isCheap() throws Exception {
        // Given
        IntFunction<HttpRequest> calls = badCalls();
        storm(calls, 500, new AtomicInteger());
        audit.clear();
        long callsToProvider = callsToProvider();
        assertThat(callsToProvider)
                .as("the keys were fetched once, and that was counted")
                .isPositive();
        long heap = heapInUse();
        long began = System.nanoTime();
        AtomicInteger mostKinds = new AtomicInteger();
        Map<Integer, Integer> answers = new HashMap<>();

        // When
        List<BsonDocument> writes = SentCommands.writesTo("audit", () -> {
            answers.putAll(storm(calls, CALLS, mostKinds));
            audit.writeCounts();
        });

        // Then
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertThat(answers).isEqualTo(Map.of(401, CALLS / KINDS * 4, 403, CALLS / KINDS));
        assertThat(mostKinds.get()).as("kinds in memory").isLessThanOrEqualTo(BOUND);
        int minutes = (int) (seconds / 60) + 2;
        List<Document> entries = audit.ofType(AuditType.auth);
        assertThat(entries).as("records").hasSizeLessThanOrEqualTo(BOUND * minutes);
        assertThat(writes).as("writes").hasSizeLessThanOrEqualTo((BOUND + 100) * minutes);
        Map<String, Integer> counts = new TreeMap<>();
        entries.forEach(entry -> counts.merge(
                entry.getString("outcome"), entry.get("count", Number.class).intValue(), Integer::sum));
        assertThat(counts)
                .isEqualTo(Map.of(
                        "SESSION_MISSING", CALLS / KINDS,
                        "TOKEN_INVALID", CALLS / KINDS * 3,
                        "NOT_ALLOWLISTED", CALLS / KINDS));
        assertThat(callsToProvider() - callsToProvider)
                .as("new keys are asked for every ten seconds at most")
                .isLessThanOrEqualTo(seconds / 10 + 2);
        assertThat(heapInUse() - heap).as("bytes that stay").isLessThan(40 * MEGABYTE);
    }

    @Test
    @DisplayName("C0-47: good requests are as fast as ever while 10,000 bad log-ins come in a minute")
    void slowsNobodyDown() throws Exception {
        IntFunction<HttpRequest> calls = badCalls();
        storm(calls, 500, new AtomicInteger());
        double before = medianMillis(300);

        // When: as many as in a minute, in a third of it
        ExecutorService sender = Executors.newSingleThreadExecutor();
        double during;
        double after;
        try {
            CompletableFuture<Void> storm = CompletableFuture.runAsync(() -> paced(calls), sender);
            List<Double> times = new ArrayList<>();
            while (!storm.isDone()) {
                times.add(medianMillis(20));
            }
            storm.join();
            during = median(times);
            after = medianMillis(300);
        } finally {
            sender.shutdownNow();
        }

        // Then
        assertThat(during)
                .as("before %.1f ms, after %.1f ms", before, after)
                .isLessThan(3 * Math.max(before, after) + 10);
    }

    /** So many calls, as fast as they come; how often which status was answered. */
    @CanIgnoreReturnValue
    private Map<Integer, Integer> storm(IntFunction<HttpRequest> calls, int count, AtomicInteger mostKinds) {
        Semaphore room = new Semaphore(AT_ONCE);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            room.acquireUninterruptibly();
            answers.add(client.sendAsync(calls.apply(n), BodyHandlers.discarding())
                    .thenApply(HttpResponse::statusCode)
                    .whenComplete((status, failure) -> room.release()));
            mostKinds.accumulateAndGet(refusals.kinds(), Math::max);
        }
        Map<Integer, Integer> statuses = new HashMap<>();
        answers.forEach(answer -> statuses.merge(answer.join(), 1, Integer::sum));
        return statuses;
    }

    private void paced(IntFunction<HttpRequest> calls) {
        int each = 50;
        long began = System.nanoTime();
        for (int n = 0; n < CALLS; n += each) {
            storm(calls, each, new AtomicInteger());
            long due = began + TimeUnit.MILLISECONDS.toNanos(100L * n / each);
            java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private double medianMillis(int count) throws Exception {
        HttpRequest good = request("/api/me")
                .header("Authorization", SignedIn.bearer(SamplePerson.viewer))
                .build();
        List<Double> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long began = System.nanoTime();
            assertThat(client.send(good, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
            times.add((System.nanoTime() - began) / 1e6);
        }
        return median(times);
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private long callsToProvider() {
        return registry.find("http.server.requests").timers().stream()
                .filter(timer -> String.valueOf(timer.getId().getTag("uri")).startsWith("/dev/identity"))
                .mapToLong(Timer::count)
                .sum();
    }

    private static long heapInUse() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime jvm = Runtime.getRuntime();
        return jvm.totalMemory() - jvm.freeMemory();
    }
}

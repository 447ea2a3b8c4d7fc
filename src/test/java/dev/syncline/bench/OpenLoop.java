package dev.syncline.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Sends requests at a constant rate, whether answers come or not, and takes the time from the instant at which each was due:
 * a server that stalls is charged for every request that it kept waiting.
 */
final class OpenLoop {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int NO_ANSWER = 0;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int rate;

    OpenLoop(int rate) {
        this.rate = rate;
    }

    /** Times in milliseconds, and how many answers of each status there were; 0 is none within 30 s. */
    record Answers(double[] sorted, Map<Integer, Long> statuses) {
        double percentile(double percent) {
            int at = (int) Math.ceil(sorted.length * percent / 100) - 1;
            return sorted[Math.max(0, at)];
        }

        double max() {
            return sorted[sorted.length - 1];
        }
    }

    /** Those sent in the first {@code warmUp} count for nothing. */
    Answers send(HttpRequest request, Duration warmUp, Duration window) {
        int skipped = (int) (rate * warmUp.toSeconds());
        int count = (int) (rate * window.toSeconds());
        double[] millis = new double[count];
        Map<Integer, Long> statuses = new ConcurrentHashMap<>();
        long begin = System.nanoTime();
        CompletableFuture<?>[] answers = IntStream.range(0, skipped + count)
                .mapToObj(i -> {
                    long due = begin + i * 1_000_000_000L / rate;
                    waitUntil(due);
                    return status(request).thenAccept(status -> {
                        if (i >= skipped) {
                            millis[i - skipped] = (System.nanoTime() - due) / 1e6;
                            statuses.merge(status, 1L, Long::sum);
                        }
                    });
                })
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(answers).join();
        Arrays.sort(millis);
        return new Answers(millis, new TreeMap<>(statuses));
    }

    private CompletableFuture<Integer> status(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode)
                .completeOnTimeout(NO_ANSWER, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(failure -> NO_ANSWER);
    }

    private static void waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}

package dev.syncline.status;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Predicate;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.restassured.path.json.JsonPath;
import org.awaitility.Awaitility;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;

import static java.util.concurrent.TimeUnit.SECONDS;

/** Follows an event stream as a browser does, and keeps what it told and when. */
final class EventReader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final CompletableFuture<HttpHeaders> headers = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final long askedNanos = System.nanoTime();
    private final CompletableFuture<?> answered;
    private volatile Flow.Subscription subscription;

    /** A message of the stream. */
    record Event(String name, String id, String data, long atNanos) {
        JsonPath json() {
            return JsonPath.from(data);
        }

        String run() {
            return id.substring(0, id.indexOf(':'));
        }

        long version() {
            return Long.parseLong(id.substring(id.indexOf(':') + 1));
        }

        String state() {
            return json().getString("state");
        }

        boolean isEndOf(String run) {
            return name.equals("run")
                    && run().equals(run)
                    && List.of("SUCCEEDED", "PARTIAL", "FAILED", "CANCELLED").contains(state());
        }
    }

    private EventReader(URI address, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "text/event-stream")
                .header("Authorization", SignedIn.bearer(SamplePerson.admin));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        answered = CLIENT.sendAsync(request.build(), info -> {
                    status.complete(info.statusCode());
                    headers.complete(info.headers());
                    return BodyHandlers.fromLineSubscriber(new Lines()).apply(info);
                })
                .whenComplete((response, failure) -> {
                    status.complete(-1);
                    end.complete(null);
                });
    }

    static EventReader open(URI root, String query) {
        return open(root, query, null);
    }

    static EventReader open(URI root, String query, String lastEventId) {
        return new EventReader(root.resolve("/api/events" + query), lastEventId);
    }

    /** Puts lines together to messages; a blank line ends one. */
    private final class Lines implements Flow.Subscriber<String> {
        private String name = "message";
        private String id = "";
        private final StringBuilder data = new StringBuilder();

        @Override
        public void onSubscribe(Flow.Subscription lines) {
            subscription = lines;
            lines.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.isEmpty()) {
                dispatch();
            } else if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("id:")) {
                id = line.substring("id:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()));
            }
        }

        private void dispatch() {
            if (data.length() > 0) {
                events.add(new Event(name, id, data.toString(), System.nanoTime()));
            }
            name = "message";
            id = "";
            data.setLength(0);
        }

        @Override
        public void onError(Throwable failure) {
            end.complete(null);
        }

        @Override
        public void onComplete() {
            end.complete(null);
        }
    }

    int status() {
        return status.orTimeout(PATIENCE.toSeconds(), SECONDS).join();
    }

    String header(String name) {
        return headers.orTimeout(PATIENCE.toSeconds(), SECONDS)
                .join()
                .firstValue(name)
                .orElse("");
    }

    List<Event> events() {
        synchronized (events) {
            return new ArrayList<>(events);
        }
    }

    /** The newest message's id; blank before the first. */
    String lastId() {
        synchronized (events) {
            return events.isEmpty() ? "" : events.get(events.size() - 1).id();
        }
    }

    /** What was told of one run. */
    List<Event> of(String run) {
        return events().stream()
                .filter(e -> e.name().equals("run") && e.run().equals(run))
                .toList();
    }

    @CanIgnoreReturnValue
    Event await(Predicate<Event> wanted) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .failFast(
                        "the stream ended without it",
                        () -> end.isDone() && events().stream().noneMatch(wanted))
                .until(() -> events().stream().anyMatch(wanted));
        return events().stream().filter(wanted).findFirst().orElseThrow();
    }

    @CanIgnoreReturnValue
    Event awaitEndOf(String run) {
        return await(event -> event.isEndOf(run));
    }

    /** Waits until the server has ended the stream. */
    @CanIgnoreReturnValue
    List<Event> awaitEnd() {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(end::isDone);
        return events();
    }

    boolean ended() {
        return end.isDone();
    }

    /** How long the first message took from the request on. */
    Duration firstAfter() {
        Event first = await(event -> true);
        return Duration.ofNanos(first.atNanos() - askedNanos);
    }

    @Override
    public void close() {
        answered.cancel(true);
        if (subscription != null) {
            subscription.cancel();
        }
    }
}

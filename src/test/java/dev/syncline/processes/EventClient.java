package dev.syncline.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.awaitility.Awaitility;

/** A client of the event stream, which keeps all that it hears. */
final class EventClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** One message as it came. */
    record Event(String id, String name, JsonNode data, Instant heardAt) {
        String run() {
            return data.path("id").asText();
        }

        String state() {
            return data.path("state").asText();
        }
    }

    /** How a stream can end. */
    enum End {
        /** The server said that there is no more. */
        COMPLETE,
        /** The connection broke in mid-body. */
        BROKEN,
        /** The client went away itself. */
        LEFT
    }

    private final int status;
    private final InputStream body;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile End end;
    private volatile boolean left;

    private EventClient(HttpResponse<InputStream> response) {
        status = response.statusCode();
        body = response.body();
    }

    static EventClient open(HttpClient client, HttpRequest request) {
        try {
            EventClient opened = new EventClient(client.send(request, HttpResponse.BodyHandlers.ofInputStream()));
            Thread reader = new Thread(opened::read, "event-client");
            reader.setDaemon(true);
            reader.start();
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            Message message = new Message();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    events.add(message.event());
                    message = new Message();
                } else {
                    message.add(line);
                }
            }
            end = End.COMPLETE;
        } catch (IOException e) {
            end = left ? End.LEFT : End.BROKEN;
        }
    }

    /** A message while its lines come in. */
    private static final class Message {
        private String id = "";
        private String name = "";
        private final StringBuilder data = new StringBuilder();

        void add(String line) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, Math.max(0, colon))) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data.append(value);
                default -> {}
            }
        }

        Event event() {
            return new Event(id, name, Api.json(data.toString()), Instant.now());
        }
    }

    int status() {
        return status;
    }

    /** All messages so far. */
    List<Event> heard() {
        return List.copyOf(events);
    }

    /** The first message of that kind; waits for it. */
    @CanIgnoreReturnValue
    Event await(String what, Predicate<Event> wanted) {
        Awaitility.await("an event: " + what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> events.stream().anyMatch(wanted));
        return events.stream().filter(wanted).findFirst().orElseThrow();
    }

    @CanIgnoreReturnValue
    Event awaitState(String run, String state) {
        return await(
                run + " is " + state,
                event -> event.run().equals(run) && event.state().equals(state));
    }

    boolean isOver() {
        return end != null;
    }

    /** How the stream ended; waits until it has. */
    End awaitEnd() {
        Awaitility.await("the stream to end").atMost(PATIENCE).until(() -> end != null);
        return end;
    }

    @Override
    public void close() {
        left = true;
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

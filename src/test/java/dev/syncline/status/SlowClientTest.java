package dev.syncline.status;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.Ids;
import dev.syncline.run.Publisher;
import dev.syncline.status.EventReader.Event;

import static org.assertj.core.api.Assertions.assertThat;

/** A client that does not read must not cost the others, or the process, anything. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class SlowClientTest {
    /** Far more than all buffers on the way can hold. */
    private static final int MOST_EVENTS = 60_000;

    private static final int BURST = 100;
    private static final long MEGABYTE = 1024 * 1024;

    @Inject
    Publisher publisher;

    @Inject
    Ids ids;

    @Inject
    MeterRegistry metrics;

    @TestHTTPResource("/")
    URI root;

    @BeforeEach
    void endRuns() {
        RunCalls.cancelAll();
    }

    @Test
    @DisplayName("C0-23: a client that does not read is closed when its queue is full; the others notice nothing")
    void closesWhoDoesNotRead() throws IOException {
        // Given
        String run = ids.next();
        Awaitility.await().until(() -> clients() == 0);
        double droppedBefore = dropped();
        try (EventReader reader = EventReader.open(root, "?sync=scripted");
                Socket deaf = deafClient()) {
            assertThat(reader.status()).isEqualTo(200);
            Awaitility.await().until(() -> clients() == 2);
            long heapBefore = heapInUse();

            // When
            long version = 0;
            while (dropped() == droppedBefore && version < MOST_EVENTS) {
                version = publishBurst(run, version);
                awaitVersion(reader, run, version);
            }

            // Then
            assertThat(dropped()).isEqualTo(droppedBefore + 1);
            Awaitility.await().until(() -> clients() == 1);
            assertThat(wasClosed(deaf)).isTrue();
            long after = publishBurst(run, version);
            awaitVersion(reader, run, after);
            List<Long> versions = reader.of(run).stream().map(Event::version).toList();
            assertThat(versions)
                    .as("to the one that reads")
                    .hasSize((int) after)
                    .isSorted();
            long kept = reader.events().stream()
                    .mapToLong(e -> 2L * e.data().length())
                    .sum();
            assertThat(heapInUse() - kept).isLessThan(heapBefore + 24 * MEGABYTE);
        }
        Awaitility.await().until(() -> clients() == 0);
    }

    private long publishBurst(String run, long from) {
        for (int i = 1; i <= BURST; i++) {
            publisher.publish(run, "scripted", from + i);
        }
        return from + BURST;
    }

    private static void awaitVersion(EventReader reader, String run, long version) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> reader.lastId().equals(run + ":" + version));
    }

    private Socket deafClient() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress("127.0.0.1", root.getPort()));
        socket.getOutputStream()
                .write(("GET /api/events?sync=scripted HTTP/1.1\r\nHost: here\r\nAuthorization: "
                                + SignedIn.bearer(SamplePerson.admin) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** What had been sent before the connection was closed is still to be read. */
    private static boolean wasClosed(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        InputStream in = socket.getInputStream();
        byte[] chunk = new byte[64 * 1024];
        try {
            while (in.read(chunk) >= 0) {
                // on to the end
            }
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    private double clients() {
        return metrics.get("syncline.sse.clients").gauge().value();
    }

    private double dropped() {
        return metrics.get("syncline.sse.dropped").counter().count();
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

package dev.syncline.status;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Named;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.syncline.status.EventReader.Event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The event stream through an nginx that is told nothing but where to find us, so its buffering is on. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class NginxTest {
    private static final Optional<Path> NGINX = Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst();

    @Inject
    @Named("scripted")
    ScriptedSync scripted;

    @TestHTTPResource("/")
    URI root;

    @TempDir
    Path folder;

    private Process nginx;
    private URI proxied;

    @BeforeEach
    void startNginx() throws IOException {
        assumeTrue(NGINX.isPresent(), "nginx is not installed here");
        RunCalls.cancelAll();
        int port = freePort();
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                user %s;
                pid %s/nginx.pid;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %2$s/body;
                    proxy_temp_path %2$s/proxy;
                    fastcgi_temp_path %2$s/fastcgi;
                    uwsgi_temp_path %2$s/uwsgi;
                    scgi_temp_path %2$s/scgi;
                    server {
                        listen 127.0.0.1:%d;
                        location / { proxy_pass http://127.0.0.1:%d; }
                    }
                }
                """.formatted(
                        System.getProperty("user.name"), folder, port, root.getPort()));
        nginx = new ProcessBuilder(NGINX.orElseThrow().toString(), "-e", "stderr", "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        proxied = URI.create("http://127.0.0.1:" + port);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .failFast("nginx ended", () -> !nginx.isAlive())
                .until(() -> listens(port));
    }

    @AfterEach
    void stopNginx() {
        scripted.does(scope -> ScriptedSync.succeeding());
        if (nginx != null) {
            nginx.destroy();
            nginx.onExit().join();
        }
    }

    @Test
    @DisplayName("C0-24: through a stock nginx each event arrives within a second, and a stream of one run ends")
    void arrivesThroughAProxy() {
        // Given: the same stream beside it, to know when an event was sent
        scripted.does(scope -> ScriptedSync.rowByRow(40, Duration.ofMillis(50)));
        try (EventReader direct = EventReader.open(root, "?sync=scripted");
                EventReader through = EventReader.open(proxied, "?sync=scripted")) {
            assertThat(direct.status()).isEqualTo(200);
            assertThat(through.status()).isEqualTo(200);

            // When
            String run = RunCalls.start("scripted");
            List<Event> ofTheRun = EventReader.open(proxied, "?run=" + run).awaitEnd();
            direct.awaitEndOf(run);
            through.awaitEndOf(run);

            // Then
            List<Event> sent = direct.of(run);
            assertThat(sent.size()).isGreaterThan(5);
            assertThat(through.of(run))
                    .extracting(Event::id)
                    .isEqualTo(sent.stream().map(Event::id).toList());
            for (int i = 0; i < sent.size(); i++) {
                Duration later = Duration.ofNanos(
                        through.of(run).get(i).atNanos() - sent.get(i).atNanos());
                assertThat(later).isLessThan(Duration.ofSeconds(1));
            }
            assertThat(ofTheRun.get(ofTheRun.size() - 1).isEndOf(run)).isTrue();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}

package dev.syncline.identity;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.syncline.identity.IdentitySettings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Requests over real connections from this machine to a server that answers with the address it has found. */
@DisplayName("C0-48: from where a request comes, which nobody can make up")
class ClientAddressTest {
    private static final String HERE = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private HttpServer server;
    private volatile ClientAddress addresses;

    @BeforeEach
    void listen() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    var unused = request.response().end(addresses.of(request));
                })
                .listen(0, HERE)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void end() throws Exception {
        var unused = vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private String found(String trusted, String... forwardedFor) throws Exception {
        addresses = new ClientAddress(trusted.isEmpty() ? settings() : settings("trusted-proxies", trusted));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + HERE + ":" + server.actualPort() + "/"));
        Arrays.stream(forwardedFor).forEach(value -> request.header("X-Forwarded-For", value));
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0/8", "127.0.0.2", "::1", "192.0.2.0/24,2001:db8::/32"})
    void ignoresTheHeaderOfWhomItDoesNotTrust(String trusted) throws Exception {
        assertThat(found(trusted, "203.0.113.7")).isEqualTo(HERE);
        assertThat(found(trusted, "203.0.113.7, 10.1.2.3", "127.0.0.1")).isEqualTo(HERE);
    }

    static Stream<Arguments> chains() {
        return Stream.of(
                Arguments.of("no header", "127.0.0.1", List.of(), HERE),
                Arguments.of("one proxy", "127.0.0.1", List.of("203.0.113.7"), "203.0.113.7"),
                Arguments.of("a network", "127.0.0.0/8", List.of("203.0.113.7"), "203.0.113.7"),
                Arguments.of("a spoofed left part", "127.0.0.1", List.of("198.51.100.1, 203.0.113.7"), "203.0.113.7"),
                Arguments.of(
                        "a spoofed left part that names a proxy",
                        "127.0.0.1,10.0.0.0/8",
                        List.of("10.0.0.1,203.0.113.7"),
                        "203.0.113.7"),
                Arguments.of("two proxies", "127.0.0.1,10.0.0.0/8", List.of("203.0.113.7,10.1.2.3"), "203.0.113.7"),
                Arguments.of(
                        "two proxies, a spoofed left part",
                        "127.0.0.1,10.0.0.0/8",
                        List.of("198.51.100.1,203.0.113.7,10.1.2.3"),
                        "203.0.113.7"),
                Arguments.of("only proxies", "127.0.0.1,10.0.0.0/8", List.of("10.0.0.9,10.1.2.3"), "10.0.0.9"),
                Arguments.of(
                        "several headers", "127.0.0.1,10.0.0.0/8", List.of("203.0.113.7", "10.1.2.3"), "203.0.113.7"),
                Arguments.of(
                        "several headers, the first one made up",
                        "127.0.0.1",
                        List.of("198.51.100.1", "203.0.113.7"),
                        "203.0.113.7"),
                Arguments.of("blanks", "127.0.0.1", List.of(" 198.51.100.1 ,\t203.0.113.7  "), "203.0.113.7"),
                Arguments.of("a port", "127.0.0.1", List.of("203.0.113.7:51234"), "203.0.113.7"),
                Arguments.of("IPv6", "127.0.0.1", List.of("2001:db8::7"), "2001:db8::7"),
                Arguments.of("IPv6 in brackets", "127.0.0.1", List.of("[2001:db8::7]"), "2001:db8::7"),
                Arguments.of("IPv6 with a port", "127.0.0.1", List.of("[2001:db8::7]:51234"), "2001:db8::7"),
                Arguments.of(
                        "IPv6 proxies", "127.0.0.1,2001:db8::/32", List.of("203.0.113.7, 2001:db8::7"), "203.0.113.7"),
                Arguments.of(
                        "IPv4 as IPv6 is a proxy too",
                        "127.0.0.1,10.0.0.0/8",
                        List.of("203.0.113.7, ::ffff:10.1.2.3"),
                        "203.0.113.7"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chains")
    void readsTheHeaderFromItsEnd(String what, String trusted, List<String> headers, String address) throws Exception {
        assertThat(found(trusted, headers.toArray(String[]::new))).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "localhost",
                "example.org",
                "203.0.113",
                "203.0.113.256",
                "203.0.113.7.8",
                "0xCB007107",
                "3405803783",
                "203.0.113.7:",
                "203.0.113.7:123456",
                "203.0.113.7:port",
                "2001:db8::7::8",
                "[2001:db8::7",
                "2001:db8::7]",
                "fe80::1%<script>",
                "[fe80::1%eth0]",
                "\"203.0.113.7\"",
                "for=203.0.113.7",
                "'; drop table audit",
                ",",
                ", ,"
            })
    @DisplayName("C0-48: what is no address ends the search; nothing that was made up stands in a record")
    void stopsAtGarbage(String garbage) throws Exception {
        assertThat(found("127.0.0.1", garbage)).isEqualTo(HERE);
        assertThat(found("127.0.0.1,10.0.0.0/8", "198.51.100.1," + garbage + ",10.1.2.3"))
                .isEqualTo("10.1.2.3");
    }

    @Test
    void readsALongHeader() throws Exception {
        assertThat(found("127.0.0.1", "198.51.100.1,".repeat(500) + "203.0.113.7"))
                .isEqualTo("203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "10.0.0.0/", "10.0.0.0/a", "::/129"})
    @DisplayName("C0-53: what is neither an address nor a network is told at the start")
    void refusesOtherSettings(String trusted) {
        assertThatThrownBy(() -> new ClientAddress(settings("trusted-proxies", trusted)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("syncline.identity.trusted-proxies")
                .hasMessageContaining(trusted);
    }
}

package dev.syncline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

import dev.syncline.dev.DevTokens;
import dev.syncline.dev.SamplePerson;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An OpenID provider in the tests' JVM, for the packaged application, which has none of its own: discovery and keys, and tokens
 * from hand to hand. It can go away and come back at the same address, fall silent, and change its key.
 */
public final class TestIdentity implements AutoCloseable {
    private static final String ISSUER_PATH = "/realms/test";
    private static final Duration LIFE = Duration.ofHours(12);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InetSocketAddress address;
    private volatile DevTokens tokens = new DevTokens();
    private volatile boolean isSilent;
    private @Nullable HttpServer server;

    /** Started at a free port. */
    public TestIdentity() {
        address = start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** The one that {@link PackagedApp} uses where a test says nothing else; ends with the JVM. */
    public static TestIdentity shared() {
        return InThisProcess.SHARED;
    }

    private static final class InThisProcess {
        static final TestIdentity SHARED = new TestIdentity();
    }

    // --- coming and going

    /** At the address that it had. */
    public void start() {
        var unused = start(address);
    }

    private InetSocketAddress start(InetSocketAddress at) {
        try {
            server = HttpServer.create(at, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serve("/.well-known/openid-configuration", () -> written(DevTokens.discovery(issuer())));
        serve("/keys", () -> tokens.keySet());
        server.start();
        return server.getAddress();
    }

    /** Nobody listens there any more. */
    public void stop() {
        server.stop(0);
    }

    /** From now on it accepts connections, and answers nothing that is asked on them. */
    public void fallSilent() {
        isSilent = true;
    }

    /** It answers again what is asked from now on. */
    public void speak() {
        isSilent = false;
    }

    @Override
    public void close() {
        stop();
    }

    private void serve(String path, Supplier<String> answer) {
        server.createContext(ISSUER_PATH + path, exchange -> {
            if (!isSilent) {
                answer(exchange, answer.get());
            }
        });
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String written(Map<String, Object> answer) {
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    // --- what the application needs to know

    public String issuer() {
        return URI.create("http://127.0.0.1:" + address.getPort() + ISSUER_PATH).toString();
    }

    /** All that production asks for beside a database; the sample persons may log in, but for the stranger. */
    public Map<String, String> settings() {
        return Map.of(
                "quarkus.oidc.auth-server-url",
                issuer(),
                "quarkus.oidc.credentials.secret",
                "the-provider-knows-this-client",
                "syncline.identity.session-secret",
                "the-processes-of-a-test-share-this-secret",
                "syncline.identity.allowed-emails",
                Stream.of(SamplePerson.values())
                        .filter(person -> person != SamplePerson.stranger)
                        .map(SamplePerson::email)
                        .collect(Collectors.joining(",")));
    }

    // --- tokens

    /** From now on it signs with a new key, and knows the old one no more. */
    public void rotateKey() {
        tokens = new DevTokens();
    }

    /** What a request's {@code Authorization} says of that person. */
    public String bearer(SamplePerson person) {
        return "Bearer " + token(person);
    }

    public String token(SamplePerson person) {
        return token(claims(person));
    }

    /** Of a client that calls in its own name. */
    public String token(String client, List<String> roles) {
        return token(DevTokens.clientClaims(issuer(), client, roles, LIFE));
    }

    /** Claims of {@link #claims}, changed. */
    public String token(JwtClaims claims) {
        return tokens.sign(claims);
    }

    public JwtClaims claims(SamplePerson person) {
        return DevTokens.claims(issuer(), person, LIFE);
    }
}

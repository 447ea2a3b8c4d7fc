package dev.syncline.google;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A real HTTP server in Google's place: hands out tokens, and answers calls of the API as the test says, in turn. */
public final class StubGoogle implements AutoCloseable {
    /** One for all accounts: keys take long to make. */
    private static final String PRIVATE_KEY = privateKey();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Deque<Answer> tokenAnswers = new ArrayDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<String> tokenRequests = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();

    public interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    public record Request(String target, String authorization, long atNanos) {}

    public StubGoogle() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/token", this::token);
        server.createContext("/", this::call);
        server.start();
    }

    /** The last answer stays. */
    @CanIgnoreReturnValue
    public StubGoogle then(Answer... more) {
        answers.addAll(List.of(more));
        return this;
    }

    /** Instead of a token. */
    @CanIgnoreReturnValue
    StubGoogle tokenThen(Answer... more) {
        tokenAnswers.addAll(List.of(more));
        return this;
    }

    public URI root() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Of the API. */
    public List<Request> requests() {
        return requests;
    }

    /** What was sent for a token each time. */
    List<String> tokenRequests() {
        return tokenRequests;
    }

    /** The key of an account that gets its tokens here. */
    public String accountKey(String email) {
        return """
                {"type": "service_account", "project_id": "roster", "private_key_id": "k1", "client_id": "1",
                 "client_email": "%s", "token_uri": "%s/token",
                 "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}
                """.formatted(email, root(), PRIVATE_KEY);
    }

    private static String privateKey() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            byte[] key = keys.generateKeyPair().getPrivate().getEncoded();
            return Base64.getEncoder().encodeToString(key);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Answer json(String body) {
        return answer(200, "application/json; charset=UTF-8", body);
    }

    static Answer html(int status, String body) {
        return answer(status, "text/html", body);
    }

    /** An error in Google's own shape. */
    static Answer error(int status, String word, String reason, String... headers) {
        String body = """
                {"error": {"code": %d, "message": "canary-words of Google", "status": "%s",
                  "errors": [{"message": "canary-words of Google", "domain": "global", "reason": "%s"}],
                  "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "%s",
                    "domain": "googleapis.com", "metadata": {"service": "sheets.googleapis.com"}}]}}
                """.formatted(status, word, reason, reason);
        return answer(status, "application/json; charset=UTF-8", body, headers);
    }

    /** An error with these words. */
    static Answer refusal(int status, String message) {
        String body = """
                {"error": {"code": %d, "message": "%s", "status": "INVALID_ARGUMENT"}}
                """.formatted(status, message);
        return answer(status, "application/json; charset=UTF-8", body);
    }

    private static Answer answer(int status, String type, String body, String... headers) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** Announces more than it sends. */
    static Answer cut(String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            OutputStream out = exchange.getResponseBody();
            out.write(bytes, 0, bytes.length / 2);
            out.flush();
            exchange.close();
        };
    }

    /** Takes the request and never answers. */
    Answer silence() {
        return exchange -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private void token(HttpExchange exchange) throws IOException {
        tokenRequests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Answer said = next(tokenAnswers);
        Answer token =
                json("{\"access_token\": \"canary-token-" + tokens.incrementAndGet() + "\", \"expires_in\": 3600}");
        (said == null ? token : said).give(exchange);
    }

    private void call(HttpExchange exchange) throws IOException {
        requests.add(new Request(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                System.nanoTime()));
        next(answers).give(exchange);
    }

    private synchronized Answer next(Deque<Answer> from) {
        return from.size() > 1 ? from.remove() : from.peek();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}

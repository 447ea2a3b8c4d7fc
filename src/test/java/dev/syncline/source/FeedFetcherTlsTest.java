package dev.syncline.source;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.vertx.mutiny.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The connection goes to an IP address, the certificate must be the name's all the same. */
@Timeout(30)
class FeedFetcherTlsTest {
    private static final String PASSWORD = "changeit";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";
    private static final FetchLimits.Retries NONE = new FetchLimits.Retries(0, Duration.ZERO);
    private static final FetchLimits LIMITS = new FetchLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(15), 1000, 0, NONE, 1, NONE);

    @TempDir
    static Path certificates;

    private static Path keys;
    private static Path trusted;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<List<SNIServerName>> askedFor = new CompletableFuture<>();
    private HttpsServer server;

    @BeforeAll
    static void certify() throws Exception {
        keys = certificates.resolve("keys.p12");
        certificate("feed.example");
        trusted = trustInKeys();
    }

    @BeforeEach
    void start() throws Exception {
        System.setProperty(TRUST_STORE, trusted.toString());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext("/", exchange -> {
            HttpsExchange https = (HttpsExchange) exchange;
            askedFor.complete(((ExtendedSSLSession) https.getSSLSession()).getRequestedServerNames());
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("[]".getBytes());
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        System.clearProperty(TRUST_STORE);
        server.stop(0);
        vertx.closeAndAwait();
    }

    @Test
    void theCertificateOfTheNameIsAccepted() {
        fetch("feed.example");
        assertThat(folder.resolve("feed.json")).hasContent("[]");
        assertThat(askedFor.join()).containsExactly(new SNIHostName("feed.example"));
    }

    @Test
    void theCertificateOfAnotherNameIsRefused() {
        SyncException failure = catchThrowableOfType(SyncException.class, () -> fetch("other.example"));
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
        assertThat(failure.detail()).contains("TLS");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        System.clearProperty(TRUST_STORE);
        SyncException failure = catchThrowableOfType(SyncException.class, () -> fetch("feed.example"));
        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
    }

    private void fetch(String host) {
        String origin = "https://" + host + ":" + server.getAddress().getPort();
        HostResolver resolver = name -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        UrlGuard guard = new UrlGuard(List.of(origin + "+private"), resolver, Duration.ofSeconds(5));
        FeedFetcher fetcher = new FeedFetcher(vertx, guard, Clock.systemUTC());
        FetchedFeed fetched = fetcher.fetch(URI.create(origin + "/"), folder.resolve("feed.json"), LIMITS, bytes -> {})
                .await()
                .indefinitely();
        assertThat(fetched.bytes()).isEqualTo(2);
    }

    private static void certificate(String name) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "key",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
    }

    private static Path trustInKeys() throws Exception {
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setCertificateEntry("feed", loadKeys().getCertificate("key"));
        Path file = certificates.resolve("trusted.jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static KeyStore loadKeys() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static SSLContext context() throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(loadKeys(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}

package dev.syncline.keycloak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tokens that must not pass. Those that differ from a good one in a single thing are signed with a key that the realm publishes
 * beside its own, so that nothing else is wrong with them.
 */
@NeedsKeycloak
class KeycloakForgeriesIT {
    private static final RsaJsonWebKey OURS = Tokens.newKey();
    private static final RsaJsonWebKey FOREIGN = Tokens.newKey();
    private static final AtomicInteger CALLERS = new AtomicInteger();

    static Realm realm;
    static Service service;

    @BeforeAll
    static void start() {
        realm = new Realm(KeycloakServer.running());
        realm.publish(OURS);
        service = new Service(
                realm,
                Map.of(
                        "syncline.identity.allowed-emails",
                        "manager@example.org,upper.case@example.org",
                        "syncline.identity.clients",
                        Realm.TEST_CLIENT));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (service != null) {
            service.close();
        }
    }

    /** What Keycloak says of the manager just now. */
    private static JwtClaims good() {
        return Tokens.claimsOf(realm.token("manager"));
    }

    private static JwtClaims goodBut(Consumer<JwtClaims> change) {
        JwtClaims claims = good();
        change.accept(claims);
        return claims;
    }

    private static NumericDate in(Duration time) {
        return NumericDate.fromSeconds(Instant.now().plus(time).getEpochSecond());
    }

    @Test
    void letsTheCounterproofPass() {
        service.as(Tokens.signed(good(), OURS))
                .get("/api/me")
                .then()
                .statusCode(200)
                .body("name", equalTo("manager@example.org"))
                .body("role", equalTo("manager"));
    }

    static Stream<Arguments> forgeries() {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(OURS.getPublicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        Map<String, Object> kid = Map.of("kid", OURS.getKeyId());
        String rs256 = AlgorithmIdentifiers.RSA_USING_SHA256;
        String hs256 = AlgorithmIdentifiers.HMAC_SHA256;
        return Stream.of(
                arguments(
                        "expired", Tokens.signed(goodBut(c -> c.setExpirationTime(in(Duration.ofMinutes(-1)))), OURS)),
                arguments("without an end", Tokens.signed(goodBut(c -> c.unsetClaim("exp")), OURS)),
                arguments("not yet valid", Tokens.signed(goodBut(c -> c.setNotBefore(in(Duration.ofHours(1)))), OURS)),
                arguments("for another service", Tokens.signed(goodBut(c -> c.setAudience("payroll")), OURS)),
                arguments("for no service", Tokens.signed(goodBut(c -> c.unsetClaim("aud")), OURS)),
                arguments(
                        "of another realm by its own word",
                        Tokens.signed(goodBut(c -> c.setIssuer(realm.url().replace("/syncline", "/master"))), OURS)),
                arguments("of no issuer", Tokens.signed(goodBut(c -> c.unsetClaim("iss")), OURS)),
                arguments("of the realm master", KeycloakServer.running().adminToken()),
                arguments("alg none", Tokens.signed(good(), AlgorithmIdentifiers.NONE, null, Map.of())),
                arguments("alg none with the key's name", Tokens.signed(good(), AlgorithmIdentifiers.NONE, null, kid)),
                arguments("no signature", withoutSignature(realm.token("manager"))),
                arguments("HS256 with the public key", Tokens.signed(good(), hs256, hmac(pem), kid)),
                arguments(
                        "HS256 with the public key's bytes",
                        Tokens.signed(
                                good(), hs256, new HmacKey(OURS.getPublicKey().getEncoded()), kid)),
                arguments(
                        "HS256 with the client's secret",
                        Tokens.signed(good(), hs256, hmac(realm.secret("syncline")), kid)),
                arguments(
                        "a foreign key of our key's name", Tokens.signed(good(), rs256, FOREIGN.getPrivateKey(), kid)),
                arguments("a foreign key of no name", Tokens.signed(good(), rs256, FOREIGN.getPrivateKey(), Map.of())),
                arguments(
                        "a foreign key that comes along",
                        Tokens.signed(
                                good(),
                                rs256,
                                FOREIGN.getPrivateKey(),
                                Map.of("jwk", FOREIGN.toParams(OutputControlLevel.PUBLIC_ONLY)))),
                arguments(
                        "another body under a good signature",
                        withBodyOf(
                                realm.token("manager"), goodBut(c -> c.setStringClaim("email", "lead@example.org")))),
                arguments("not even a token", "nonsense"));
    }

    private static HmacKey hmac(String secret) {
        return new HmacKey(secret.getBytes(UTF_8));
    }

    private static String withoutSignature(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1);
    }

    private static String withBodyOf(String token, JwtClaims claims) {
        String[] parts = token.split("\\.");
        parts[1] = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.toJson().getBytes(UTF_8));
        return String.join(".", parts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    @DisplayName("C0-40: a token that is not right in all its parts is refused in our own words, and this is recorded")
    void refuses(String what, String token) {
        assertRefused(token);
    }

    private static void assertRefused(String token) {
        assertRefused(token, "TOKEN_INVALID");
    }

    private static void assertRefused(String token, String reason) {
        String ip = "203.0.113." + CALLERS.incrementAndGet();
        service.as(token)
                .header("X-Forwarded-For", ip)
                .header("x-request-id", "forged-" + ip)
                .get("/api/me")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("UNAUTHENTICATED"))
                .body("reason", equalTo(reason))
                .body(not(containsString("jose4j")));
        assertThat(service.refusalsFrom(ip)).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("outcome", reason)
                .containsEntry("action", "AUTH_INVALID_SESSION")
                .containsEntry("target", "GET /api/me")
                .containsEntry("requestId", "forged-" + ip)
                .doesNotContainKey("actor"));
    }

    @Test
    @DisplayName("C0-40: a foreign key that the token only names the address of is not fetched")
    void fetchesNoForeignKeys() throws IOException {
        // Given
        List<String> asked = new ArrayList<>();
        HttpServer foreign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] keys = new JsonWebKeySet(FOREIGN)
                .toJson(OutputControlLevel.PUBLIC_ONLY)
                .getBytes(UTF_8);
        foreign.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        foreign.start();
        String url = "http://127.0.0.1:" + foreign.getAddress().getPort() + "/keys";

        // When, then
        for (String header : List.of("jku", "x5u")) {
            assertRefused(Tokens.signed(
                    good(),
                    AlgorithmIdentifiers.RSA_USING_SHA256,
                    FOREIGN.getPrivateKey(),
                    Map.of("kid", "of-another-house", header, url)));
        }
        assertThat(asked).isEmpty();
        foreign.stop(0);
    }

    @Test
    @DisplayName("C0-40: a token of Keycloak itself is refused once it has expired")
    void refusesAnExpiredTokenOfKeycloak() {
        // Given
        realm.createPublicClient("hasty", 2);
        String token = realm.token("hasty", "manager");

        // When
        Instant end = Instant.ofEpochSecond(((Number) Tokens.claimsOf(token).getClaimValue("exp")).longValue());
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Instant.now()
                .isAfter(end.plusSeconds(1)));

        // Then
        assertRefused(token);
    }

    @Test
    @DisplayName("C0-40: a token that Keycloak gave to a client without our audience is refused")
    void refusesATokenThatIsMeantForOthers() {
        realm.createPublicClientOfOthers("payroll");
        assertRefused(realm.token("payroll", "manager"));
    }

    @Test
    void refusesATokenOfNobody() {
        assertRefused(Tokens.signed(goodBut(c -> c.unsetClaim("sub")), OURS), "USER_MISSING");
    }

    @Test
    @DisplayName(
            "A person whose address is not told does not pass for the client that they came with, though it may call")
    void takesNoPersonForAClient() {
        service.as(Tokens.signed(goodBut(c -> c.unsetClaim("email")), OURS))
                .get("/api/me")
                .then()
                .statusCode(403)
                .body("reason", equalTo("EMAIL_MISSING"));
    }

    @Test
    void knowsAnAddressHoweverItIsWritten() {
        service.as(Tokens.signed(goodBut(c -> c.setStringClaim("email", " Upper.CASE@Example.Org ")), OURS))
                .get("/api/me")
                .then()
                .statusCode(200)
                .body("name", equalTo("upper.case@example.org"));
    }
}

package dev.syncline.identity;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.CapturedLog;

import static dev.syncline.SignedIn.nobody;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(IdentityProfile.class)
@DisplayName("C0-40, issue 4: malformed, oversized and nested credentials are refused in our shape, and make no noise")
class MalformedCredentialsTest {
    private static final int SOCKET_PATIENCE_MS = 20_000;
    private static final int TOO_LONG = 100 * 1024;

    @TestHTTPResource("/")
    URI root;

    /** At most one line, which is no stack and holds nothing of what was sent. */
    private static void assertQuiet(CapturedLog log, String sent) {
        List<ExtLogRecord> told = log.records().stream()
                .filter(line -> line.getLevel().intValue() >= Level.INFO.intValue())
                .toList();
        assertThat(told).as("log lines").hasSizeLessThanOrEqualTo(1);
        assertThat(told).allSatisfy(line -> assertThat(line.getThrown()).isNull());
        if (sent.length() > 20) {
            assertThat(log.records())
                    .noneMatch(line -> line.getFormattedMessage().contains(sent)
                            || String.valueOf(line.getThrown()).contains(sent));
        }
    }

    private static void assertRefused(Response answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("code")).isEqualTo(code);
        assertThat(answer.jsonPath().getInt("status")).isEqualTo(status);
        assertThat(answer.asString()).doesNotContain("Exception", "jose4j", "io.quarkus", "\tat ");
    }

    @Test
    void areRefused() throws JoseException {
        String good = SignedIn.token(SamplePerson.viewer);
        nobody().header("Authorization", "Bearer " + good)
                .get("/api/runs")
                .then()
                .statusCode(200);
        Map<String, String> bad = BadCredentials.all(good, "http://127.0.0.1:" + root.getPort() + "/dev/identity");
        bad.forEach((what, token) -> {
            try (CapturedLog log = new CapturedLog()) {
                Response answer =
                        nobody().header("Authorization", "Bearer " + token).get("/api/runs");

                assertThat(answer.statusCode()).as(what).isEqualTo(401);
                assertRefused(answer, 401, "UNAUTHENTICATED");
                assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
                assertQuiet(log, token);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Bearer",
                "Bearer ",
                "Bearer\t",
                "bearer x",
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic YWRtaW46YWRtaW4=",
                "Digest username=\"admin\"",
                "Negotiate AAAA",
                "DPoP a.b.c",
                "Bearer a b",
                "Bearer Bearer a.b.c",
                "Bearer a.b.c, Bearer d.e.f",
                ",",
                "é"
            })
    @DisplayName("C0-40: an Authorization without a value, or of a scheme that is not served, is refused with 401")
    void refusesOtherSchemes(String authorization) {
        try (CapturedLog log = new CapturedLog()) {
            assertRefused(nobody().header("Authorization", authorization).get("/api/runs"), 401, "UNAUTHENTICATED");
            assertQuiet(log, authorization);
        }
    }

    @Test
    @DisplayName("Issue 4: two Authorization headers are refused with 400, be both of them good")
    void refusesTwoHeaders() {
        String good = SignedIn.bearer(SamplePerson.admin);
        for (List<String> two : List.of(
                List.of(good, good),
                List.of(good, "Bearer x"),
                List.of("Bearer x", good),
                List.of("", good),
                List.of("Bearer " + IdentityProfile.WRITE_BACK_SECRET, good))) {
            String request = "GET /api/runs HTTP/1.1\r\nHost: here\r\nConnection: close\r\nAuthorization: " + two.get(0)
                    + "\r\nAuthorization: " + two.get(1) + "\r\n\r\n";
            String answer = sent(request);
            assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"INVALID_REQUEST\"");
        }
    }

    // --- on the wire

    static Stream<Arguments> wires() {
        String end = "Host: here\r\nConnection: close\r\n\r\n";
        return Stream.of(
                Arguments.of(
                        "100 KB",
                        "GET /api/runs HTTP/1.1\r\nAuthorization: Bearer " + "e".repeat(TOO_LONG) + "\r\n" + end),
                Arguments.of(
                        "100 KB of headers",
                        "GET /api/runs HTTP/1.1\r\n" + "Authorization: Bearer eyJ\r\n".repeat(4_000) + end),
                Arguments.of(
                        "a continued line",
                        "GET /api/runs HTTP/1.1\r\nAuthorization: Bearer\r\n x\r\n X-Injected: 1\r\n" + end),
                Arguments.of("a zero byte", "GET /api/runs HTTP/1.1\r\nAuthorization: Bearer a\u0000b\r\n" + end),
                Arguments.of(
                        "a lone line feed", "GET /api/runs HTTP/1.1\nAuthorization: Bearer a\nX-Injected: 1\n" + end),
                Arguments.of(
                        "a lone return", "GET /api/runs HTTP/1.1\r\nAuthorization: Bearer a\rX-Injected: 1\r\n" + end),
                Arguments.of(
                        "a blank before the colon", "GET /api/runs HTTP/1.1\r\nAuthorization : Bearer a\r\n" + end),
                Arguments.of("no colon", "GET /api/runs HTTP/1.1\r\nAuthorization\r\n" + end),
                Arguments.of("a line break in the address", "GET /api/%0d%0aX-Injected:%201 HTTP/1.1\r\n" + end),
                Arguments.of("one in the query", "GET /api/runs?sync=a%0d%0aX-Injected:%201 HTTP/1.1\r\n" + end),
                Arguments.of(
                        "one in the request id",
                        "GET /api/runs HTTP/1.1\r\nx-request-id: a%0d%0aX-Injected:%201\r\n" + end),
                Arguments.of(
                        "one in the forwarded address",
                        "GET /api/runs HTTP/1.1\r\nX-Forwarded-For: 1.2.3.4%0d%0aX-Injected: 1\r\n" + end),
                Arguments.of(
                        "one in the cookie",
                        "GET /api/runs HTTP/1.1\r\nCookie: q_session=a%0d%0aX-Injected: 1\r\n" + end),
                Arguments.of(
                        "a cookie that is no session", "GET /api/runs HTTP/1.1\r\nCookie: q_session=x|y|z\r\n" + end),
                Arguments.of("one of dots", "GET /api/runs HTTP/1.1\r\nCookie: q_session=..|..|..\r\n" + end),
                Arguments.of(
                        "a long cookie",
                        "GET /api/runs HTTP/1.1\r\nCookie: q_session=" + "x".repeat(7_000) + "\r\n" + end),
                Arguments.of(
                        "cookies in parts",
                        "GET /api/runs HTTP/1.1\r\nCookie: q_session_chunk_1=a; q_session_chunk_99=b; q_session_at=c\r\n"
                                + end));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wires")
    @DisplayName("Issue 4: nothing that is put into a header gets in, or comes back as a header")
    void refusesWhatIsOddOnTheWire(String what, String request) {
        try (CapturedLog log = new CapturedLog()) {
            String answer = sent(request);

            assertThat(answer)
                    .as("an answer, or a connection that was closed")
                    .matches("(?s)(HTTP/1\\.[01] 4\\d\\d .*)?");
            String head = answer.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
            assertThat(head).doesNotContain("\nx-injected", "\rx-injected");
            assertQuiet(log, "e".repeat(TOO_LONG));
        }
    }

    /** The whole answer; empty when the connection was closed without one. */
    private String sent(String request) {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(SOCKET_PATIENCE_MS);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // The server has answered, and closed, before it has read everything.
            }
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(InputStream in) {
        StringBuilder answer = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                answer.append((char) next);
            }
        } catch (IOException e) {
            if (e instanceof java.net.SocketTimeoutException) {
                throw new AssertionError("no answer, and the connection stays open", e);
            }
        }
        return answer.toString();
    }
}

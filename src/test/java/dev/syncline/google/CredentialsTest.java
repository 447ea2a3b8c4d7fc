package dev.syncline.google;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Inject;

import com.google.api.services.sheets.v4.model.ValueRange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Keys that are there, missing, wrong, revoked and replaced, at a token service on a real socket. */
@QuarkusTest
class CredentialsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SheetsQuery<ValueRange> QUERY =
            sheets -> sheets.spreadsheets().values().get("sheet-1", "'Devices'");
    private static final StubGoogle.Answer OK = StubGoogle.json("{\"values\": [[1]]}");
    private static final StubGoogle.Answer UNAUTHENTICATED = StubGoogle.error(401, "UNAUTHENTICATED", "authError");

    @Inject
    MongoDatabase database;

    @TempDir
    Path directory;

    private final StubGoogle google = new StubGoogle();
    private final String first = email("first");
    private final String second = email("second");

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void aTokenIsKeptAndAsksToReadOnly() throws IOException {
        // Given
        google.then(OK);
        SheetsApi api = api(write(google.accountKey(first)));

        // When
        ask(api);
        ask(api);

        // Then
        assertThat(google.requests())
                .extracting(StubGoogle.Request::authorization)
                .containsOnly("Bearer canary-token-1");
        assertThat(google.tokenRequests()).hasSize(1);
        assertThat(claims(0))
                .contains("\"" + first + "\"")
                .contains("\"https://www.googleapis.com/auth/spreadsheets.readonly\"");
    }

    @Test
    @DisplayName("S0, actors and auth: a key that replaces another is used from the next call on")
    void aReplacedKeyIsUsed() throws IOException {
        // Given
        google.then(OK);
        Path file = write(google.accountKey(first));
        SheetsApi api = api(file);
        ask(api);

        // When
        replace(file, google.accountKey(second));
        ask(api);

        // Then
        assertThat(google.tokenRequests()).hasSize(2);
        assertThat(claims(1)).contains("\"" + second + "\"");
    }

    @Test
    @DisplayName("S0-42: a 401 is tried once more with the key that is there by then")
    void aRefusedKeyThatWasReplacedIsRepeatedOnce() throws IOException {
        // Given: a key that is replaced while its call is under way
        Path file = write(google.accountKey(first));
        google.then(
                exchange -> {
                    replace(file, google.accountKey(second));
                    UNAUTHENTICATED.give(exchange);
                },
                OK);
        SheetsSession session = api(file).session(PATIENCE);

        // When
        var found = session.call(QUERY).await().atMost(PATIENCE);

        // Then
        assertThat(found.getValues()).hasSize(1);
        assertThat(google.requests()).hasSize(2);
        assertThat(session.retries()).isEqualTo(1);
        assertThat(claims(1)).contains("\"" + second + "\"");
    }

    @Test
    @DisplayName("S0-42: and not once more than that")
    void aSecondRefusalIsFinal() throws IOException {
        Path file = write(google.accountKey(first));
        google.then(
                exchange -> {
                    replace(file, google.accountKey(second));
                    UNAUTHENTICATED.give(exchange);
                },
                exchange -> {
                    replace(file, google.accountKey(first));
                    UNAUTHENTICATED.give(exchange);
                });

        SyncException failure = failure(api(file));

        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_AUTH_REVOKED);
        assertThat(failure.detail()).isEqualTo("Google refuses the credential of " + second);
        assertThat(google.requests()).hasSize(2);
    }

    @Test
    @DisplayName("S0-11, S0-42: a key that has expired or was revoked is refused once, with its reason")
    void aRevokedKeyIsToldAsSuch() throws IOException {
        // Given
        google.tokenThen(tokenRefusal(400, "{\"error\": \"invalid_grant\", \"error_description\": \"canary\"}"));

        // When
        SyncException failure = failure(api(write(google.accountKey(first))));

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_AUTH_REVOKED);
        assertThat(failure.detail())
                .isEqualTo("The key of " + first
                        + " has expired, was revoked, or this machine's clock is wrong (invalid_grant)");
        assertThat(google.tokenRequests()).hasSize(1);
        assertThat(google.requests()).isEmpty();
    }

    @Test
    @DisplayName("S0-11: an account that gets no token for another reason is refused with Google's short word for it")
    void anUnknownAccountIsToldAsSuch() throws IOException {
        google.tokenThen(tokenRefusal(400, "{\"error\": \"invalid_client\", \"error_description\": \"canary\"}"));

        SyncException failure = failure(api(write(google.accountKey(first))));

        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_AUTH_REVOKED);
        assertThat(failure.detail()).isEqualTo("Google gives no token for the key of " + first + " (invalid_client)");
    }

    @Test
    @DisplayName("S0-42: trouble of the token service passes")
    void aTokenServiceInTroubleIsAskedAgain() throws IOException {
        // Given
        google.then(OK)
                .tokenThen(
                        tokenRefusal(503, "{}"),
                        StubGoogle.json("{\"access_token\": \"canary-late\", \"expires_in\": 3600}"));

        // When
        ask(api(write(google.accountKey(first))));

        // Then
        assertThat(google.tokenRequests()).hasSize(2);
        assertThat(google.requests()).hasSize(1);
        assertThat(google.requests().get(0).authorization()).isEqualTo("Bearer canary-late");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary-secret",
                "[\"canary-secret\"]",
                "null",
                "{\"type\": \"authorized_user\", \"refresh_token\": \"canary-secret\"}",
                "{\"client_email\": \"canary-secret\"}",
                "{\"type\": \"service_account\"}",
                "{\"type\": \"service_account\", \"client_email\": \"canary-secret@x\", \"client_id\": \"1\","
                        + " \"private_key_id\": \"k\", \"private_key\": \"canary-secret\"}",
                "{\"type\": \"service_account\", \"client_email\": \"canary-secret"
            })
    @DisplayName("S0-11: a credential that is none is told, without what stands in it")
    void aWrongKeyIsTold(String content) throws IOException {
        // When
        SyncException failure = failure(api(write(content)));

        // Then
        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_AUTH_REVOKED);
        assertThat(failure.detail())
                .startsWith("The file of syncline.google.sheets.credentials-file ")
                .doesNotContain("canary");
        assertThat(google.requests()).isEmpty();
        assertThat(google.tokenRequests()).isEmpty();
    }

    @Test
    void aMissingFileIsTold() {
        SyncException failure = failure(api(directory.resolve("none.json")));

        assertThat(failure.code()).isEqualTo(ErrorCode.SHEETS_AUTH_REVOKED);
        assertThat(failure.detail()).isEqualTo("The file of syncline.google.sheets.credentials-file cannot be read");
    }

    private static StubGoogle.Answer tokenRefusal(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** What the nth request for a token says of itself. */
    private String claims(int index) {
        String assertion = List.of(google.tokenRequests().get(index).split("&")).stream()
                .filter(part -> part.startsWith("assertion="))
                .findFirst()
                .orElseThrow();
        return new String(Base64.getUrlDecoder().decode(assertion.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    private static String email(String name) {
        return name + "-" + UUID.randomUUID() + "@roster.iam.gserviceaccount.com";
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("key.json"), content);
    }

    /** As a cluster does it: the new one is there at once. */
    private static void replace(Path file, String content) throws IOException {
        Path next = Files.writeString(file.resolveSibling("next.json"), content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private SheetsApi api(Path file) {
        return SheetsDesk.api(
                SheetsSettings.none().at(google.root()).withKeyIn(file), database, new SimpleMeterRegistry());
    }

    private static void ask(SheetsApi api) {
        assertThat(api.session(PATIENCE).call(QUERY).await().atMost(PATIENCE).getValues())
                .hasSize(1);
    }

    private static SyncException failure(SheetsApi api) {
        var call = api.session(PATIENCE).call(QUERY);
        return catchThrowableOfType(SyncException.class, () -> call.await().atMost(PATIENCE));
    }
}

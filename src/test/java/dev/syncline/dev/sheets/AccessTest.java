package dev.syncline.dev.sheets;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.services.sheets.v4.SheetsScopes;
import com.google.api.services.sheets.v4.model.ValueRange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.syncline.dev.sheets.GoogleClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who may what, and Google's very words for who may not. */
class AccessTest {
    private static final String SHEET = "v4/spreadsheets/private";

    private static SheetsStandIn standIn;
    private static RawCall call;

    private StandInSpreadsheet spreadsheet;

    @BeforeAll
    static void start() {
        standIn = SheetsStandIn.start(0);
        call = new RawCall(standIn);
    }

    @AfterAll
    static void stop() {
        standIn.close();
    }

    @BeforeEach
    void fill() {
        spreadsheet = standIn.create("private", "Private", ZoneOffset.UTC);
        spreadsheet.tab("Devices").fill(List.of(List.of("Serial")));
    }

    private String token() throws IOException {
        return RawCall.token(standIn.accountKey(), SheetsScopes.SPREADSHEETS_READONLY);
    }

    private static void assertError(RawCall.Answered answer, int code, String status, String reason, String message) {
        JsonNode error = answer.body().path("error");
        assertThat(answer.status()).isEqualTo(code);
        assertThat(answer.response().headers().firstValue("Content-Type")).contains("application/json; charset=UTF-8");
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(error.path("status").asText()).isEqualTo(status);
        assertThat(error.path("message").asText()).startsWith(message);
        assertThat(error.at("/errors/0/message").asText()).startsWith(message);
        assertThat(error.at("/errors/0/domain").asText()).isEqualTo("global");
        assertThat(error.at("/errors/0/reason").asText()).isEqualTo(reason);
    }

    @Test
    void withoutATokenNothingIsTold() {
        var answer = call.get(SHEET, "");
        assertError(
                answer, 401, "UNAUTHENTICATED", "required", "Request is missing required authentication credential.");
    }

    @Test
    void anUnknownTokenIsInvalid() {
        var answer = call.get(SHEET, "ya29.made-up");
        assertError(answer, 401, "UNAUTHENTICATED", "authError", "Request had invalid authentication credentials.");
    }

    @Test
    void aTokenExpires() throws IOException {
        String token = token();
        assertThat(call.get(SHEET, token).status()).isEqualTo(200);
        standIn.expireTokens();
        assertThat(call.get(SHEET, token).status()).isEqualTo(401);
        assertThat(call.get(SHEET, token()).status()).isEqualTo(200);
    }

    @Test
    void whoMayReadMayNotWrite() {
        var values = GoogleClient.reading(standIn).spreadsheets().values();
        var write = new ValueRange().setValues(List.of(List.of("x")));
        var refusal = refusal(() -> values.update("private", "Devices!A1", write)
                .setValueInputOption("RAW")
                .execute());

        assertThat(refusal.getStatusCode()).isEqualTo(403);
        assertThat(refusal.getDetails().getMessage()).isEqualTo("Request had insufficient authentication scopes.");
        assertThat(refusal.getDetails().getErrors().get(0).getReason()).isEqualTo("insufficientPermissions");
        assertThat(refusal.getDetails().getDetails().get(0).getReason()).isEqualTo("ACCESS_TOKEN_SCOPE_INSUFFICIENT");
    }

    @Test
    void aScopeOfSomethingElseIsNotEnough() throws IOException {
        String token = RawCall.token(standIn.accountKey(), "https://www.googleapis.com/auth/calendar");
        var answer = call.get(SHEET, token);
        assertError(answer, 403, "PERMISSION_DENIED", "insufficientPermissions", "Request had insufficient");
        assertThat(answer.body().at("/error/details/0/@type").asText())
                .isEqualTo("type.googleapis.com/google.rpc.ErrorInfo");
        assertThat(answer.body().at("/error/details/0/domain").asText()).isEqualTo("googleapis.com");
    }

    @Test
    void whatIsNotSharedIsRefused() throws IOException {
        String token = RawCall.token(standIn.strangerKey(), SheetsScopes.SPREADSHEETS);
        assertError(
                call.get(SHEET, token), 403, "PERMISSION_DENIED", "forbidden", "The caller does not have permission");
        spreadsheet.share(standIn.strangerEmail());
        assertThat(call.get(SHEET, token).status()).isEqualTo(200);
    }

    @Test
    void whatIsSharedToReadIsNotWritten() throws IOException {
        spreadsheet.shareToRead(standIn.accountEmail());
        String token = RawCall.token(standIn.accountKey(), SheetsScopes.SPREADSHEETS);
        assertThat(call.get(SHEET, token).status()).isEqualTo(200);
        var answer = call.post(SHEET + "/values/Devices!A1:clear", token, "application/json", "{}");
        assertError(answer, 403, "PERMISSION_DENIED", "forbidden", "The caller does not have permission");
    }

    @Test
    void whatIsNotThereIsNotFound() throws IOException {
        var answer = call.get("v4/spreadsheets/nowhere/values/A1", token());
        assertError(answer, 404, "NOT_FOUND", "notFound", "Requested entity was not found.");
        assertThat(call.get("v4/spreadsheets/private/pictures", token()).status())
                .isEqualTo(404);
    }

    @Test
    void aRevokedAccountGetsNoTokenAndItsTokensEnd() throws IOException {
        String token = token();
        standIn.revokeAccount(true);
        assertThat(call.get(SHEET, token).status()).isEqualTo(401);
        assertThatThrownBy(this::token).hasMessageContaining("Invalid grant: account not found");
        standIn.revokeAccount(false);
        assertThat(call.get(SHEET, token()).status()).isEqualTo(200);
    }

    @Test
    void anotherKeyOfTheSameNameIsRefused() {
        try (SheetsStandIn other = SheetsStandIn.start(0)) {
            String forged = other.accountKey()
                    .replace(other.root().toString(), standIn.root().toString());
            assertThatThrownBy(() -> RawCall.token(forged, SheetsScopes.SPREADSHEETS))
                    .hasMessageContaining("invalid_grant")
                    .hasMessageContaining("Invalid JWT Signature.");
        }
    }

    @Test
    void theTokenEndpointSpeaksOAuth() {
        var form = "application/x-www-form-urlencoded";
        var unknown = call.post("token", "", form, "grant_type=password");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().path("error").asText()).isEqualTo("unsupported_grant_type");

        var nonsense =
                call.post("token", "", form, "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=a.b.c");
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.body().path("error").asText()).isEqualTo("invalid_grant");
    }

    @Test
    void answersAreCompressedForWhoAsks() throws IOException {
        var answer = call.get(SHEET, token(), "Accept-Encoding", "gzip");
        assertThat(answer.response().headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(call.get(SHEET, token()).response().headers().firstValue("Content-Encoding"))
                .isEmpty();
    }
}

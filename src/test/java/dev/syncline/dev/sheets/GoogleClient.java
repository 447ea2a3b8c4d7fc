package dev.syncline.dev.sheets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.sheets.v4.Sheets;
import com.google.api.services.sheets.v4.SheetsScopes;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.ServiceAccountCredentials;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Google's own client, as anybody would set it up, but for the address. */
final class GoogleClient {
    private GoogleClient() {}

    static Sheets of(URI root, String accountKey, String scope) {
        try {
            var key = new ByteArrayInputStream(accountKey.getBytes(StandardCharsets.UTF_8));
            var credentials = ServiceAccountCredentials.fromStream(key).createScoped(List.of(scope));
            return new Sheets.Builder(
                            new NetHttpTransport(),
                            GsonFactory.getDefaultInstance(),
                            new HttpCredentialsAdapter(credentials))
                    .setRootUrl(root.toString())
                    .setApplicationName("syncline-test")
                    .build();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Sheets writing(SheetsStandIn standIn) {
        return of(standIn.root(), standIn.accountKey(), SheetsScopes.SPREADSHEETS);
    }

    static Sheets reading(SheetsStandIn standIn) {
        return of(standIn.root(), standIn.accountKey(), SheetsScopes.SPREADSHEETS_READONLY);
    }

    /** What Google's client throws for an answer that is an error. */
    static GoogleJsonResponseException refusal(ThrowingCallable call) {
        return catchThrowableOfType(GoogleJsonResponseException.class, call);
    }
}

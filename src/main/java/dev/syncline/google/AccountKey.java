package dev.syncline.google;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.gson.GsonFactory;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.ServiceAccountCredentials;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** A service account's key, from its JSON. Says what is wrong with one, and never what stands in it. */
final class AccountKey {
    private static final String TYPE = "service_account";

    private AccountKey() {}

    /**
     * @param source how a person names where the key came from
     * @throws SyncException SHEETS_AUTH_REVOKED
     */
    static ServiceAccountCredentials parse(String json, String source, HttpTransportFactory transport) {
        if (!TYPE.equals(read(json, source).get("type"))) {
            throw refused(source + " is no key of a service account: its type is not " + TYPE);
        }
        try {
            var bytes = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
            // Google's own repeats sleep in the thread, and nobody counts them.
            return ServiceAccountCredentials.fromStream(bytes, transport).createWithCustomRetryStrategy(false);
        } catch (IOException | RuntimeException e) {
            throw refused(source + " is not complete, or its private key cannot be read");
        }
    }

    private static GenericJson read(String json, String source) {
        try {
            GenericJson key = GsonFactory.getDefaultInstance().fromString(json, GenericJson.class);
            if (key != null) {
                return key;
            }
        } catch (IOException | RuntimeException e) {
            // Its words repeat what it has read.
        }
        throw refused(source + " is no JSON object");
    }

    private static SyncException refused(String detail) {
        return new SyncException(ErrorCode.SHEETS_AUTH_REVOKED, detail);
    }
}

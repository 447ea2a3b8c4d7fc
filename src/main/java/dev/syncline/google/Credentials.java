package dev.syncline.google;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.google.api.services.sheets.v4.SheetsScopes;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * The credential that sheets are read with. A key that was replaced takes effect by itself: with the next call when it is a
 * file, else after {@code reload-credentials-every}.
 */
@ApplicationScoped
class Credentials {
    /** S0, actors and auth: three tries, for a key that is being replaced may be half there. */
    private static final int MORE_TRIES = 2;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(150);
    private static final List<String> SCOPES = List.of(SheetsScopes.SPREADSHEETS_READONLY);

    private final SheetsAccess access;
    private final long reloadNanos;
    private final TokenTransport transport;

    private volatile @Nullable Loaded loaded;

    Credentials(SheetsAccess access, SheetsConfig config, TokenTransport transport) {
        this.access = access;
        this.reloadNanos = config.reloadCredentialsEvery().toNanos();
        this.transport = transport;
    }

    private record Loaded(Credential credential, String version, long atNanos) {}

    /** Fails with SHEETS_AUTH_REVOKED when there is none that could be used. */
    Uni<Credential> current() {
        return Worker.run(this::load)
                .onFailure()
                .retry()
                .withBackOff(BETWEEN_TRIES, BETWEEN_TRIES)
                .withJitter(0)
                .atMost(MORE_TRIES);
    }

    /** Whether there is another key by now than the one that Google has refused; reads its source in any case. */
    Uni<Boolean> isReplaced(Credential refused) {
        return Uni.createFrom()
                .deferred(() -> {
                    loaded = null;
                    return current();
                })
                .map(now -> !now.fingerprint().equals(refused.fingerprint()));
    }

    private Credential load() {
        try {
            return load(loaded, access.keyVersion());
        } catch (IOException e) {
            throw new SyncException(ErrorCode.SHEETS_AUTH_REVOKED, access.keySource() + " cannot be read", e);
        }
    }

    private Credential load(@Nullable Loaded known, String version) throws IOException {
        boolean isFresh =
                known != null && known.version().equals(version) && System.nanoTime() - known.atNanos() < reloadNanos;
        if (known != null && isFresh) {
            return known.credential();
        }
        Optional<String> key = access.key();
        Credential credential = key.isEmpty() ? byDefault() : of(key.get(), known);
        loaded = new Loaded(credential, version, System.nanoTime());
        return credential;
    }

    /** The known one stays while its key does, for the sake of the token that it has. */
    private Credential of(String key, @Nullable Loaded known) {
        String fingerprint = fingerprint(key);
        if (known != null && known.credential().fingerprint().equals(fingerprint)) {
            return known.credential();
        }
        ServiceAccountCredentials account = AccountKey.parse(key, access.keySource(), transport);
        return new Credential(account.getClientEmail(), account.createScoped(SCOPES), fingerprint);
    }

    private Credential byDefault() throws IOException {
        GoogleCredentials found = GoogleCredentials.getApplicationDefault(transport);
        String principal = found instanceof ServiceAccountCredentials account ? account.getClientEmail() : "default";
        return new Credential(principal, found.createScoped(SCOPES), principal);
    }

    private static String fingerprint(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

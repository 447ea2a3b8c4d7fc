package dev.syncline.google;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * The credentials that sheets are read and written with: one account, and of each purpose its own tokens. A key that was replaced takes effect by itself: with the next call when it is a
 * file, else after {@code reload-credentials-every}.
 */
@ApplicationScoped
class Credentials {
    /** S0, actors and auth: three tries, for a key that is being replaced may be half there. */
    private static final int MORE_TRIES = 2;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(150);

    private final SheetsAccess access;
    private final long reloadNanos;
    private final TokenTransport transport;

    private volatile @Nullable Loaded loaded;

    Credentials(SheetsAccess access, SheetsConfig config, TokenTransport transport) {
        this.access = access;
        this.reloadNanos = config.reloadCredentialsEvery().toNanos();
        this.transport = transport;
    }

    private record Loaded(Map<Purpose, Credential> credentials, String version, long atNanos) {
        String fingerprint() {
            return of(Purpose.READING).fingerprint();
        }

        Credential of(Purpose purpose) {
            return Objects.requireNonNull(credentials.get(purpose));
        }
    }

    /** Fails with SHEETS_AUTH_REVOKED when there is none that could be used. */
    Uni<Credential> current(Purpose purpose) {
        return Worker.run(() -> load().of(purpose))
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
                    return current(refused.purpose());
                })
                .map(now -> !now.fingerprint().equals(refused.fingerprint()));
    }

    private Loaded load() {
        try {
            return load(loaded, access.keyVersion());
        } catch (IOException e) {
            throw new SyncException(ErrorCode.SHEETS_AUTH_REVOKED, access.keySource() + " cannot be read", e);
        }
    }

    private Loaded load(@Nullable Loaded known, String version) throws IOException {
        boolean isFresh =
                known != null && known.version().equals(version) && System.nanoTime() - known.atNanos() < reloadNanos;
        if (known != null && isFresh) {
            return known;
        }
        Optional<String> key = access.key();
        Map<Purpose, Credential> credentials = key.isEmpty() ? byDefault() : of(key.get(), known);
        Loaded fresh = new Loaded(credentials, version, System.nanoTime());
        loaded = fresh;
        return fresh;
    }

    /** The known ones stay while their key does, for the sake of the tokens that they have. */
    private Map<Purpose, Credential> of(String key, @Nullable Loaded known) {
        String fingerprint = fingerprint(key);
        if (known != null && known.fingerprint().equals(fingerprint)) {
            return known.credentials();
        }
        ServiceAccountCredentials account = AccountKey.parse(key, access.keySource(), transport);
        return forEach(account.getClientEmail(), account, fingerprint);
    }

    private Map<Purpose, Credential> byDefault() throws IOException {
        GoogleCredentials found = GoogleCredentials.getApplicationDefault(transport);
        String principal = found instanceof ServiceAccountCredentials account ? account.getClientEmail() : "default";
        return forEach(principal, found, principal);
    }

    private static Map<Purpose, Credential> forEach(String principal, GoogleCredentials google, String fingerprint) {
        Map<Purpose, Credential> credentials = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            GoogleCredentials scoped = google.createScoped(List.of(purpose.scope()));
            credentials.put(purpose, new Credential(purpose, principal, scoped, fingerprint));
        }
        return credentials;
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

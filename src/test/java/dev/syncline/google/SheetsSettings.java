package dev.syncline.google;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings as a test wants them; waits are short. */
public record SheetsSettings(
        Optional<URI> rootUrl,
        Optional<Path> credentialsFile,
        Optional<String> credentialsJson,
        Duration reloadCredentialsEvery,
        Duration connectTimeout,
        Duration readTimeout,
        int callsPerMinute,
        int attempts,
        Duration backOff,
        Duration longestBackOff)
        implements SheetsConfig {

    /** An address, and the key of an account of it. */
    public static SheetsSettings at(URI root, String key) {
        return none().at(root).withKey(key);
    }

    static SheetsSettings none() {
        return new SheetsSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                10_000,
                3,
                Duration.ofMillis(4),
                Duration.ofMillis(20));
    }

    SheetsSettings at(URI root) {
        return with(Optional.of(root), credentialsFile, credentialsJson, readTimeout, callsPerMinute);
    }

    SheetsSettings withKey(String key) {
        return with(rootUrl, Optional.empty(), Optional.of(key), readTimeout, callsPerMinute);
    }

    SheetsSettings withKeyIn(Path file) {
        return with(rootUrl, Optional.of(file), Optional.empty(), readTimeout, callsPerMinute);
    }

    SheetsSettings withBoth(Path file, String key) {
        return with(rootUrl, Optional.of(file), Optional.of(key), readTimeout, callsPerMinute);
    }

    SheetsSettings withReadTimeout(Duration timeout) {
        return with(rootUrl, credentialsFile, credentialsJson, timeout, callsPerMinute);
    }

    SheetsSettings withCallsPerMinute(int calls) {
        return with(rootUrl, credentialsFile, credentialsJson, readTimeout, calls);
    }

    private SheetsSettings with(
            Optional<URI> root, Optional<Path> file, Optional<String> json, Duration timeout, int calls) {
        return new SheetsSettings(
                root,
                file,
                json,
                reloadCredentialsEvery,
                connectTimeout,
                timeout,
                calls,
                attempts,
                backOff,
                longestBackOff);
    }
}

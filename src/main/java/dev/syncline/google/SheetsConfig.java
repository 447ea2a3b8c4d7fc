package dev.syncline.google;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import jakarta.validation.constraints.Positive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import org.hibernate.validator.constraints.time.DurationMin;

/** How Google Sheets is reached. */
@ConfigMapping(prefix = "syncline.google.sheets")
public interface SheetsConfig {
    /** Where the API is; unset: Google's own address. */
    Optional<URI> rootUrl();

    /** The JSON key of the service account that the sheets are shared with; read again when it changes. */
    Optional<Path> credentialsFile();

    /** The same key as text, for an environment without files. Without either: application default credentials. */
    Optional<String> credentialsJson();

    /** How long a credential is used before its source is read again; a file that changed is read at once. */
    @WithDefault("5M")
    @DurationMin(seconds = 1)
    Duration reloadCredentialsEvery();

    /** How long opening a connection may take. */
    @WithDefault("5S")
    @DurationMin(millis = 1)
    Duration connectTimeout();

    /** How long Google may be silent. */
    @WithDefault("20S")
    @DurationMin(millis = 1)
    Duration readTimeout();

    /** Most calls of all processes together in any 60 s, repeats included; Google itself allows 60 to an account. */
    @WithDefault("55")
    @Positive
    int callsPerMinute();

    /** How often one call is tried (S0-42). */
    @WithDefault("3")
    @Positive
    int attempts();

    /** Longest wait before the second try; doubled each time. The real one is random, from nothing up to this. */
    @WithDefault("400MS")
    @DurationMin
    Duration backOff();

    /**
     * What that wait grows to at most. A {@code Retry-After} of Google counts all the same, up to a minute; for a longer one
     * nobody waits, and the call fails with it.
     */
    @WithDefault("5S")
    @DurationMin
    Duration longestBackOff();
}

package dev.syncline.roster;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkus.runtime.LaunchMode;

import dev.syncline.platform.StartupCheck;

/** Placeholders hide something only if nobody knows their key; in production a roster needs one (C0-53, S0-46). */
@Singleton
class AnonymizationCheck implements StartupCheck {
    static final int SHORTEST = 32;

    private static final String KEY = "syncline.roster.anonymization-key";
    private static final Set<String> WELL_KNOWN = Set.of("development", "secret", "changeme", "change-me", "password");

    private final RosterConfig config;

    AnonymizationCheck(RosterConfig config) {
        this.config = config;
    }

    @Override
    public List<String> problems() {
        return problem(LaunchMode.current() == LaunchMode.NORMAL).stream().toList();
    }

    Optional<String> problem(boolean production) {
        Optional<String> key = config.anonymizationKey().map(String::strip);
        boolean isWeak = key.filter(given -> isStrong(given, production)).isEmpty();
        boolean isNeeded = production && config.sheetId().isPresent();
        return isWeak && (isNeeded || key.isPresent())
                ? Optional.of(KEY + " must be a secret of at least " + SHORTEST
                        + " characters, the same for all processes (environment variable"
                        + " SYNCLINE_ROSTER_ANONYMIZATION_KEY)")
                : Optional.empty();
    }

    private static boolean isStrong(String key, boolean production) {
        boolean isKnown = WELL_KNOWN.stream().anyMatch(key.toLowerCase(Locale.ROOT)::startsWith);
        return key.length() >= SHORTEST && !(production && isKnown);
    }
}

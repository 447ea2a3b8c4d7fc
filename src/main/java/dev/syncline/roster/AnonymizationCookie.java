package dev.syncline.roster;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.ws.rs.core.NewCookie;

/**
 * What a browser remembers of the switch, for seven days: whether it is on, and since when. It is a wish and no right, so it is
 * not signed; scripts cannot read it.
 */
record AnonymizationCookie(boolean enabled, Instant updatedAt) {
    static final String NAME = "syncline_anonymized";
    static final Duration LIFE = Duration.ofDays(7);

    private static final Pattern VALUE = Pattern.compile("(on|off)\\.(\\d{1,15})");

    /** Empty for what we did not write. */
    static Optional<AnonymizationCookie> parse(String value) {
        Matcher parts = VALUE.matcher(value);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            Instant at = Instant.ofEpochMilli(Long.parseLong(parts.group(2)));
            return Optional.of(new AnonymizationCookie(parts.group(1).equals("on"), at));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    NewCookie baked(boolean secure) {
        return new NewCookie.Builder(NAME)
                .value((enabled ? "on." : "off.") + updatedAt.toEpochMilli())
                .path("/")
                .maxAge((int) LIFE.toSeconds())
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }
}

package dev.syncline.status;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of a stream's event: a run and its version. */
record EventId(String run, long version) {
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}):(\\d{1,18})");

    static Optional<EventId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** A run's id begins with the time when it was made, in milliseconds (UUID version 7). */
    Instant runMadeAt() {
        String millis = run.substring(0, 8) + run.substring(9, 13);
        return Instant.ofEpochMilli(Long.parseLong(millis, 16));
    }
}

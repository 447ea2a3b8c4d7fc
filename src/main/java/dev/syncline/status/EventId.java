package dev.syncline.status;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of a stream's event: a run and its version. */
record EventId(String run, long version) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36}):(\\d{1,18})");

    static Optional<EventId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventId(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}

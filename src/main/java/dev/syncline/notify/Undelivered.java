package dev.syncline.notify;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** It did not arrive. The message is for people: one line, without a secret or an address. */
final class Undelivered extends RuntimeException {
    private final boolean permanent;
    private final @Nullable Duration retryAfter;
    private final String words;

    private Undelivered(String message, boolean permanent, @Nullable Duration retryAfter, String words) {
        super(message);
        this.permanent = permanent;
        this.retryAfter = retryAfter;
        this.words = words;
    }

    /** Another attempt may succeed. */
    static Undelivered forNow(String message) {
        return new Undelivered(message, false, null, "");
    }

    /** None will. */
    static Undelivered forEver(String message) {
        return new Undelivered(message, true, null, "");
    }

    Undelivered retryAfter(@Nullable Duration wait) {
        return new Undelivered(message(), permanent, wait, words);
    }

    /** With what the other side said, which may name people: for the outbox, not for the log. */
    Undelivered saying(String said) {
        return new Undelivered(message(), permanent, retryAfter, said);
    }

    boolean permanent() {
        return permanent;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** All that is known of it. */
    String detail() {
        return words.isEmpty() ? message() : message() + ": " + words;
    }
}

package dev.syncline.source;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** What an envelope {@code {"success":…,"result":{"records":[…],"total":n}}} says beside its records. */
final class FeedPage {
    private static final int LONGEST_MESSAGE = 200;
    private static final int DEPTH = 8;

    private final String name;
    private boolean hasResult;
    private boolean hasRecords;
    private boolean failed;
    private String message = "no reason given";
    private @Nullable Long total;

    FeedPage(int number) {
        this.name = number == 1 ? "The feed's object" : "The feed's object on page " + number;
    }

    void enterResult() {
        if (hasResult) {
            throw malformed("has 'result' twice");
        }
        hasResult = true;
    }

    void enterRecords() {
        if (hasRecords) {
            throw malformed("has 'result.records' twice");
        }
        hasRecords = true;
    }

    void success(ValueFrame value) {
        failed = text(value).equals("false");
    }

    void total(ValueFrame value) {
        try {
            total = Long.valueOf(text(value).replace("\"", ""));
        } catch (NumberFormatException e) {
            throw malformed("has a 'result.total' that is no whole number");
        }
    }

    /** CKAN gives {@code {"__type":…,"message":…}}, or a list of messages for each parameter at fault. */
    void error(ValueFrame value) {
        try {
            Map<String, @Nullable Object> cells = new RecordParser(DEPTH, Set.of()).parse(value.bytes());
            Object text = cells.get("message");
            cells.remove("__type");
            message = SafeText.of(String.valueOf(text == null ? cells : text), LONGEST_MESSAGE);
        } catch (IOException | RuntimeException e) {
            message = SafeText.of(value.bytes(), LONGEST_MESSAGE);
        }
    }

    /** Judges the page at its end, when all of its members are known. */
    @Nullable
    Long close() {
        if (failed) {
            throw new SyncException(ErrorCode.FEED_FAILURE_REPORTED, "The feed says: " + message);
        }
        if (!hasRecords) {
            throw malformed(hasResult ? "has no 'result.records'" : "has no 'result'");
        }
        return total;
    }

    private SyncException malformed(String what) {
        return new SyncException(ErrorCode.FEED_MALFORMED, name + " " + what);
    }

    private static String text(ValueFrame value) {
        return SafeText.of(value.bytes(), 32);
    }
}

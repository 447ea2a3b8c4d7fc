package dev.syncline.source;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** The JSON around the records: brackets, commas, names, and values to take or to pass over. */
final class FeedTokens {
    private static final int LONGEST_NAME = 64;
    private static final Pattern WORD = Pattern.compile("null|true|false|NaN|[+-]?Infinity|[+-]?[0-9][0-9.eE+-]*");

    private final FeedBytes feed;
    private final ValueScanner scanner;
    /** Nothing of the list or object at hand was read yet, so no comma is due. */
    private boolean fresh;

    FeedTokens(FeedBytes feed) {
        this.feed = feed;
        this.scanner = new ValueScanner(feed);
    }

    /** The next byte that is no whitespace, without taking it, or -1 at the end. */
    int peek() {
        return feed.peekToken();
    }

    /** Takes the bracket that opens a list or an object. */
    void open() {
        feed.position++;
        fresh = true;
    }

    /** Whether another item comes; otherwise takes the closing bracket. */
    boolean another(char close) {
        if (need("before its closing " + close) == close) {
            feed.position++;
            fresh = false;
            return false;
        }
        if (!fresh) {
            require(',', "',' or '" + close + "'");
        }
        fresh = false;
        return true;
    }

    /** Takes a name and its colon; a name longer than any that we know comes shortened. */
    String name() {
        if (need("where a name is due") != '"') {
            throw malformed("a name is due");
        }
        String quoted = text(value(LONGEST_NAME).bytes());
        need("behind a name");
        require(':', "':'");
        need("before a value");
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Takes a value; of one longer than {@code max} only the beginning. */
    ValueFrame value(int max) {
        return value(max, "a value");
    }

    /** Takes a value that a message calls {@code what}. */
    ValueFrame value(int max, String what) {
        need("before " + what);
        long offset = feed.offset();
        ValueFrame value = scanner.frame(max);
        boolean valid = value != null && isValue(value.bytes());
        if (value == null || !valid && feed.peek() < 0) {
            throw truncated("inside " + what + ", which begins at byte " + offset);
        }
        if (!valid) {
            throw new SyncException(ErrorCode.FEED_MALFORMED, "At byte " + offset + " " + what + " is due");
        }
        return value;
    }

    void skipValue() {
        var unused = value(0);
    }

    void skipByteOrderMark() {
        if (peek() != 0xef) {
            return;
        }
        byte[] mark = feed.ahead(3);
        if (mark.length == 3 && mark[1] == (byte) 0xbb && mark[2] == (byte) 0xbf) {
            feed.position += 3;
        }
    }

    /** The feed does not even begin like JSON. */
    SyncException notJson() {
        return new SyncException(ErrorCode.FEED_NOT_JSON, FeedStart.describe(feed.ahead(FeedStart.LENGTH)));
    }

    SyncException malformed(String due) {
        return new SyncException(ErrorCode.FEED_MALFORMED, "At byte " + feed.offset() + " " + due);
    }

    @CanIgnoreReturnValue
    private int need(String where) {
        int next = feed.peekToken();
        if (next < 0) {
            throw truncated(where);
        }
        return next;
    }

    private void require(char due, String name) {
        if (feed.peekToken() != due) {
            throw malformed(name + " is due");
        }
        feed.position++;
    }

    private SyncException truncated(String where) {
        return new SyncException(ErrorCode.FEED_TRUNCATED, "The feed ends at byte " + feed.offset() + " " + where);
    }

    /** Of a text, list or object the scanner has seen to its end; a word must be one of JSON's. */
    private static boolean isValue(byte[] bytes) {
        return bytes.length > 0
                && ("{[\"".indexOf(bytes[0]) >= 0 || WORD.matcher(text(bytes)).matches());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

package dev.syncline.source;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Finds where a JSON value ends, and nothing else about it. It counts only the brackets of the value's own kind outside of
 * strings: so {@code {"a":[1}} ends at its brace, is found malformed by the parser, and the next record goes on; and a
 * million nested brackets cost a counter, no stack.
 */
final class ValueScanner {
    private static final int EXCERPT = 2048;
    private static final int LONGEST_WORD = 1024;

    private final FeedBytes feed;

    // State of the scan, kept while the window moves on.
    private byte open;
    private byte close;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private byte seen;

    ValueScanner(FeedBytes feed) {
        this.feed = feed;
    }

    /**
     * Takes the value that begins here; of what is no value at all an empty frame. One that is longer than {@code max}
     * bytes is never held in memory: of it the first 2 KB come.
     *
     * @return null when the feed ends first
     */
    @Nullable
    ValueFrame frame(int max) {
        int first = feed.peek();
        if (first != '{' && first != '[' && first != '"') {
            return word();
        }
        begin(first);
        long offset = feed.offset();
        int from = feed.position;
        byte @Nullable [] excerpt = null;
        while (!scan()) {
            if (excerpt == null && feed.position - from > max) {
                excerpt = copy(from, Math.min(feed.position, from + EXCERPT));
            }
            if (!feed.fill(excerpt == null ? from : feed.position)) {
                return null;
            }
            from = 0;
        }
        long size = feed.offset() - offset;
        boolean whole = size <= max;
        if (excerpt == null) {
            excerpt = copy(from, whole ? feed.position : Math.min(feed.position, from + EXCERPT));
        }
        return new ValueFrame(excerpt, whole, size, seen >= 0);
    }

    /** A number or a word such as null; whatever stands there up to the next character that cannot be part of one. */
    private ValueFrame word() {
        byte[] start = feed.ahead(LONGEST_WORD);
        int length = 0;
        while (length < start.length && isWordPart(start[length])) {
            length++;
        }
        feed.position += length;
        return new ValueFrame(Arrays.copyOf(start, length), true, length, true);
    }

    private static boolean isWordPart(byte next) {
        return next >= '0' && next <= '9'
                || next >= 'A' && next <= 'Z'
                || next >= 'a' && next <= 'z'
                || next == '+'
                || next == '-'
                || next == '.';
    }

    private byte[] copy(int from, int to) {
        return Arrays.copyOfRange(feed.window, from, to);
    }

    private void begin(int first) {
        open = (byte) (first == '[' ? '[' : '{');
        close = (byte) (first == '[' ? ']' : '}');
        depth = 0;
        inString = false;
        escaped = false;
        seen = 0;
    }

    /** Goes on to the end of the value, or of the window: then false. */
    private boolean scan() {
        byte[] window = feed.window;
        int end = feed.end;
        int at = feed.position;
        boolean ended = false;
        while (at < end && !ended) {
            if (inString) {
                at = scanString(window, at, end);
                ended = !inString && depth == 0;
                continue;
            }
            byte next = window[at++];
            seen |= next;
            if (next == '"') {
                inString = true;
            } else if (next == open) {
                depth++;
            } else if (next == close) {
                ended = --depth == 0;
            }
        }
        feed.position = at;
        return ended;
    }

    /** Goes on behind the string's closing quote, or to the end of the window. */
    private int scanString(byte[] window, int from, int end) {
        int at = from;
        byte bits = seen;
        if (escaped) {
            bits |= window[at++];
            escaped = false;
        }
        while (at < end) {
            byte next = window[at++];
            bits |= next;
            if (next == '"') {
                inString = false;
                break;
            }
            if (next == '\\') {
                if (at == end) {
                    escaped = true;
                    break;
                }
                bits |= window[at++];
            }
        }
        seen = bits;
        return at;
    }
}

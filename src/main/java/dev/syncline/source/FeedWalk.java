package dev.syncline.source;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Walks through a feed and stops at each record. A feed is a bare array, an envelope, or several of these one after the
 * other; whatever else an envelope holds is passed over. What stands around records must be JSON: a feed that lost its
 * framing cannot be trusted any further, so it fails as a whole, with the offset.
 */
final class FeedWalk {
    private static final int SHORT = 64;
    private static final int LONGEST_ERROR = 16 * 1024;

    /** Where in the feed the next token stands. */
    private enum Level {
        FEED,
        ENVELOPE,
        RESULT,
        RECORDS
    }

    private final FeedTokens tokens;
    private final int maxRecord;

    private Level level = Level.FEED;
    private @Nullable FeedPage envelope;
    private int pages;
    private long recordsOfPage;
    private String pointer = "";
    private @Nullable Long announced;

    FeedWalk(FeedTokens tokens, int maxRecord) {
        this.tokens = tokens;
        this.maxRecord = maxRecord;
    }

    /** The next record, or null when the feed ended where it may end. */
    @Nullable
    ValueFrame next() {
        while (level != Level.FEED || enterPage()) {
            switch (level) {
                case ENVELOPE -> envelopeMember();
                case RESULT -> resultMember();
                default -> {
                    if (tokens.another(']')) {
                        recordsOfPage++;
                        return tokens.value(maxRecord, "record " + place());
                    }
                    level = envelope == null ? Level.FEED : Level.RESULT;
                }
            }
        }
        return null;
    }

    /** JSON pointer of the record that {@link #next()} gave, with its page when it is not on the first. */
    String place() {
        return pointer + (recordsOfPage - 1);
    }

    /** Arrays and envelopes begun so far. */
    int pages() {
        return pages;
    }

    /** The largest {@code result.total} so far, null when there was none. */
    @Nullable
    Long announced() {
        return announced;
    }

    private boolean enterPage() {
        tokens.skipByteOrderMark();
        int first = tokens.peek();
        if (first < 0) {
            return false;
        }
        if (first != '[' && first != '{') {
            throw pages == 0 ? tokens.notJson() : tokens.malformed("the end is due, or another array or object");
        }
        boolean bare = first == '[';
        pages++;
        recordsOfPage = 0;
        pointer = (pages == 1 ? "" : "page " + pages + ": ") + (bare ? "/" : "/result/records/");
        envelope = bare ? null : new FeedPage(pages);
        level = bare ? Level.RECORDS : Level.ENVELOPE;
        tokens.open();
        return true;
    }

    private void envelopeMember() {
        FeedPage page = Objects.requireNonNull(envelope);
        if (!tokens.another('}')) {
            announce(page.close());
            level = Level.FEED;
            return;
        }
        switch (tokens.name()) {
            case "success" -> page.success(tokens.value(SHORT));
            case "error" -> page.error(tokens.value(LONGEST_ERROR));
            case "result" -> enterResult(page);
            default -> tokens.skipValue();
        }
    }

    /** A failed answer may have {@code "result": null}; {@link FeedPage#close()} judges it. */
    private void enterResult(FeedPage page) {
        page.enterResult();
        if (tokens.peek() != '{') {
            tokens.skipValue();
            return;
        }
        level = Level.RESULT;
        tokens.open();
    }

    private void resultMember() {
        FeedPage page = Objects.requireNonNull(envelope);
        if (!tokens.another('}')) {
            level = Level.ENVELOPE;
            return;
        }
        switch (tokens.name()) {
            case "total" -> page.total(tokens.value(SHORT));
            case "records" -> enterRecords(page);
            default -> tokens.skipValue();
        }
    }

    private void enterRecords(FeedPage page) {
        if (tokens.peek() != '[') {
            throw tokens.malformed("the list 'result.records' is due");
        }
        page.enterRecords();
        level = Level.RECORDS;
        tokens.open();
    }

    private void announce(@Nullable Long total) {
        if (total != null && (announced == null || total > announced)) {
            announced = total;
        }
    }
}

package dev.syncline.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a file that is no JSON looks like instead. */
final class FeedStart {
    /** Bytes that are looked at. */
    static final int LENGTH = 160;

    private static final int QUOTED = 40;
    private static final Pattern TAG = Pattern.compile("<[^>\"']*>?");

    private FeedStart() {}

    static String describe(byte[] start) {
        return "The feed begins with '" + withoutData(SafeText.of(start, QUOTED)) + "'" + guess(start);
    }

    /** A tag shows what was sent instead; of anything else the form does, and whose data it is shall not stand in a run. */
    private static String withoutData(String start) {
        Matcher tag = TAG.matcher(start);
        return tag.lookingAt() ? tag.group() : start.replaceAll("\\p{L}", "x").replaceAll("\\p{N}", "9");
    }

    private static String guess(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<head")) {
            return ": it looks like an HTML page";
        }
        if (text.startsWith("<")) {
            return ": it looks like XML or HTML";
        }
        if (text.startsWith("pk\3\4")) {
            return ": it looks like a ZIP archive";
        }
        if (text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff")) {
            return ": it looks like UTF-16, and UTF-8 is due";
        }
        return ", and an array or an object is due";
    }
}

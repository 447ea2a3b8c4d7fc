package dev.syncline.status;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.SyncException;

/**
 * A page of one of our own lists.
 *
 * @param nextCursor what to ask with for the next page; none on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 100;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final char LIST_END = '\n';

    /**
     * @param found one more than the limit when there is a next page
     * @param list names the list in its cursors
     * @param key what the list is ordered by
     */
    public static <S, T> Page<T> of(
            String list, List<S> found, int limit, Function<S, String> key, Function<S, T> shown) {
        List<S> page = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? encode(list, key.apply(page.get(limit - 1))) : null;
        return new Page<>(page.stream().map(shown).toList(), next);
    }

    static int limit(@Nullable String asked) {
        if (asked == null) {
            return DEFAULT_LIMIT;
        }
        int limit = NUMBER.matcher(asked).matches() ? Integer.parseInt(asked) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Parameters.refused("limit must be a whole number from 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    /**
     * The key after which the page begins; empty for the first page.
     *
     * @param list names the list: a cursor of another one is refused
     */
    static String after(@Nullable String cursor, String list) {
        if (cursor == null || cursor.isEmpty()) {
            return "";
        }
        String decoded = decode(cursor);
        if (!decoded.startsWith(list + LIST_END)) {
            throw noCursor();
        }
        return decoded.substring(list.length() + 1);
    }

    private static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw noCursor();
        }
    }

    private static SyncException noCursor() {
        return Parameters.refused("cursor must be the nextCursor of an earlier page of the same list");
    }

    private static String encode(String list, String key) {
        byte[] named = (list + LIST_END + key).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(named);
    }
}

package dev.syncline.status;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * A page of one of our own lists.
 *
 * @param nextCursor what to ask with for the next page; none on the last one
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> items, @Nullable String nextCursor) {
    static final int DEFAULT_LIMIT = 20;
    static final int MAX_LIMIT = 100;

    /**
     * @param found one more than the limit when there is a next page
     * @param key what the list is ordered by
     */
    static <S, T> Page<T> of(List<S> found, int limit, Function<S, String> key, Function<S, T> shown) {
        List<S> page = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? encode(key.apply(page.get(limit - 1))) : null;
        return new Page<>(page.stream().map(shown).toList(), next);
    }

    static int limit(@Nullable Integer asked) {
        if (asked == null) {
            return DEFAULT_LIMIT;
        }
        if (asked < 1 || asked > MAX_LIMIT) {
            throw new SyncException(ErrorCode.INVALID_PARAMETER, "limit must be from 1 to " + MAX_LIMIT);
        }
        return asked;
    }

    /** The key after which the page begins; empty for the first page. */
    static String after(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new SyncException(ErrorCode.INVALID_PARAMETER, "cursor must be the nextCursor of an earlier page");
        }
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}

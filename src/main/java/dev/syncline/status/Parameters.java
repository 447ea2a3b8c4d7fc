package dev.syncline.status;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Mode;

/** Values of query parameters; one that is not allowed is refused with those that are (C0-33). */
public final class Parameters {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private Parameters() {}

    public static <E extends Enum<E>> E one(Class<E> type, String name, String value) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
        return Enum.valueOf(type, one(names, name, value));
    }

    static String one(Collection<String> allowed, String name, String value) {
        if (!allowed.contains(value)) {
            throw refused(name + " must be one of " + String.join(", ", allowed));
        }
        return value;
    }

    /** {@code live}, which is also what is meant by none, or {@code dry-run}. */
    public static Mode mode(String name, @Nullable String given) {
        return switch (given == null ? "live" : given) {
            case "live" -> Mode.live;
            case "dry-run" -> Mode.dry_run;
            default -> throw refused(name + " must be one of live, dry-run");
        };
    }

    static Instant instant(String name, String value) {
        try {
            Instant instant = Instant.parse(value);
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeParseException e) {
            // refused below
        }
        throw refused(name + " must be an instant from 1970 on such as 2026-01-31T06:00:00Z");
    }

    static SyncException refused(String detail) {
        return new SyncException(ErrorCode.INVALID_PARAMETER, detail);
    }
}

package dev.syncline.status;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import org.bson.BsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.RunState;
import dev.syncline.run.Trigger;

/** Which runs a list of history shall hold; values that do not exist are refused with those that do (C0-33). */
final class RunFilter {
    private final List<Bson> parts = new ArrayList<>();

    RunFilter sync(@Nullable String sync) {
        return add(sync, s -> Filters.eq("sync", s));
    }

    RunFilter state(@Nullable String state) {
        return add(
                state,
                s -> Filters.eq(
                        "state",
                        one(RunState.class, "state", s.toUpperCase(Locale.ROOT)).name()));
    }

    RunFilter trigger(@Nullable String trigger) {
        return add(
                trigger,
                t -> Filters.eq(
                        "trigger.kind", one(Trigger.Kind.class, "trigger", t).name()));
    }

    RunFilter from(@Nullable String from) {
        return add(from, f -> Filters.gte("queuedAt", instant("from", f)));
    }

    RunFilter to(@Nullable String to) {
        return add(to, t -> Filters.lt("queuedAt", instant("to", t)));
    }

    RunFilter before(String id) {
        return add(id.isEmpty() ? null : id, i -> Filters.lt("_id", i));
    }

    Bson bson() {
        return parts.isEmpty() ? new BsonDocument() : Filters.and(parts);
    }

    private RunFilter add(@Nullable String value, java.util.function.Function<String, Bson> part) {
        if (value != null) {
            parts.add(part.apply(value));
        }
        return this;
    }

    private static <E extends Enum<E>> E one(Class<E> type, String name, String value) {
        return Arrays.stream(type.getEnumConstants())
                .filter(e -> e.name().equals(value))
                .findFirst()
                .orElseThrow(
                        () -> new SyncException(ErrorCode.INVALID_PARAMETER, name + " must be one of " + names(type)));
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }

    private static Instant instant(String name, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw new SyncException(
                    ErrorCode.INVALID_PARAMETER, name + " must be an instant such as 2026-01-31T06:00:00Z");
        }
    }
}

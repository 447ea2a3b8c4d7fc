package dev.syncline.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Account;
import dev.syncline.run.RunState;
import dev.syncline.run.Trigger;

/** Which runs a list of history shall hold; values that do not exist are refused with those that do (C0-33). */
final class RunFilter {
    private final List<Bson> parts = new ArrayList<>();

    /** Of runs that are one person's alone only the account's own (S4-34). */
    RunFilter(Account account) {
        parts.add(account.visible());
    }

    RunFilter sync(@Nullable String sync) {
        return add(sync, s -> Filters.eq("sync", s));
    }

    RunFilter state(@Nullable String state) {
        return add(
                state,
                s -> Filters.eq(
                        "state",
                        Parameters.one(RunState.class, "state", s.toUpperCase(Locale.ROOT))
                                .name()));
    }

    RunFilter trigger(@Nullable String trigger) {
        return add(
                trigger,
                t -> Filters.eq(
                        "trigger.kind",
                        Parameters.one(Trigger.Kind.class, "trigger", t).name()));
    }

    RunFilter from(@Nullable String from) {
        return add(from, f -> Filters.gte("queuedAt", Parameters.instant("from", f)));
    }

    RunFilter to(@Nullable String to) {
        return add(to, t -> Filters.lt("queuedAt", Parameters.instant("to", t)));
    }

    RunFilter before(String id) {
        return add(id.isEmpty() ? null : id, i -> Filters.lt("_id", i));
    }

    Bson bson() {
        return Filters.and(parts);
    }

    private RunFilter add(@Nullable String value, Function<String, Bson> part) {
        if (value != null) {
            parts.add(part.apply(value));
        }
        return this;
    }
}

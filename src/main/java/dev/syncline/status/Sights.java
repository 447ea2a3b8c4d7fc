package dev.syncline.status;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;

import dev.syncline.identity.AuditEntry;
import dev.syncline.identity.Caller;
import dev.syncline.identity.Role;
import dev.syncline.status.ShownRows.Sight;

/** How the current caller sees the rows of each sync. Ask within the request. */
@ApplicationScoped
public class Sights {
    private final List<ShownRows> shown;
    private final Caller caller;

    Sights(@All List<ShownRows> shown, Caller caller) {
        this.shown = shown;
        this.caller = caller;
    }

    Sight of(String sync) {
        return find(sync).map(ShownRows::sight).orElse(Sight.CLEAR);
    }

    /** {@code FORBIDDEN} for who may not see rows of that sync at all. */
    Sight ofRows(String sync) {
        caller.require(least(sync));
        return of(sync);
    }

    /** Whether the caller may see rows of that sync at all. */
    public boolean showRows(String sync) {
        return caller.account().is(least(sync));
    }

    private Role least(String sync) {
        return find(sync).map(ShownRows::least).orElse(Role.viewer);
    }

    private Optional<ShownRows> find(String sync) {
        return shown.stream().filter(rows -> rows.serves(sync)).findFirst();
    }

    /** A record may tell of any sync's rows, so all have their say. */
    List<Sight> all() {
        return shown.stream().map(ShownRows::sight).toList();
    }

    static AuditEntry seen(AuditEntry entry, List<Sight> sights) {
        String target = String.valueOf(entry.context().getOrDefault("target", ""));
        Map<String, Object> context = entry.context();
        for (Sight sight : sights) {
            context = sight.of(target, context);
        }
        return entry.with(context);
    }
}

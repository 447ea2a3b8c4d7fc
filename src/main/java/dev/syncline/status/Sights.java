package dev.syncline.status;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;

import dev.syncline.identity.AuditEntry;
import dev.syncline.status.ShownRows.Sight;

/** How the current caller sees the rows of each sync. Ask within the request. */
@ApplicationScoped
class Sights {
    private final List<ShownRows> shown;

    Sights(@All List<ShownRows> shown) {
        this.shown = shown;
    }

    Sight of(String sync) {
        return shown.stream()
                .filter(rows -> rows.serves(sync))
                .findFirst()
                .map(ShownRows::sight)
                .orElse(Sight.CLEAR);
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

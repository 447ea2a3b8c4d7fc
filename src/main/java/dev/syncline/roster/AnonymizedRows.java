package dev.syncline.roster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.identity.Role;
import dev.syncline.ingest.Change;
import dev.syncline.ingest.Rejection;
import dev.syncline.status.ShownRows;

/** What runs and audit records tell of devices, to somebody who has anonymization on (S0-46). */
@ApplicationScoped
class AnonymizedRows implements ShownRows {
    private static final String HIDDEN = "hidden while anonymization is on";

    private final Anonymization anonymization;

    AnonymizedRows(Anonymization anonymization) {
        this.anonymization = anonymization;
    }

    @Override
    public boolean serves(String sync) {
        return sync.equals(RosterSync.SYNC);
    }

    /** As for the devices themselves (S0, endpoints). */
    @Override
    public Role least() {
        return Role.manager;
    }

    @Override
    public Sight sight() {
        Veil veil = anonymization.veil();
        return veil.isDrawn() ? new Veiled(veil) : Sight.CLEAR;
    }

    private record Veiled(Veil veil) implements Sight {
        @Override
        public Change of(Change change) {
            return new Change(
                    change.id(),
                    change.run(),
                    change.sync(),
                    change.key(),
                    change.kind(),
                    change.field(),
                    veil.text(change.key(), change.field(), change.from()),
                    veil.text(change.key(), change.field(), change.to()),
                    change.at());
        }

        /** A row may say anything anywhere, so nothing of it is shown; nor is the reason, which may repeat a cell. */
        @Override
        public Rejection of(Rejection rejection) {
            return new Rejection(
                    rejection.id(),
                    rejection.run(),
                    rejection.sync(),
                    rejection.code(),
                    rejection.place(),
                    HIDDEN,
                    HIDDEN,
                    rejection.at());
        }

        @Override
        public Map<String, String> of(Map<String, String> input) {
            Map<String, String> shown = new HashMap<>(input);
            shown.computeIfPresent(RosterSync.SHEET, (name, id) -> veil.sheet(id));
            return shown;
        }

        @Override
        public Map<String, Object> of(String target, Map<String, Object> context) {
            return inside(target, "", context);
        }

        private Map<String, Object> inside(String target, String path, Map<?, ?> context) {
            Map<String, Object> shown = new HashMap<>();
            context.forEach((name, value) -> shown.put(
                    String.valueOf(name), seen(target, path(path, String.valueOf(name)), value == null ? "" : value)));
            return shown;
        }

        private Object seen(String target, String path, Object value) {
            if (value instanceof Map<?, ?> inner) {
                return inside(target, path, inner);
            }
            if (value instanceof List<?> several) {
                return several.stream().map(part -> seen(target, path, part)).toList();
            }
            return Objects.requireNonNull(veil.shown(target, path, value));
        }

        /** Records name a field as it is stored, by its last part alone, or as the input of runs does. */
        private static String path(String outer, String name) {
            if (outer.equals(DeviceField.ATTRIBUTES)) {
                return DeviceField.attribute(name);
            }
            return name.equals(RosterSync.SHEET)
                    ? DeviceField.SHEET_ID.path()
                    : DeviceField.named(name).map(DeviceField::path).orElse(name);
        }
    }
}

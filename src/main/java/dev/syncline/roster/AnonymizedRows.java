package dev.syncline.roster;

import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

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
        public Map<String, Object> of(String target, Map<String, Object> context) {
            Map<String, Object> shown = new HashMap<>();
            context.forEach((name, value) -> shown.put(name, of(target, name, value)));
            return shown;
        }

        private Object of(String target, String name, @Nullable Object value) {
            if (value instanceof Map<?, ?> inner) {
                Map<String, Object> shown = new HashMap<>();
                inner.forEach((key, part) -> shown.put(String.valueOf(key), of(target, String.valueOf(key), part)));
                return shown;
            }
            Object seen = veil.shown(target, pathOf(name), value);
            return seen == null ? "" : seen;
        }

        /** Records name a field as it is stored, by its last part alone, or as the input of runs does. */
        private static String pathOf(String name) {
            return switch (name) {
                case "lastActor" -> DeviceField.LAST_ACTOR.path();
                case RosterSync.SHEET -> DeviceField.SHEET_ID.path();
                default -> name;
            };
        }
    }
}

package dev.syncline.roster;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.RowCollection;

/**
 * A device as the API shows it, to somebody who sees all of it or not. A field that the device does not have is null.
 *
 * @param lastSyncedAt when a run last wrote it; a run that finds it unchanged does not
 * @param contentHash of all that the sheet says of it; while anonymization is on one that confirms no guess
 * @param dynamicAttributes what stands in the other columns of the sheet, by the column's key; blank cells are left out
 * @param missingSince when the sheet was first without it; null while the sheet has it
 */
@Schema(name = "Device")
@RegisterForReflection(registerFullHierarchy = true)
record DeviceView(
        String serial,
        @Nullable String legacyDeviceId,
        @Nullable String sheetId,
        @Nullable String assignedTo,
        @Nullable String status,
        @Nullable String condition,
        @Nullable String offboardingStatus,
        OffboardingMetadata offboardingMetadata,
        @Nullable String lastTransferNotes,
        @Nullable Instant lastSeen,
        @Nullable Instant lastSyncedAt,
        String contentHash,

        @Schema(example = "{\"asset_tag\": \"000042\", \"price\": 1299.5, \"insured\": true}")
        Map<String, Object> dynamicAttributes,

        @Nullable Instant missingSince,
        Presence presence,
        GovernanceCue governance,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {

    /** Who last moved it, and how. */
    @RegisterForReflection
    record OffboardingMetadata(
            @Nullable String lastActor,
            @Nullable String lastAction,
            @Nullable Instant lastTransferAt) {}

    DeviceView {
        dynamicAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(dynamicAttributes));
    }

    static DeviceView of(Document stored, Veil veil) {
        Fields fields = new Fields(stored, veil);
        return new DeviceView(
                fields.serial(),
                fields.text(DeviceField.LEGACY_DEVICE_ID),
                fields.text(DeviceField.SHEET_ID),
                fields.text(DeviceField.ASSIGNED_TO),
                fields.text(DeviceField.STATUS),
                fields.text(DeviceField.CONDITION),
                fields.text(DeviceField.OFFBOARDING_STATUS),
                new OffboardingMetadata(
                        fields.text(DeviceField.LAST_ACTOR),
                        fields.text(DeviceField.LAST_ACTION),
                        fields.instant(DeviceField.LAST_TRANSFER_AT)),
                fields.text(DeviceField.LAST_TRANSFER_NOTES),
                fields.instant(DeviceField.LAST_SEEN),
                fields.instant(DeviceField.LAST_SYNCED_AT),
                veil.contentHash(fields.serial(), stored.get(RowCollection.HASH, "")),
                fields.attributes(),
                fields.instant(DeviceField.MISSING_SINCE),
                Presence.of(stored),
                GovernanceCue.of(fields.text(DeviceField.CONDITION), fields.text(DeviceField.OFFBOARDING_STATUS)),
                fields.instant(DeviceField.CREATED_AT),
                fields.instant(DeviceField.UPDATED_AT));
    }

    /** The value of a declared field, as it is shown. */
    @Nullable
    Object at(DeviceField field) {
        return switch (field) {
            case SERIAL -> serial;
            case ASSIGNED_TO -> assignedTo;
            case STATUS -> status;
            case CONDITION -> condition;
            case OFFBOARDING_STATUS -> offboardingStatus;
            case LAST_SEEN -> lastSeen;
            case LEGACY_DEVICE_ID -> legacyDeviceId;
            case SHEET_ID -> sheetId;
            case LAST_TRANSFER_NOTES -> lastTransferNotes;
            case LAST_ACTOR -> offboardingMetadata.lastActor();
            case LAST_ACTION -> offboardingMetadata.lastAction();
            case LAST_TRANSFER_AT -> offboardingMetadata.lastTransferAt();
            case LAST_SYNCED_AT -> lastSyncedAt;
            case MISSING_SINCE -> missingSince;
            case PRESENCE -> presence;
            case CREATED_AT -> createdAt;
            case UPDATED_AT -> updatedAt;
        };
    }

    /** A stored device, field by field and through the veil. */
    private record Fields(Document stored, Veil veil) {
        String serial() {
            return stored.getString("_id");
        }

        @Nullable
        String text(DeviceField field) {
            Object value = at(field);
            return value == null ? null : String.valueOf(veil.shown(serial(), field.path(), value));
        }

        @Nullable
        Instant instant(DeviceField field) {
            return at(field) instanceof Date date ? date.toInstant() : null;
        }

        private @Nullable Object at(DeviceField field) {
            Object value = stored;
            for (String name : field.path().split("\\.")) {
                value = value instanceof Document inner ? inner.get(name) : null;
            }
            return value;
        }

        Map<String, Object> attributes() {
            Map<String, Object> shown = new LinkedHashMap<>();
            Optional.ofNullable(stored.get(DeviceField.ATTRIBUTES, Document.class))
                    .ifPresent(attributes -> attributes.forEach((key, value) -> put(shown, key, value)));
            return shown;
        }

        private void put(Map<String, Object> shown, String key, @Nullable Object value) {
            Object seen = veil.shown(serial(), DeviceField.attribute(key), value);
            if (seen != null) {
                shown.put(key, plain(seen));
            }
        }

        /** 9E+4 is a number in JSON too, but few read it as 90000. */
        private static Object plain(Object value) {
            if (value instanceof Decimal128 decimal) {
                BigDecimal number = decimal.bigDecimalValue();
                return number.scale() < 0 ? number.setScale(0) : number;
            }
            return value instanceof Date date ? date.toInstant().toString() : value;
        }
    }
}

package dev.syncline.roster;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.bson.Document;

import dev.syncline.platform.MongoDatabase;
import dev.syncline.roster.ColumnDefinition.DataType;

/** The collections of a roster, put together by a test. */
final class Roster {
    static final String VERSION = "registry-9-da39a3ee5e6b4b0d3255bfef95601890afd80709";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant DETECTED = Instant.parse("2026-03-02T11:00:00Z");

    private final MongoDatabase database;
    private int position;

    private Roster(MongoDatabase database) {
        this.database = database;
    }

    /** Without a device, a column or a change. */
    static Roster empty(MongoDatabase database) {
        Roster roster = new Roster(database);
        for (String collection : List.of(RosterSync.DEVICES, ColumnRegistry.DEFINITIONS, "changes", "rejections")) {
            database.collection(collection).deleteMany(new Document()).await().atMost(PATIENCE);
        }
        return roster;
    }

    @CanIgnoreReturnValue
    Roster devices(StoredDevice... devices) {
        return devices(Arrays.asList(devices));
    }

    @CanIgnoreReturnValue
    Roster devices(List<StoredDevice> devices) {
        database.collection(RosterSync.DEVICES)
                .insertMany(devices.stream().map(StoredDevice::document).toList())
                .await()
                .atMost(PATIENCE);
        return this;
    }

    /** The next column of the sheet; one of the declared fields. */
    @CanIgnoreReturnValue
    Roster declared(String key, String label) {
        return column(key, label, DataType.string, true);
    }

    /** The next column of the sheet; an attribute. */
    @CanIgnoreReturnValue
    Roster attribute(String key, DataType type) {
        return column(key, "The " + key.replace('_', ' '), type, false);
    }

    private Roster column(String key, String label, DataType type, boolean declared) {
        position++;
        ColumnDefinition column = new ColumnDefinition(
                DeviceListProfile.SHEET + ":" + key,
                DeviceListProfile.SHEET,
                key,
                label,
                position,
                type,
                false,
                declared,
                DETECTED,
                DETECTED,
                null,
                VERSION);
        var unused = database.collection(ColumnRegistry.DEFINITIONS, ColumnDefinition.class)
                .insertOne(column)
                .await()
                .atMost(PATIENCE);
        return this;
    }

    @CanIgnoreReturnValue
    Roster change(String serial, String run, String kind, String field, String from, String to, String at) {
        insert(
                "changes",
                new Document("_id", run + ":" + serial + ":" + field)
                        .append("run", run)
                        .append("sync", RosterSync.SYNC)
                        .append("key", serial)
                        .append("kind", kind)
                        .append("field", field)
                        .append("from", from)
                        .append("to", to)
                        .append("at", Date.from(Instant.parse(at))));
        return this;
    }

    @CanIgnoreReturnValue
    Roster insert(String collection, Document document) {
        var unused = database.collection(collection).insertOne(document).await().atMost(PATIENCE);
        return this;
    }
}

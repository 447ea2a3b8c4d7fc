package dev.syncline.roster;

import java.time.Duration;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;

import dev.syncline.platform.MongoDatabase;

/** Devices for tests of what is common to all features. */
public final class RosterRows {
    private RosterRows() {}

    /** Stores a device with something in every field. */
    public static void keepADevice(MongoDatabase database, String serial) {
        var unused = database.collection(RosterSync.DEVICES)
                .replaceOne(
                        Filters.eq("_id", serial),
                        StoredDevice.aFullDevice(serial)
                                .attribute("asset_tag", "000042")
                                .document(),
                        new ReplaceOptions().upsert(true))
                .await()
                .atMost(Duration.ofSeconds(30));
    }
}

package dev.syncline.roster;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import dev.syncline.ingest.RowCollection;
import dev.syncline.platform.MongoDatabase;

/** The devices' collection, between whose calls a test comes in if it wants to. */
@Alternative
@Singleton
public class SteeredDeviceRows extends DeviceRows {
    private volatile RowCollection instead;

    SteeredDeviceRows(MongoDatabase database, RosterConfig config) {
        super(database, config);
    }

    void useInstead(RowCollection rows) {
        instead = rows;
    }

    void reset() {
        instead = null;
    }

    @Override
    RowCollection rows() {
        RowCollection other = instead;
        return other == null ? super.rows() : other;
    }
}

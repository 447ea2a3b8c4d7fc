package dev.syncline.roster;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.ingest.RowCollection;
import dev.syncline.platform.MongoDatabase;

/** The collection {@code devices}; its rows are written by ingest alone. */
@ApplicationScoped
class DeviceRows {
    private final RowCollection rows;

    DeviceRows(MongoDatabase database, RosterConfig config) {
        this.rows = new RowCollection(
                database.collection(RosterSync.DEVICES), config.ingest().lookUpSize());
    }

    RowCollection rows() {
        return rows;
    }
}

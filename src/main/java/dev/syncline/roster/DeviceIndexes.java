package dev.syncline.roster;

import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;

import dev.syncline.ingest.RowCollection;
import dev.syncline.platform.RequiredIndex;
import dev.syncline.platform.RequiredIndexes;

/** What devices and columns are found by. The serial is a device's id, which has its own index. */
@ApplicationScoped
class DeviceIndexes implements RequiredIndexes {
    @Override
    public List<RequiredIndex> indexes() {
        return Stream.concat(
                        Stream.of(
                                        SheetField.ASSIGNED_TO.path(),
                                        SheetField.STATUS.path(),
                                        SheetField.CONDITION.path(),
                                        SheetField.OFFBOARDING_STATUS.path(),
                                        RowCollection.ADDED_BY,
                                        RowCollection.ABSENT_SINCE)
                                .map(DeviceIndexes::by),
                        Stream.of(newest(), legacyIds(), columns(), columnChanges()))
                .toList();
    }

    private static RequiredIndex by(String field) {
        return RequiredIndex.on(RosterSync.DEVICES, "by_" + field, new Document(field, 1).append("_id", 1));
    }

    /** The order that the list of devices has unless another is asked for. */
    private static RequiredIndex newest() {
        return RequiredIndex.on(
                RosterSync.DEVICES,
                "by_" + RowCollection.CHANGED_AT,
                new Document(RowCollection.CHANGED_AT, -1).append("_id", 1));
    }

    /**
     * Not unique, though an id should be one device's: people give one id twice, and that must not end a run (S0-33). A run
     * tells of it instead.
     */
    private static RequiredIndex legacyIds() {
        String id = SheetField.LEGACY_DEVICE_ID.path();
        return RequiredIndex.on(
                RosterSync.DEVICES,
                "by_" + id,
                new Document(id, 1).append(DeviceMapper.SHEET_ID, 1).append("_id", 1));
    }

    private static RequiredIndex columns() {
        return RequiredIndex.on(
                ColumnRegistry.DEFINITIONS, "by_sheet", new Document("sheetId", 1).append("displayOrder", 1));
    }

    private static RequiredIndex columnChanges() {
        return RequiredIndex.on(ColumnRegistry.CHANGES, "by_sheet", new Document("sheetId", 1).append("at", -1));
    }
}

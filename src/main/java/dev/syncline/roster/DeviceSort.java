package dev.syncline.roster;

import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import org.bson.conversions.Bson;

/**
 * The order of the list. Devices that are alike in the field stand in the order of their serials, and those without it come
 * last, whichever way round it is.
 *
 * @param field as it was asked for
 * @param path where the database has it
 */
record DeviceSort(String field, String path, boolean descending) {
    private static final String ID = "_id";

    String direction() {
        return descending ? "desc" : "asc";
    }

    /** The database puts what is missing first, so that only the descending order is the one that we want. */
    boolean needsTwoParts() {
        return !descending && !isSerial();
    }

    Bson order() {
        List<String> fields = isSerial() ? List.of(ID) : List.of(path, ID);
        return descending ? Sorts.descending(fields) : Sorts.ascending(fields);
    }

    static Bson bySerial() {
        return Sorts.ascending(ID);
    }

    Bson having(Bson filter) {
        return Filters.and(filter, Filters.ne(path, null));
    }

    Bson lacking(Bson filter) {
        return Filters.and(filter, Filters.eq(path, null));
    }

    private boolean isSerial() {
        return path.equals(DeviceField.SERIAL.path());
    }
}

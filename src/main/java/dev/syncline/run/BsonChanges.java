package dev.syncline.run;

import java.util.List;
import java.util.Map;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The update that turns one stored form of a document into another, path by path. It names only what differs, so fields that
 * this version of the service does not know stay as they are (C0-57), and a save of progress is a few bytes.
 */
final class BsonChanges {
    private final BsonDocument set = new BsonDocument();
    private final BsonDocument unset = new BsonDocument();

    private BsonChanges() {}

    static BsonDocument between(BsonDocument before, BsonDocument after) {
        BsonChanges changes = new BsonChanges();
        changes.compare("", before, after);
        BsonDocument update = new BsonDocument();
        if (!changes.set.isEmpty()) {
            update.append("$set", changes.set);
        }
        if (!changes.unset.isEmpty()) {
            update.append("$unset", changes.unset);
        }
        return update;
    }

    private void compare(String prefix, BsonDocument before, BsonDocument after) {
        for (Map.Entry<String, BsonValue> field : after.entrySet()) {
            compare(prefix + field.getKey(), before.get(field.getKey()), field.getValue());
        }
        for (String gone : before.keySet()) {
            if (!after.containsKey(gone)) {
                unset.append(prefix + gone, new BsonString(""));
            }
        }
    }

    private void compare(String path, BsonValue before, BsonValue after) {
        if (after.equals(before)) {
            return;
        }
        if (before instanceof BsonDocument was && after instanceof BsonDocument is) {
            compare(path + '.', was, is);
        } else if (before instanceof BsonArray was && after instanceof BsonArray is && grows(was, is)) {
            compare(path + '.', was.getValues(), is.getValues());
        } else {
            set.append(path, after);
        }
    }

    private static boolean grows(BsonArray before, BsonArray after) {
        return !before.isEmpty() && after.size() >= before.size();
    }

    private void compare(String prefix, List<BsonValue> before, List<BsonValue> after) {
        for (int i = 0; i < after.size(); i++) {
            compare(prefix + i, i < before.size() ? before.get(i) : null, after.get(i));
        }
    }
}

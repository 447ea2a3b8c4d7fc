package dev.syncline.platform;

import org.bson.Document;

/** An index that a query or a rule of ours relies on; all of them are made at start (C0-56). */
public record RequiredIndex(String collection, String name, Document keys, boolean unique, boolean sparse) {
    /** An index that only makes queries fast. */
    public static RequiredIndex lookup(String collection, String name, Document keys) {
        return new RequiredIndex(collection, name, keys, false, false);
    }
}

package dev.syncline.writeback;

import java.util.Optional;

import org.bson.Document;

/** What the reference columns of a few records point to, read beforehand. */
interface References {
    /** The text that is shown; empty where the other record, or its field, is missing. */
    Optional<String> find(Column column, Document source);
}

package dev.syncline.writeback;

import java.util.Map;
import java.util.Optional;

import org.bson.Document;

/**
 * What was found of the records that others point to.
 *
 * @param byCollection by the collection, then by the id
 */
record FoundReferences(Map<String, Map<Object, Document>> byCollection) implements References {
    FoundReferences {
        byCollection = Map.copyOf(byCollection);
    }

    @Override
    public Optional<String> find(Column column, Document source) {
        Object id = RecordField.of(source, column.field());
        return id == null ? Optional.empty() : column.reference().flatMap(reference -> shown(reference, id));
    }

    private Optional<String> shown(Column.Reference reference, Object id) {
        return RecordId.find(byCollection.getOrDefault(reference.collection(), Map.of()), id)
                .map(found -> RecordField.of(found, reference.field()))
                .map(CellMapper::text)
                .filter(text -> !text.isEmpty());
    }
}

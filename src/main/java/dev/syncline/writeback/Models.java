package dev.syncline.writeback;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

/** The models that are configured. */
@ApplicationScoped
class Models {
    private final List<Model> all;

    Models(WriteBackConfig config) {
        this.all = List.of(); // TODO part-mapping
    }

    /** In the order of their names. */
    List<Model> all() {
        return all;
    }

    Optional<Model> find(String name) {
        return all.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /** {@code MODEL_UNKNOWN}, naming those that there are. */
    Model get(String name) {
        throw new UnsupportedOperationException("part-mapping");
    }
}

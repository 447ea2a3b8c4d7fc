package dev.syncline.dev.sheets;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call of the API whose caller is known.
 *
 * @param path decoded, behind {@code /v4/spreadsheets}
 * @param verb what stands behind the last colon, such as {@code batchGet}; empty for none
 * @param query as it was given, each parameter with all its values
 * @param body of a call that has none: a missing node. Of a {@code batchGet} or the like its parameters may stand here too
 */
record ApiRequest(
        String method, List<String> path, String verb, Map<String, List<String>> query, JsonNode body, Access access) {

    /** Of the query, or of the body of a call whose options stand there. */
    Optional<String> option(String name) {
        Optional<String> inQuery = all(name).stream().findFirst();
        return inQuery.isPresent()
                ? inQuery
                : Optional.ofNullable(body.path(name).textValue());
    }

    boolean flag(String name) {
        return option(name).filter("true"::equals).isPresent()
                || body.path(name).asBoolean();
    }

    List<String> all(String name) {
        return query.getOrDefault(name, List.of());
    }
}

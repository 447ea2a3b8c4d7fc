package dev.syncline.dev.sheets;

import java.time.Instant;

/**
 * A call that the API got. Tokens are not told.
 *
 * @param path as it was sent, encoded
 * @param query as it was sent, encoded; empty for none
 * @param status that it was answered with; 0 as long as it was not
 */
public record Call(String method, String path, String query, int status, Instant at) {
    Call answered(int newStatus) {
        return new Call(method, path, query, newStatus, at);
    }

    /** Path and query, as a fault's pattern meets it. */
    String target() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    boolean isWrite() {
        boolean readsByPost = path.endsWith(":batchGetByDataFilter") || path.endsWith(":getByDataFilter");
        return !method.equals("GET") && !readsByPost;
    }
}

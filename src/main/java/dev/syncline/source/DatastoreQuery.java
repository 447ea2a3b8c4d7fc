package dev.syncline.source;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The address of CKAN's {@code datastore_search}, page by page. Sorted by {@code _id} unless the address has an order of its
 * own: without one CKAN promises none, and pages would overlap. A limit in the address takes the place of the configured
 * page size; an offset is dropped, since the feed is all rows.
 */
record DatastoreQuery(URI uri, int pageSize) {

    static boolean isPaged(URI uri) {
        return uri.getRawPath() != null && uri.getRawPath().endsWith("/datastore_search");
    }

    URI page(long offset) {
        List<String> parameters = new ArrayList<>();
        boolean hasSort = false;
        boolean hasLimit = false;
        for (String parameter :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            hasSort |= parameter.startsWith("sort=");
            hasLimit |= parameter.startsWith("limit=");
            if (!parameter.isEmpty() && !parameter.startsWith("offset=")) {
                parameters.add(parameter);
            }
        }
        if (!hasSort) {
            parameters.add("sort=_id");
        }
        if (!hasLimit) {
            parameters.add("limit=" + pageSize);
        }
        parameters.add("offset=" + offset);
        String address = uri.toString();
        int end = address.indexOf('?') >= 0 ? address.indexOf('?') : address.length();
        return URI.create(address.substring(0, end) + "?" + String.join("&", parameters));
    }
}

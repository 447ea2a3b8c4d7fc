package dev.syncline.source;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/**
 * An address that may be opened, with the IP addresses that were checked. The connection goes to one of these and the name
 * is not resolved again, since it might then lead elsewhere (DNS rebinding).
 */
record AdmittedUrl(URI uri, List<InetAddress> addresses) {
    AdmittedUrl {
        addresses = List.copyOf(addresses);
    }

    boolean isTls() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    int port() {
        return AllowedHost.of(uri).port();
    }

    /** Path and query as they are sent. */
    String requestTarget() {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}

package dev.syncline.source;

import java.net.InetAddress;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

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

    /** What is done over one of the addresses: the next is tried when no connection to one comes about. */
    <T> Uni<T> overAddresses(Function<InetAddress, Uni<T>> over) {
        return overAddresses(addresses.iterator(), over);
    }

    private static <T> Uni<T> overAddresses(Iterator<InetAddress> addresses, Function<InetAddress, Uni<T>> over) {
        return over.apply(addresses.next())
                .onFailure(failure -> isUnreachable(failure) && addresses.hasNext())
                .recoverWithUni(() -> overAddresses(addresses, over));
    }

    private static boolean isUnreachable(Throwable failure) {
        return failure instanceof SyncException e && e.code() == ErrorCode.SOURCE_UNREACHABLE;
    }
}

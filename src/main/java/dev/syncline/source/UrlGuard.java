package dev.syncline.source;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * Decides which addresses the service opens. The rule, for the first address and for every redirect (C0-44):
 *
 * <ol>
 *   <li>Scheme http or https, no user name, and scheme, host and port are exactly those of an entry of
 *       {@code syncline.http.allowed-hosts}. An empty list allows nothing.
 *   <li>Each IP address that the host resolves to is public; one that is not (loopback, private, link-local, shared,
 *       multicast, reserved) refuses the whole name.
 *   <li>Except: the entry itself is an IP literal; or it is {@code localhost} and the address is a loopback; or it carries
 *       the mark {@code +private}.
 * </ol>
 */
final class UrlGuard {
    private final List<AllowedHost> allowed;
    private final HostResolver resolver;
    private final Duration timeout;

    /** @throws IllegalArgumentException if an entry of the list is not of the form scheme://host[:port][+private] */
    UrlGuard(List<String> allowedHosts, HostResolver resolver, Duration timeout) {
        this.allowed = allowedHosts.stream().map(AllowedHost::parse).toList();
        this.resolver = resolver;
        this.timeout = timeout;
    }

    static UrlGuard of(HttpSettings settings) {
        List<String> allowed = settings.allowedHosts().orElse(List.of());
        return new UrlGuard(allowed, InetAddress::getAllByName, settings.connectTimeout());
    }

    /** Checks an address and resolves its host on a worker; fails with SOURCE_URL_REFUSED or SOURCE_UNREACHABLE. */
    Uni<AdmittedUrl> admit(URI uri) {
        return Uni.createFrom()
                .item(() -> listed(uri))
                .chain(entry -> resolve(uri, entry))
                .ifNoItem()
                .after(timeout)
                .failWith(() -> unreachable(uri, "cannot be resolved in time", null));
    }

    /** The first half of the check, which needs no name server. */
    void requireListed(URI uri) {
        var unused = listed(uri);
    }

    private AllowedHost listed(URI uri) {
        if (!AllowedHost.isWeb(uri) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new SyncException(
                    ErrorCode.SOURCE_URL_REFUSED, "The address must be http or https, with a host and no user name");
        }
        AllowedHost asked = AllowedHost.of(uri);
        return allowed.stream()
                .filter(asked::matches)
                .findFirst()
                .orElseThrow(() -> new SyncException(
                        ErrorCode.SOURCE_URL_REFUSED, asked.origin() + " is not in syncline.http.allowed-hosts"));
    }

    private Uni<AdmittedUrl> resolve(URI uri, AllowedHost entry) {
        return Uni.createFrom()
                .item(() -> new AdmittedUrl(uri, addresses(uri, entry)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private List<InetAddress> addresses(URI uri, AllowedHost entry) {
        List<InetAddress> addresses = List.of(lookup(uri));
        if (addresses.stream().allMatch(entry::permits)) {
            return addresses;
        }
        throw new SyncException(
                ErrorCode.SOURCE_URL_REFUSED,
                entry.origin() + " leads to an address that is not public; list it with +private if that is meant");
    }

    private InetAddress[] lookup(URI uri) {
        try {
            return resolver.resolve(uri.getHost());
        } catch (UnknownHostException e) {
            throw unreachable(uri, "has no address", e);
        }
    }

    private static SyncException unreachable(URI uri, String why, Exception cause) {
        return new SyncException(ErrorCode.SOURCE_UNREACHABLE, "The host " + uri.getHost() + " " + why, cause);
    }
}

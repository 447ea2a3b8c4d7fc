package dev.syncline.source;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One line of the allow-list: {@code scheme://host[:port]}, with {@code +private} behind it when the name may lead to an
 * address that is not public.
 *
 * @param host lower case; an IPv6 address in brackets
 */
record AllowedHost(String scheme, String host, int port, boolean markedPrivate) {
    private static final String MARK = "+private";
    private static final Pattern LITERAL = Pattern.compile("[0-9]+(\\.[0-9]+){3}|\\[[0-9a-f:.]+]");

    static AllowedHost parse(String text) {
        boolean marked = text.endsWith(MARK);
        String origin = marked ? text.substring(0, text.length() - MARK.length()) : text;
        try {
            URI uri = new URI(origin.strip());
            if (isOrigin(uri)) {
                return of(uri, marked);
            }
        } catch (URISyntaxException e) {
            // said below, with the setting's name
        }
        throw new IllegalArgumentException(
                "syncline.http.allowed-hosts: '" + text + "' is not of the form scheme://host[:port][+private]");
    }

    /** The entry that would allow exactly this address. */
    static AllowedHost of(URI uri) {
        return of(uri, false);
    }

    private static AllowedHost of(URI uri, boolean marked) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(scheme);
        return new AllowedHost(scheme, uri.getHost().toLowerCase(Locale.ROOT), port, marked);
    }

    boolean matches(AllowedHost other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port;
    }

    /** Whether a connection to this address is meant by the entry, for the name as well as for what it resolves to. */
    boolean permits(InetAddress address) {
        return PublicAddress.is(address)
                || markedPrivate
                || LITERAL.matcher(host).matches()
                || host.equals("localhost") && address.isLoopbackAddress();
    }

    /** {@code scheme://host:port}, without anything that could be secret. */
    String origin() {
        return scheme + "://" + host + ":" + port;
    }

    static boolean isWeb(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }

    private static boolean isOrigin(URI uri) {
        return isWeb(uri)
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
    }

    private static int defaultPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}

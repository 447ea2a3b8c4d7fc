package dev.syncline.identity;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;

/**
 * Where a request comes from. {@code X-Forwarded-For} is believed from trusted proxies alone, and read from its end: what a
 * client wrote into it itself stands before what the proxies added.
 */
@Singleton
class ClientAddress {
    private static final String UNKNOWN = "unknown";
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]*)](?::\\d{1,5})?|([^:]*):\\d{1,5}");
    /** Without brackets and zone, in which anything could stand. */
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+");

    private final List<IpSubnetFilterRule> trusted;

    ClientAddress(IdentityConfig config) {
        trusted = config.trustedProxies().orElse(List.of()).stream()
                .map(ClientAddress::network)
                .toList();
    }

    /** {@code IllegalArgumentException} with a text for a person if it is neither an address nor a network. */
    static IpSubnetFilterRule network(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            if (!isAddress(address)) {
                throw new IllegalArgumentException("not an IP address");
            }
            int bits = slash < 0 ? longest(address) : Integer.parseInt(text.substring(slash + 1));
            return new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "syncline.identity.trusted-proxies: \"" + text
                            + "\" must be an address or a network such as 10.0.0.0/8",
                    e);
        }
    }

    private static int longest(String address) {
        return NetUtil.isValidIpV4Address(address) ? 32 : 128;
    }

    private static boolean isAddress(String text) {
        return NetUtil.isValidIpV4Address(text)
                || (NetUtil.isValidIpV6Address(text) && IPV6.matcher(text).matches());
    }

    String of(HttpServerRequest request) {
        var peer = request.connection().remoteAddress();
        String address = peer == null || peer.hostAddress() == null ? UNKNOWN : peer.hostAddress();
        List<String> hops = new ArrayList<>();
        request.headers().getAll("X-Forwarded-For").forEach(header -> hops.addAll(List.of(header.split(","))));
        for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
            String hop = withoutPort(hops.get(i).strip());
            if (!isAddress(hop)) {
                break;
            }
            address = hop;
        }
        return address;
    }

    /** Some proxies write {@code 192.0.2.1:5678} and {@code [2001:db8::1]:5678}. */
    private static String withoutPort(String hop) {
        Matcher withPort = WITH_PORT.matcher(hop);
        return withPort.matches() ? Objects.requireNonNullElse(withPort.group(1), withPort.group(2)) : hop;
    }

    private boolean isTrusted(String address) {
        if (trusted.isEmpty() || !isAddress(address)) {
            return false;
        }
        var socket = new InetSocketAddress(address, 0);
        return trusted.stream().anyMatch(network -> network.matches(socket));
    }
}

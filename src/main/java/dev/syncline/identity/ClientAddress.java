package dev.syncline.identity;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

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
        return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text);
    }

    String of(HttpServerRequest request) {
        var peer = request.connection().remoteAddress();
        String address = peer == null || peer.hostAddress() == null ? UNKNOWN : peer.hostAddress();
        List<String> hops = new ArrayList<>();
        request.headers().getAll("X-Forwarded-For").forEach(header -> hops.addAll(List.of(header.split(","))));
        for (int i = hops.size() - 1;
                i >= 0 && isTrusted(address) && isAddress(hops.get(i).strip());
                i--) {
            address = hops.get(i).strip();
        }
        return address;
    }

    private boolean isTrusted(String address) {
        if (trusted.isEmpty() || !isAddress(address)) {
            return false;
        }
        var socket = new InetSocketAddress(address, 0);
        return trusted.stream().anyMatch(network -> network.matches(socket));
    }
}

package dev.syncline.identity;

import java.util.Set;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * Refuses a write that somebody else's page makes a visitor's browser send (C0-42). A browser says where a write comes from:
 * by {@code Sec-Fetch-Site} over https and on localhost, by {@code Origin} always. What does not come from our own origin has
 * to carry a header that a foreign page cannot add without asking first ({@code quarkus.http.cors}), and only the pages that
 * the configuration names are told that they may. Callers that are no browser send neither, and carry no cookie that a page
 * could misuse.
 */
class ForeignPages {
    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OURS = Set.of("same-origin", "none");

    @ServerRequestFilter
    void refuse(ContainerRequestContext request) {
        boolean isWrite = !READS.contains(request.getMethod());
        boolean isAsked = request.getHeaderString("X-Requested-With") != null;
        if (isWrite && !isAsked && mayBeForeign(request)) {
            throw new SyncException(
                    ErrorCode.FORBIDDEN, "a browser may write from our own pages alone; others send X-Requested-With");
        }
    }

    private static boolean mayBeForeign(ContainerRequestContext request) {
        @Nullable String site = request.getHeaderString("Sec-Fetch-Site");
        return site == null ? request.getHeaderString("Origin") != null : !OURS.contains(site);
    }
}

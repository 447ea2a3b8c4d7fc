package dev.syncline.platform;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** No body is of no type: forms without fields and {@code curl -d ''} name one all the same, which nothing could read. */
class EmptyBodies {
    @ServerRequestFilter(preMatching = true)
    void forgetType(ContainerRequestContext request) {
        if (request.getLength() == 0) {
            request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        }
    }
}

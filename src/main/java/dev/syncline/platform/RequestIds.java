package dev.syncline.platform;

import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The id of each request (C0-30): the caller's {@code x-request-id} when it is 1 to 64 safe characters, else a new one. It
 * stands in the answer, in the run that the request starts and in every log line of the work.
 */
@ApplicationScoped
public class RequestIds {
    private static final String HEADER = "x-request-id";
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
    private static final int BEFORE_ALL_OTHERS = 10_000;

    private final Ids ids;
    private final CurrentVertxRequest request;

    RequestIds(Ids ids, CurrentVertxRequest request) {
        this.ids = ids;
        this.request = request;
    }

    void register(@Observes Filters filters) {
        filters.register(this::identify, BEFORE_ALL_OTHERS);
    }

    private void identify(RoutingContext context) {
        MDC.put("requestId", of(context));
        context.next();
    }

    /** The id of the request that is being served. */
    public String current() {
        @Nullable RoutingContext context = request.getCurrent();
        return Optional.ofNullable(context).map(this::of).orElseGet(ids::next);
    }

    /** The id of a request, which is given to it when it is first asked for. */
    public String of(RoutingContext context) {
        String known = context.get(HEADER);
        return known == null ? assigned(context) : known;
    }

    private String assigned(RoutingContext context) {
        String given = context.request().getHeader(HEADER);
        String id = given != null && SAFE.matcher(given).matches() ? given : ids.next();
        context.put(HEADER, id);
        context.response().putHeader(HEADER, id);
        return id;
    }
}

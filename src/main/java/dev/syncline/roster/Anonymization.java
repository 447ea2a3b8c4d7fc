package dev.syncline.roster;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Whether the caller has people's names hidden. */
@ApplicationScoped
class Anonymization {
    static final String COOKIE = "syncline_anonymized";

    private final CurrentVertxRequest current;

    Anonymization(CurrentVertxRequest current) {
        this.current = current;
    }

    /** Off where nobody asks. */
    boolean on() {
        @Nullable RoutingContext request = current.getCurrent();
        return Optional.ofNullable(request)
                .map(known -> known.request().getCookie(COOKIE))
                .map(Cookie::getValue)
                .filter("true"::equals)
                .isPresent();
    }
}

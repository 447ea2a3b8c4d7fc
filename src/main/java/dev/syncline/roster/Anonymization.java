package dev.syncline.roster;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Whether who asks has anonymization switched on, and what they see then. Ask within the request. */
@ApplicationScoped
class Anonymization {
    private final CurrentVertxRequest request;
    private final Optional<Anonymizer> anonymizer;

    Anonymization(CurrentVertxRequest request, RosterConfig config) {
        this.request = request;
        this.anonymizer = config.anonymizationKey().map(Anonymizer::new);
    }

    /** Off where nobody asks, as for a run by schedule. */
    boolean on() {
        return cookie().map(AnonymizationCookie::enabled).orElse(false);
    }

    /** As the caller's browser has it; empty where the switch was never used. */
    Optional<AnonymizationCookie> cookie() {
        @Nullable RoutingContext current = request.getCurrent();
        return Optional.ofNullable(current)
                .map(asked -> asked.request().getCookie(AnonymizationCookie.NAME))
                .map(Cookie::getValue)
                .flatMap(AnonymizationCookie::parse);
    }

    /** What the caller sees; {@code CONFIG_MISSING} if placeholders are asked for and cannot be made. */
    Veil veil() {
        return on() ? anonymizer() : Veil.LIFTED;
    }

    /** {@code CONFIG_MISSING} without a key. */
    Anonymizer anonymizer() {
        return anonymizer.orElseThrow(() -> new SyncException(
                ErrorCode.CONFIG_MISSING,
                "anonymization needs a key, and syncline.roster.anonymization-key is not set"));
    }
}

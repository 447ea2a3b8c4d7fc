package dev.syncline.identity;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcRequestFilter;
import io.smallrye.mutiny.Uni;

/**
 * How long the identity provider may take to answer. quarkus-oidc bounds only how long a connection takes: a provider that
 * accepts and is silent would keep callers waiting, and its few connections busy, for ever.
 */
@Unremovable
@ApplicationScoped
class ProviderPatience implements OidcRequestFilter {
    /** More than {@code quarkus.oidc.connection-timeout}: at the start, that one says that we go on without the provider. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Override
    public Uni<Void> filter(OidcRequestFilterContext call) {
        return Uni.createFrom()
                .item(() -> call.request().timeout(ANSWER.toMillis()))
                .replaceWithVoid();
    }
}

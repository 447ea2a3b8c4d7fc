package dev.syncline.identity;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means that the identity provider was reached once: without its keys nobody can be recognised. When it goes away later,
 * those keys go on, and so does this process.
 */
@Readiness
@ApplicationScoped
class IdentityReadiness implements AsyncHealthCheck {
    private static final String NAME = "identity";

    private final ProviderReach provider;

    IdentityReadiness(ProviderReach provider) {
        this.provider = provider;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return provider.isGiven()
                .map(given -> given
                        ? HealthCheckResponse.up(NAME)
                        : HealthCheckResponse.named(NAME)
                                .down()
                                .withData("reason", "the identity provider does not answer")
                                .build());
    }
}

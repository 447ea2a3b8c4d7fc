package dev.syncline.identity;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
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
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final TenantConfigBean tenants;

    IdentityReadiness(TenantConfigBean tenants) {
        this.tenants = tenants;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return tenants.getDefaultTenant()
                .initialize()
                .map(TenantConfigContext::ready)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(false)
                .map(ready -> ready
                        ? HealthCheckResponse.up(NAME)
                        : HealthCheckResponse.named(NAME)
                                .down()
                                .withData("reason", "the identity provider does not answer")
                                .build());
    }
}

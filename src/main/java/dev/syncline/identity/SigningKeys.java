package dev.syncline.identity;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.oidc.runtime.OidcProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * Asks the identity provider once a minute which keys it signs with, so that a key that was withdrawn there is believed here no
 * longer: by itself Quarkus asks when a token names a key that it does not know, and never forgets one. While the provider is
 * away the known keys go on.
 */
@ApplicationScoped
class SigningKeys {
    /** Checking it fails, after the keys were asked for. */
    private static final String NO_TOKEN = "";

    private final TenantConfigBean tenants;

    SigningKeys(TenantConfigBean tenants) {
        this.tenants = tenants;
    }

    @Scheduled(every = "60S", delayed = "60S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        TenantConfigContext tenant = tenants.getDefaultTenant();
        @Nullable OidcProvider provider = tenant.ready() ? tenant.provider() : null;
        if (provider == null || provider.getMetadata() == null) {
            return Uni.createFrom().voidItem();
        }
        return provider.refreshJwksAndVerifyJwtToken(NO_TOKEN, true, true, null)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}

package dev.syncline.dev;

import java.util.Optional;

import jakarta.inject.Singleton;

import io.quarkus.arc.profile.UnlessBuildProfile;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Leads the service to the development provider, unless another one is configured. */
@Singleton
@UnlessBuildProfile("prod")
class DevTenant implements TenantConfigResolver {
    private static final String ID = "development";

    private final OidcConfig config;
    private final boolean isConfigured;

    DevTenant(OidcConfig config, @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> provider) {
        this.config = config;
        this.isConfigured = provider.isPresent();
    }

    /** At the port that the request came to: the one that the provider is at too. */
    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
        return isConfigured
                ? Uni.createFrom().nullItem()
                : Uni.createFrom()
                        .item(() -> development(request.request().localAddress().port()));
    }

    private OidcTenantConfig development(int port) {
        return OidcTenantConfig.builder(config.namedTenants().get(OidcConfig.DEFAULT_TENANT_KEY))
                .tenantId(ID)
                .authServerUrl(DevIdentityResource.issuer(port))
                .tenantEnabled(true)
                .credentials(ID)
                .build();
    }
}

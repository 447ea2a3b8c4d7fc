package dev.syncline.identity;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.smallrye.mutiny.Uni;

/**
 * Whether the identity provider was reached once, so that there are keys to recognise anybody with. Left alone, quarkus-oidc
 * would try again with each request: a provider that is away would be asked as often as we are.
 */
@ApplicationScoped
class ProviderReach {
    /** A cluster's probe waits no longer, by default. */
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private final TenantConfigBean tenants;
    /** By {@link System#nanoTime}. */
    private final AtomicLong nextTry = new AtomicLong(System.nanoTime());

    ProviderReach(TenantConfigBean tenants) {
        this.tenants = tenants;
    }

    /** Never fails; tries once more if nobody has just done so. */
    Uni<Boolean> isGiven() {
        return Uni.createFrom().deferred(() -> {
            TenantConfigContext tenant = tenants.getDefaultTenant();
            return tenant.ready() || !mayTry() ? Uni.createFrom().item(tenant::ready) : attempt(tenant);
        });
    }

    private boolean mayTry() {
        long now = System.nanoTime();
        long due = nextTry.get();
        return now - due >= 0 && nextTry.compareAndSet(due, now + BETWEEN_TRIES.toNanos());
    }

    /** It goes on, for those who come later, when who began it waits no more. */
    private static Uni<Boolean> attempt(TenantConfigContext tenant) {
        return tenant.initialize()
                .map(TenantConfigContext::ready)
                .onFailure()
                .recoverWithItem(false)
                .memoize()
                .indefinitely()
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithItem(false);
    }
}

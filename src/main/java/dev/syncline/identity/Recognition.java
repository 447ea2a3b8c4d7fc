package dev.syncline.identity;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.AuthenticationException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** From what a request carries to the account that it stands for: a machine's secret, a bearer token, or a session. */
@ApplicationScoped
class Recognition {
    private static final Duration PROVIDER_MAY_BE_BACK = Duration.ofSeconds(5);
    private static final Pattern SIGNED =
            Pattern.compile("Bearer [\\w-]+\\.[\\w-]+\\.[\\w-]+", Pattern.CASE_INSENSITIVE);

    private final MachineSecrets machines;
    private final ProviderReach provider;
    private final Accounts accounts;

    Recognition(MachineSecrets machines, ProviderReach provider, Accounts accounts) {
        this.machines = machines;
        this.provider = provider;
        this.accounts = accounts;
    }

    boolean isMachine(RoutingContext request) {
        return machines.of(request.request()).isPresent();
    }

    /** Fails with the refusal if nobody is recognised, or whoever it is may not come in. */
    Uni<Account> account(RoutingContext request, Uni<SecurityIdentity> identity) {
        if (request.request().headers().getAll(HttpHeaders.AUTHORIZATION).size() > 1) {
            return Uni.createFrom()
                    .failure(new SyncException(
                            ErrorCode.INVALID_REQUEST, "there is more than one Authorization header"));
        }
        Optional<Machine> machine = machines.of(request.request());
        if (machine.isPresent()) {
            return Uni.createFrom().item(Account.of(machine.get()));
        }
        if (!mayBeSigned(request.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            return Uni.createFrom().failure(new RefusedException(Refusal.TOKEN_INVALID, null));
        }
        // What an unknown caller is told is ours to say: no redirect, no challenge, no bare status.
        request.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        return recognised(identity)
                .onFailure()
                .transform(failure -> unknown(request, failure))
                .chain(accounts::admit)
                .onFailure(DatabaseFailures::isConnectivity)
                .transform(DatabaseFailures::unavailable);
    }

    /** What has not the form of a signed token needs no further look; quarkus-oidc takes some of it for a provider's failure. */
    private static boolean mayBeSigned(@Nullable String authorization) {
        return authorization == null || SIGNED.matcher(authorization).matches();
    }

    /** The identity as Quarkus finds it; fails if the provider was never reached. */
    Uni<SecurityIdentity> recognised(Uni<SecurityIdentity> identity) {
        return provider.isGiven()
                .chain(given -> given
                        ? identity
                        : Uni.createFrom().failure(() -> new ConnectException("the provider was never reached")));
    }

    private static SyncException unknown(RoutingContext request, Throwable failure) {
        if (failure instanceof AuthenticationException) {
            boolean isBearer = request.request().headers().contains(HttpHeaders.AUTHORIZATION);
            return new RefusedException(isBearer ? Refusal.TOKEN_INVALID : Refusal.SESSION_INVALID, null);
        }
        return providerAway(failure);
    }

    static SyncException providerAway(Throwable failure) {
        return new SyncException(
                ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE,
                "the identity provider cannot be reached, so nobody can be recognised",
                failure,
                PROVIDER_MAY_BE_BACK);
    }
}

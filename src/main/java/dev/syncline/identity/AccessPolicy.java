package dev.syncline.identity;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.AuthenticationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.RequestIds;
import dev.syncline.platform.SyncException;

/**
 * The gate: every request passes here before anything of ours sees it. Nobody who may not is told more than that, and what the
 * table does not know is served to nobody.
 */
@ApplicationScoped
class AccessPolicy implements HttpSecurityPolicy {
    private static final Duration PROVIDER_MAY_BE_BACK = Duration.ofSeconds(5);
    private static final String API = "/api/";
    private static final String UNKNOWN = "unknown";
    private static final Pattern SIGNED =
            Pattern.compile("Bearer [\\w-]+\\.[\\w-]+\\.[\\w-]+", Pattern.CASE_INSENSITIVE);

    private final AccessTable table;
    private final MachineSecrets machines;
    private final ProviderReach provider;
    private final Accounts accounts;
    private final Refusals refusals;
    private final ClientAddress addresses;
    private final RequestIds requestIds;

    AccessPolicy(
            AccessTable table,
            MachineSecrets machines,
            ProviderReach provider,
            Accounts accounts,
            Refusals refusals,
            ClientAddress addresses,
            RequestIds requestIds) {
        this.table = table;
        this.machines = machines;
        this.provider = provider;
        this.accounts = accounts;
        this.refusals = refusals;
        this.addresses = addresses;
        this.requestIds = requestIds;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext unused) {
        if (request.request().method().equals(HttpMethod.OPTIONS)) {
            return CheckResult.permit();
        }
        String path = request.normalizedPath();
        AccessTable.Place place = table.at(path);
        @Nullable AccessRule rule = place.rules().get(method(request));
        Uni<CheckResult> result =
                rule == null ? nowhere(request, identity, place) : pass(request, identity, rule, place);
        return onOwnContext(result.onFailure(RefusedException.class)
                .call(failure -> note(request, place, (RefusedException) failure)));
    }

    /**
     * What several requests wait for, and what took too long, comes on somebody else's context. A request that went on there
     * would take itself for another one.
     */
    private static <T> Uni<T> onOwnContext(Uni<T> awaited) {
        Context own = Vertx.currentContext();
        return awaited.emitOn(work -> {
            if (Vertx.currentContext() == own) {
                work.run();
            } else {
                own.runOnContext(unused -> work.run());
            }
        });
    }

    private static String method(RoutingContext request) {
        HttpMethod method = request.request().method();
        if (method.equals(HttpMethod.HEAD)) {
            return HttpMethod.GET.name();
        }
        return HttpMethod.values().contains(method) ? method.name() : UNKNOWN;
    }

    /** Under {@code /api/} even what does not exist is told to those alone who are known. */
    private Uni<CheckResult> nowhere(RoutingContext request, Uni<SecurityIdentity> identity, AccessTable.Place place) {
        Uni<?> known = request.normalizedPath().startsWith(API)
                ? account(request, identity)
                : Uni.createFrom().voidItem();
        return known.invoke(() -> refuse(request, place)).replaceWith(CheckResult.DENY);
    }

    private static void refuse(RoutingContext request, AccessTable.Place place) {
        if (place.rules().isEmpty()) {
            throw new SyncException(ErrorCode.NOT_FOUND, ErrorCode.NOT_FOUND.title());
        }
        request.response()
                .putHeader(
                        HttpHeaders.ALLOW,
                        String.join(", ", new TreeSet<>(place.rules().keySet())));
        throw new SyncException(ErrorCode.METHOD_NOT_ALLOWED, ErrorCode.METHOD_NOT_ALLOWED.title());
    }

    private Uni<CheckResult> pass(
            RoutingContext request, Uni<SecurityIdentity> identity, AccessRule rule, AccessTable.Place place) {
        return switch (rule.kind()) {
            case OPEN -> CheckResult.permit();
            case LOG_IN -> logIn(request, identity, place);
            case KNOWN_IF_LOGGED_IN ->
                account(request, identity)
                        .invoke(account -> Caller.put(request, account))
                        .replaceWith(CheckResult.PERMIT)
                        .onFailure(SyncException.class)
                        .recoverWithItem(failure -> {
                            Caller.putProblem(request, (SyncException) failure);
                            return CheckResult.PERMIT;
                        });
            case ROLE ->
                account(request, identity, rule)
                        .invoke(account -> check(account, rule))
                        .invoke(account -> Caller.put(request, account))
                        .replaceWith(CheckResult.PERMIT);
        };
    }

    private static void check(Account account, AccessRule rule) {
        if (!rule.admits(account)) {
            throw new RefusedException(reason(account, rule), account.name());
        }
    }

    private static Refusal reason(Account account, AccessRule rule) {
        if (account.role() == null && account.machine() == null) {
            return Refusal.ROLE_MISSING;
        }
        return rule.least() == Role.lead ? Refusal.LEAD_REQUIRED : Refusal.ROLE_INSUFFICIENT;
    }

    private Uni<Account> account(RoutingContext request, Uni<SecurityIdentity> identity, AccessRule rule) {
        if (rule.least() == null && machines.of(request.request()).isEmpty()) {
            return Uni.createFrom().failure(new RefusedException(Refusal.SECRET_INVALID, null));
        }
        return account(request, identity);
    }

    private Uni<Account> account(RoutingContext request, Uni<SecurityIdentity> identity) {
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

    private Uni<SecurityIdentity> recognised(Uni<SecurityIdentity> identity) {
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

    private static SyncException providerAway(Throwable failure) {
        return new SyncException(
                ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE,
                "the identity provider cannot be reached, so nobody can be recognised",
                failure,
                PROVIDER_MAY_BE_BACK);
    }

    /** The redirects are Quarkus' own; what goes wrong on the way is told by the page that the browser comes back to. */
    private Uni<CheckResult> logIn(RoutingContext request, Uni<SecurityIdentity> identity, AccessTable.Place place) {
        BiConsumer<RoutingContext, Throwable> own = request.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        BiConsumer<RoutingContext, Throwable> redirects = (context, failure) -> {
            if (failure instanceof AuthenticationRedirectException) {
                own.accept(context, failure);
            }
        };
        request.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, redirects);
        return recognised(identity)
                .onFailure(AuthenticationFailedException.class)
                .recoverWithNull()
                .chain(known -> known == null || known.isAnonymous() ? challenge(request) : arrive(request, known))
                .onFailure(RefusedException.class)
                .call(failure -> note(request, place, (RefusedException) failure))
                .onFailure(failure -> !(failure instanceof AuthenticationRedirectException))
                .recoverWithItem(failure -> {
                    Caller.putProblem(request, loginProblem(failure));
                    return CheckResult.PERMIT;
                });
    }

    private static SyncException loginProblem(Throwable failure) {
        if (failure instanceof SyncException known) {
            return known;
        }
        return failure instanceof AuthenticationException
                ? new RefusedException(Refusal.SESSION_INVALID, null)
                : providerAway(failure);
    }

    private Uni<CheckResult> arrive(RoutingContext request, SecurityIdentity known) {
        return accounts.admit(known)
                .invoke(account -> Caller.put(request, account))
                .replaceWith(CheckResult.PERMIT);
    }

    /** Sends the browser to the provider; nothing comes after that. */
    private static Uni<CheckResult> challenge(RoutingContext request) {
        HttpAuthenticator authenticator = request.get(HttpAuthenticator.class.getName());
        return authenticator.sendChallenge(request).chain(sent -> {
            var unused = request.response().end();
            return Uni.createFrom().nothing();
        });
    }

    private Uni<Void> note(RoutingContext request, AccessTable.Place place, RefusedException refused) {
        String operation = method(request) + " " + (place.rules().isEmpty() ? UNKNOWN : place.template());
        Refusals.Kind kind = new Refusals.Kind(
                refused.reason(),
                operation,
                addresses.of(request.request()),
                refused.who().orElse(""));
        return refusals.note(kind, requestIds.of(request));
    }
}

package dev.syncline.identity;

import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.RequestIds;
import dev.syncline.platform.SyncException;

/**
 * The gate: every request passes here before anything of ours sees it. Nobody who may not is told more than that, and what the
 * table does not know is served to nobody.
 */
@ApplicationScoped
class AccessPolicy implements HttpSecurityPolicy {
    private static final String API = "/api/";
    private static final String UNKNOWN = "unknown";

    private final AccessTable table;
    private final Recognition recognition;
    private final LogIn logIn;
    private final Refusals refusals;
    private final ClientAddress addresses;
    private final RequestIds requestIds;

    AccessPolicy(
            AccessTable table,
            Recognition recognition,
            LogIn logIn,
            Refusals refusals,
            ClientAddress addresses,
            RequestIds requestIds) {
        this.table = table;
        this.recognition = recognition;
        this.logIn = logIn;
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
                ? recognition.account(request, identity)
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
            case LOG_IN -> logIn.pass(request, identity, failure -> note(request, place, failure));
            case KNOWN_IF_LOGGED_IN ->
                recognition
                        .account(request, identity)
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
        if (rule.least() == null && !recognition.isMachine(request)) {
            return Uni.createFrom().failure(new RefusedException(Refusal.SECRET_INVALID, null));
        }
        return recognition.account(request, identity);
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

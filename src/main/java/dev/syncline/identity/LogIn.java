package dev.syncline.identity;

import java.util.function.BiConsumer;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.oidc.SecurityEvent;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy.CheckResult;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

import dev.syncline.platform.SyncException;

/** The way of a browser to the provider and back. What goes wrong on it is told by the page that the browser comes back to. */
@ApplicationScoped
class LogIn {
    private final Recognition recognition;
    private final Accounts accounts;

    LogIn(Recognition recognition, Accounts accounts) {
        this.recognition = recognition;
        this.accounts = accounts;
    }

    /** @param note records that somebody was refused */
    Uni<CheckResult> pass(
            RoutingContext request, Uni<SecurityIdentity> identity, Function<RefusedException, Uni<Void>> note) {
        leaveRedirectsToQuarkus(request);
        return (isBrowser(request) ? session(request, identity) : notABrowser())
                .onFailure(RefusedException.class)
                .call(failure -> note.apply((RefusedException) failure))
                .onFailure(failure -> !(failure instanceof AuthenticationRedirectException))
                .recoverWithItem(failure -> {
                    Caller.putProblem(request, problem(failure));
                    return CheckResult.PERMIT;
                });
    }

    private static boolean isBrowser(RoutingContext request) {
        return !request.request().headers().contains(HttpHeaders.AUTHORIZATION);
    }

    /** Who has a token needs no session, and gets none. */
    private static Uni<CheckResult> notABrowser() {
        return Uni.createFrom().failure(() -> new RefusedException(Refusal.SESSION_MISSING, null));
    }

    private static void leaveRedirectsToQuarkus(RoutingContext request) {
        BiConsumer<RoutingContext, Throwable> own = request.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        BiConsumer<RoutingContext, Throwable> redirects = (context, failure) -> {
            if (failure instanceof AuthenticationRedirectException) {
                own.accept(context, failure);
            }
        };
        request.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, redirects);
    }

    private Uni<CheckResult> session(RoutingContext request, Uni<SecurityIdentity> identity) {
        return recognition
                .recognised(identity)
                .onFailure(AuthenticationFailedException.class)
                .recoverWithNull()
                .chain(known -> known == null || known.isAnonymous() ? challenge(request) : arrive(request, known));
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

    private static SyncException problem(Throwable failure) {
        if (failure instanceof SyncException known) {
            return known;
        }
        return failure instanceof AuthenticationException
                ? new RefusedException(Refusal.SESSION_INVALID, null)
                : Recognition.providerAway(failure);
    }

    /** A code was exchanged for tokens just now: of all that comes to {@code /login} this alone is somebody who logs in. */
    void loggedIn(@Observes SecurityEvent event) {
        if (event.getEventType() == SecurityEvent.Type.OIDC_LOGIN) {
            RoutingContext request = event.getSecurityIdentity().getAttribute(RoutingContext.class.getName());
            Caller.putLoggedIn(request);
        }
    }
}

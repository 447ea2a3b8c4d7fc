package dev.syncline.identity;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Who makes the request that is being served, as the gate has found out. Ask within the request. */
@ApplicationScoped
public class Caller {
    private static final String ACCOUNT = Account.class.getName();

    private static final String PROBLEM = SyncException.class.getName();

    private static final String LOGGED_IN = Caller.class.getName() + ".loggedIn";

    private final CurrentVertxRequest current;
    private final ClientAddress addresses;

    Caller(CurrentVertxRequest current, ClientAddress addresses) {
        this.current = current;
        this.addresses = addresses;
    }

    static void put(RoutingContext request, Account account) {
        request.put(ACCOUNT, account);
    }

    static void putProblem(RoutingContext request, SyncException problem) {
        request.put(PROBLEM, problem);
    }

    static void putLoggedIn(RoutingContext request) {
        request.put(LOGGED_IN, true);
    }

    /** Whether the caller has logged in with this very request. */
    boolean hasJustLoggedIn() {
        return Optional.ofNullable(current.getCurrent())
                .map(request -> request.<Boolean>get(LOGGED_IN))
                .orElse(false);
    }

    /** Why nobody is known on a page that serves everybody; none where somebody is. */
    public Optional<SyncException> problem() {
        return Optional.ofNullable(current.getCurrent()).map(request -> request.get(PROBLEM));
    }

    /**
     * Somebody who is known to the identity provider and not let in here.
     *
     * @param nextStep what a person can do about it
     */
    public record Refused(String who, String why, String nextStep, int status) {}

    /** Who was recognised and not let in, on a page that serves everybody. */
    public Optional<Refused> refused() {
        Optional<Refused> withoutRole = known().filter(account -> account.role() == null && account.machine() == null)
                .map(account -> refused(Refusal.ROLE_MISSING, account.name()));
        return withoutRole.or(() -> problem()
                .filter(RefusedException.class::isInstance)
                .map(RefusedException.class::cast)
                .filter(problem -> problem.code() != ErrorCode.UNAUTHENTICATED)
                .map(problem -> refused(problem.reason(), problem.who().orElse(""))));
    }

    private static Refused refused(Refusal reason, String who) {
        return new Refused(
                who, reason.detail(), reason.nextStep(), reason.code().status());
    }

    /** None where nobody had to say who they are, or nobody did. */
    public Optional<Account> known() {
        return Optional.ofNullable(current.getCurrent()).map(request -> request.get(ACCOUNT));
    }

    /** {@code UNAUTHENTICATED} where nobody is known, which no operation of a role ever sees. */
    public Account account() {
        return known().orElseThrow(() -> new SyncException(ErrorCode.UNAUTHENTICATED, "nobody is logged in"));
    }

    /** For what only its sync knows to be for more than who may ask; refused in the words of the gate. */
    public void require(Role least) {
        Account account = account();
        if (!account.is(least)) {
            throw new RefusedException(Refusal.ROLE_INSUFFICIENT, account.name());
        }
    }

    /** The name that stands in runs and audit records. */
    public String name() {
        return account().name();
    }

    /** The address that the request comes from; none outside of a request. */
    Optional<String> address() {
        @Nullable RoutingContext request = current.getCurrent();
        return Optional.ofNullable(request).map(r -> addresses.of(r.request()));
    }
}

package dev.syncline.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** From a token that the identity provider has signed to an account of ours, or to the reason why there is none. */
@ApplicationScoped
public class Accounts {
    /** What providers call the client that a token was given to. */
    private static final List<String> CLIENT_CLAIMS = List.of("azp", "client_id", "cid", "appid");

    /** What providers tell of a person's log-in alone, and never of a client that calls in its own name. */
    private static final List<String> LOG_IN_CLAIMS = List.of("sid", "auth_time", "uid");

    private final IdentityConfig config;
    private final Admissions admissions;
    private final Allowlist people;
    private final Clock clock;
    private final Set<String> domains;
    private final Set<String> clients;
    private final Map<Role, List<String>> roleNames;

    Accounts(IdentityConfig config, Admissions admissions, Allowlist people, Clock clock) {
        this.config = config;
        this.admissions = admissions;
        this.people = people;
        this.clock = clock;
        this.domains = Email.domains(config);
        this.clients = Set.copyOf(config.clients().orElse(List.of()));
        this.roleNames = Map.of(
                Role.viewer, config.roles().viewer(),
                Role.manager, config.roles().manager(),
                Role.lead, config.roles().lead(),
                Role.admin, config.roles().admin());
    }

    /** Fails with the refusal if the identity may not come in. */
    Uni<Account> admit(SecurityIdentity identity) {
        return Uni.createFrom()
                .item(() -> account(identity))
                .call(account -> admissions.now().invoke(now -> check(account, now)))
                .call(account -> account.isPerson()
                        ? people.remember(account)
                        : Uni.createFrom().voidItem());
    }

    /**
     * Whether an account that was admitted still is: its token has not ended, nor its session, nor its place on the list
     * (C0-26). While the database cannot be asked, what was true goes on.
     */
    public Uni<Boolean> holds(Account account) {
        if (account.expiresAt() != null && !clock.instant().isBefore(account.expiresAt())) {
            return Uni.createFrom().item(false);
        }
        return admissions
                .now()
                .map(current -> refusal(account, current).isEmpty())
                .onFailure()
                .recoverWithItem(true);
    }

    private void check(Account account, Admissions.Snapshot now) {
        refusal(account, now).ifPresent(reason -> {
            throw new RefusedException(reason, account.name());
        });
    }

    private static Optional<Refusal> refusal(Account account, Admissions.Snapshot now) {
        if (now.isEnded(account.session())) {
            return Optional.of(Refusal.SESSION_ENDED);
        }
        if (!account.isPerson()) {
            return Optional.empty();
        }
        return now.emails()
                .map(emails -> emails.contains(account.name())
                        ? Optional.<Refusal>empty()
                        : Optional.of(Refusal.NOT_ALLOWLISTED))
                .orElse(Optional.of(Refusal.CONFIG_MISSING));
    }

    private Account account(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new RefusedException(Refusal.SESSION_MISSING, null);
        }
        if (token.getSubject() == null) {
            throw new RefusedException(Refusal.USER_MISSING, null);
        }
        return new Account(
                token.getSubject(),
                name(token, isBrowser(identity)),
                role(identity.getRoles()),
                null,
                session(identity).orElse(null),
                Instant.ofEpochSecond(token.getExpirationTime()));
    }

    private String name(JsonWebToken token, boolean isBrowser) {
        String email = token.getClaim("email") instanceof String given ? Email.normalised(given) : "";
        // A person does not become a client by having no address.
        boolean isPerson = isBrowser || LOG_IN_CLAIMS.stream().anyMatch(token.getClaimNames()::contains);
        if (email.isEmpty() && !isPerson) {
            return "client:" + client(token);
        }
        if (!Email.isAddress(email)) {
            throw new RefusedException(Refusal.EMAIL_MISSING, null);
        }
        if (config.requireVerifiedEmail() && !isTrue(token.getClaim("email_verified"))) {
            throw new RefusedException(Refusal.EMAIL_UNVERIFIED, email);
        }
        if (!domains.isEmpty() && !domains.contains(Email.domain(email))) {
            throw new RefusedException(Refusal.DOMAIN_REJECTED, email);
        }
        return email;
    }

    /** Some providers send it as text. */
    private static boolean isTrue(@Nullable Object claim) {
        return claim != null && claim.toString().equals("true");
    }

    private String client(JsonWebToken token) {
        String client = CLIENT_CLAIMS.stream()
                .flatMap(claim -> token.getClaim(claim) instanceof String name ? Stream.of(name) : Stream.empty())
                .findFirst()
                .orElseThrow(() -> new RefusedException(Refusal.EMAIL_MISSING, null));
        if (!clients.contains(client)) {
            throw new RefusedException(clients.isEmpty() ? Refusal.EMAIL_MISSING : Refusal.CLIENT_UNKNOWN, client);
        }
        return client;
    }

    private @Nullable Role role(Set<String> claimed) {
        return Stream.of(Role.values())
                .filter(role -> roleNames.get(role).stream().anyMatch(claimed::contains))
                .reduce((lower, higher) -> higher)
                .or(config::defaultRole)
                .orElse(null);
    }

    /** The provider's name of a browser's session, which a renewed token keeps. */
    static Optional<String> session(SecurityIdentity identity) {
        return isBrowser(identity)
                        && identity.getPrincipal() instanceof JsonWebToken token
                        && token.getClaim("sid") instanceof String sid
                ? Optional.of(sid)
                : Optional.empty();
    }

    /** A session alone brings an ID token; who calls with a token has an access token. */
    private static boolean isBrowser(SecurityIdentity identity) {
        return identity.getCredential(IdTokenCredential.class) != null;
    }
}

package dev.syncline.identity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may log in, what their roles are called at the identity provider, and the machines' secrets. */
@ConfigMapping(prefix = "syncline.identity")
public interface IdentityConfig {
    /** What gives which role: values of the claims that {@code quarkus.oidc.roles.role-claim-path} names. */
    RoleNames roles();

    /** Values of the roles' claims, one list for each role; letter case counts. */
    interface RoleNames {
        @WithDefault("viewer")
        List<String> viewer();

        @WithDefault("manager")
        List<String> manager();

        @WithDefault("lead")
        List<String> lead();

        @WithDefault("admin")
        List<String> admin();
    }

    /** The role of who has none of those values; without it they may do nothing. */
    Optional<Role> defaultRole();

    /** The first list of who may log in, taken while the database holds none: e-mail addresses. */
    Optional<List<String>> allowedEmails();

    /** Domains of the e-mail addresses that may log in; any when empty. */
    Optional<List<String>> allowedDomains();

    /** Whether only addresses count that the identity provider says are verified ({@code email_verified}). */
    @WithDefault("true")
    boolean requireVerifiedEmail();

    /** Ids of the clients that may call in their own name, with a token of the client credentials grant. */
    Optional<List<String>> clients();

    /** Secret of the scheduler's header {@code X-Internal-Service-Token}; without it the scheduler is refused. */
    Optional<String> schedulerSecret();

    /** Bearer secret of who queues changes and has them written back; without it that way is closed. */
    Optional<String> writeBackSecret();

    /** Key of the session cookies, the same for all processes, at least 32 characters. */
    Optional<String> sessionSecret();

    /** Proxies whose {@code X-Forwarded-For} is believed: addresses or networks such as {@code 10.0.0.0/8}. */
    Optional<List<String>> trustedProxies();

    /** After how long a change of the allowlist, or a log-out, made by another process is known here at the latest. */
    @WithDefault("10S")
    Duration refreshInterval();
}

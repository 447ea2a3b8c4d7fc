package dev.syncline.identity;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What one operation needs of its caller.
 *
 * @param least the least role; none for what is no person's business
 * @param machines those that may call it beside
 */
record AccessRule(Kind kind, @Nullable Role least, Set<Machine> machines) {
    enum Kind {
        /** For everybody; nobody is asked who they are. */
        OPEN,
        /** For everybody; who is known is served as such. */
        KNOWN_IF_LOGGED_IN,
        /** Sends a browser to the identity provider and back. */
        LOG_IN,
        /** For who has the role. */
        ROLE
    }

    AccessRule {
        machines = Set.copyOf(machines);
    }

    static AccessRule of(Kind kind) {
        return new AccessRule(kind, null, Set.of());
    }

    static AccessRule of(Role least) {
        return new AccessRule(Kind.ROLE, least, Set.of());
    }

    boolean admits(Account account) {
        return account.machine() == null ? least != null && account.is(least) : machines.contains(account.machine());
    }
}

package dev.syncline.identity;

import java.time.Instant;

import com.mongodb.client.model.Filters;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: a person, a client of the identity provider, or a machine with a secret of its own.
 *
 * @param id the subject at the identity provider; stays the same when a person's address changes
 * @param name the e-mail address in lower case, {@code client:<id>}, or the machine's name; stands in runs and audit records
 * @param role none for a machine
 * @param machine none for who has a token
 * @param session the session at the identity provider, where the token names it
 * @param expiresAt end of the token that was shown; none for a machine
 */
public record Account(
        String id,
        String name,
        @Nullable Role role,
        @Nullable Machine machine,
        @Nullable String session,
        @Nullable Instant expiresAt) {

    static Account of(Machine machine) {
        return new Account(machine.actor(), machine.actor(), null, machine, null, null);
    }

    /** Whether it has at least that role. */
    public boolean is(Role least) {
        return role != null && role.includes(least);
    }

    /** What it may know of in a collection: what is everybody's, and what is its own (S4-34). */
    public Bson visible() {
        return Filters.in("person", null, id);
    }

    boolean isPerson() {
        return name.indexOf('@') > 0;
    }
}

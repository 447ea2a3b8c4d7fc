package dev.syncline.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import org.bson.Document;

import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.platform.SyncException;

/**
 * The list of who may log in; sole writer of {@code config} and {@code people}. A change compares the version that it read, so
 * that two leads who remove each other at the same time do not both succeed.
 */
@ApplicationScoped
class Allowlist {
    private static final String ID = "allowlist";
    private static final String NO_ROLE = "none";
    private static final Duration FIRST_DELAY = Duration.ofMillis(20);
    private static final Duration LONGEST_DELAY = Duration.ofMillis(400);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(5);
    /** After so long a role is written again, for another process may have seen another one meanwhile. */
    private static final Duration BELIEVED = Duration.ofMinutes(1);

    private final ReactiveMongoCollection<Document> config;
    private final ReactiveMongoCollection<Document> people;
    private final List<String> first;
    private final Clock clock;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    Allowlist(MongoDatabase database, IdentityConfig settings, Clock clock) {
        this.config = database.collection("config");
        this.people = database.collection("people");
        this.first = settings.allowedEmails().orElse(List.of()).stream()
                .map(Email::normalised)
                .toList();
        this.clock = clock;
    }

    /** @param emails normalised, in alphabetic order */
    record Stored(List<String> emails, long version, Instant updatedAt, String updatedBy) {
        private static Stored of(Document document) {
            return new Stored(
                    List.copyOf(document.getList("emails", String.class)),
                    document.get("version", Number.class).longValue(),
                    document.getDate("updatedAt").toInstant(),
                    document.getString("updatedBy"));
        }
    }

    /** What a change did. */
    record Change(Stored before, Stored after) {}

    /** The stored list; the one of the configuration is stored when there is none. Empty when there is neither. */
    Uni<Optional<Stored>> read() {
        return find().chain(found ->
                found.isPresent() || first.isEmpty() ? Uni.createFrom().item(found) : insertFirst());
    }

    private Uni<Optional<Stored>> find() {
        return config.find(Filters.eq("_id", ID)).toUni().map(found -> Optional.ofNullable(found)
                .map(Stored::of));
    }

    private Uni<Optional<Stored>> insertFirst() {
        Stored list = new Stored(sorted(first), 1, clock.instant(), "configuration");
        return config.insertOne(document(list))
                .onFailure(DatabaseFailures::isDuplicate)
                .recoverWithNull()
                .chain(this::find);
    }

    private static Document document(Stored list) {
        return new Document("_id", ID)
                .append("emails", list.emails())
                .append("version", list.version())
                .append("updatedAt", Date.from(list.updatedAt()))
                .append("updatedBy", list.updatedBy());
    }

    private static List<String> sorted(Collection<String> emails) {
        return List.copyOf(new TreeSet<>(emails));
    }

    /**
     * Replaces the list. Refused as {@code NOT_ALLOWLISTED} if who does it was removed a moment ago; {@code LAST_LEAD} if
     * nobody who is known to be a lead would be left on it; {@code CONFIG_MISSING} if there is none to replace.
     *
     * @param emails normalised
     * @param by who does it
     */
    Uni<Change> replace(Collection<String> emails, Account by) {
        return DatabaseFailures.repeat(replaceOnce(emails, by))
                .onItem()
                .ifNull()
                .failWith(Conflict::new)
                .onFailure(Conflict.class)
                .retry()
                .withBackOff(FIRST_DELAY, LONGEST_DELAY)
                .withJitter(0.8)
                .expireIn(GIVE_UP_AFTER.toMillis())
                .onFailure(failure -> failure instanceof Conflict || failure.getCause() instanceof Conflict)
                .transform(failure -> new SyncException(
                        ErrorCode.ALLOWLIST_UPDATE_FAILED,
                        "others change the list at the same time; it was left as it is"));
    }

    /** Somebody else was faster. */
    private static final class Conflict extends RuntimeException {}

    private Uni<Change> replaceOnce(Collection<String> emails, Account by) {
        return read().map(found -> found.orElseThrow(
                        () -> new SyncException(ErrorCode.CONFIG_MISSING, Refusal.CONFIG_MISSING.detail())))
                .invoke(before -> checkIsOn(before, by))
                .call(before -> keepsALead(before, emails, by))
                .chain(before -> write(before, emails, by));
    }

    /** The gate knows the list as it was some seconds ago; who was removed since then shall not answer in kind. */
    private static void checkIsOn(Stored before, Account by) {
        if (by.isPerson() && !before.emails().contains(by.name())) {
            throw new RefusedException(Refusal.NOT_ALLOWLISTED, by.name());
        }
    }

    private Uni<Void> keepsALead(Stored before, Collection<String> emails, Account by) {
        Predicate<String> isSelf = email -> email.equals(by.name());
        return knownLeads()
                .invoke(leads -> {
                    boolean hadOne = before.emails().stream().anyMatch(isSelf.or(leads::contains));
                    boolean hasOne = emails.stream().anyMatch(isSelf.or(leads::contains));
                    if (hadOne && !hasOne) {
                        throw new SyncException(
                                ErrorCode.LAST_LEAD, "nobody who is known to be a lead would be left on the list");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<List<String>> knownLeads() {
        return people.find(Filters.in("role", Role.lead.name(), Role.admin.name()))
                .map(person -> person.getString("_id"))
                .collect()
                .asList();
    }

    private Uni<Change> write(Stored before, Collection<String> emails, Account by) {
        Stored after = new Stored(sorted(emails), before.version() + 1, clock.instant(), by.name());
        return config.replaceOne(
                        Filters.and(Filters.eq("_id", ID), Filters.eq("version", before.version())), document(after))
                .map(result -> result.getMatchedCount() == 1 ? new Change(before, after) : null);
    }

    /** A role that this process has written, and when by {@link System#nanoTime}. */
    private record Remembered(String role, long at) {
        boolean isFresh(String now) {
            return role.equals(now) && System.nanoTime() - at < BELIEVED.toNanos();
        }
    }

    /** Keeps which role a person had last, so that it is known who the leads are. Writes when it has changed, or after a while. */
    Uni<Void> remember(Account person) {
        String role = person.role() == null ? NO_ROLE : person.role().name();
        Remembered known = remembered.get(person.name());
        if (known != null && known.isFresh(role)) {
            return Uni.createFrom().voidItem();
        }
        return people.updateOne(
                        Filters.eq("_id", person.name()),
                        Updates.combine(Updates.set("role", role), Updates.set("seenAt", clock.instant())),
                        new UpdateOptions().upsert(true))
                .invoke(written -> remembered.put(person.name(), new Remembered(role, System.nanoTime())))
                .replaceWithVoid();
    }
}

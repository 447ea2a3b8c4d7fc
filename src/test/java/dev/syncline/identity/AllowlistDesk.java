package dev.syncline.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.TreeSet;

import jakarta.inject.Singleton;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import io.quarkus.arc.Unremovable;
import io.smallrye.mutiny.Uni;
import org.bson.Document;

import dev.syncline.platform.MongoDatabase;

/** Sets up who may log in and who is known to be a lead, for tests. */
@Singleton
@Unremovable
class AllowlistDesk {
    static final Instant LONG_AGO = Instant.parse("2026-01-31T06:00:00Z");
    static final List<String> SAMPLES = List.of(
            "admin@example.org",
            "lead@example.org",
            "manager@example.org",
            "unverified@example.org",
            "viewer@example.org");

    private final MongoDatabase database;
    private final Admissions admissions;
    private final Clock clock;

    AllowlistDesk(MongoDatabase database, Admissions admissions, Clock clock) {
        this.database = database;
        this.admissions = admissions;
        this.clock = clock;
    }

    /** The list and the leads as after the first start, with everybody having logged in once. */
    void reset() {
        put(SAMPLES);
        leads("lead@example.org", "admin@example.org");
        refresh();
    }

    /** What this process knows is what the database says. */
    void refresh() {
        await(admissions.read());
    }

    void put(List<String> emails) {
        Document list = new Document("_id", "allowlist")
                .append("emails", List.copyOf(new TreeSet<>(emails)))
                .append("version", 1L)
                .append("updatedAt", Date.from(LONG_AGO))
                .append("updatedBy", "configuration");
        await(database.collection("config")
                .replaceOne(Filters.eq("_id", "allowlist"), list, new ReplaceOptions().upsert(true)));
    }

    void remove() {
        await(database.collection("config").deleteMany(Filters.eq("_id", "allowlist")));
    }

    /** Those, and nobody else, have logged in as leads. */
    void leads(String... emails) {
        await(database.collection("people").deleteMany(new Document()));
        for (String email : emails) {
            await(database.collection("people")
                    .insertOne(new Document("_id", email).append("role", "lead").append("seenAt", LONG_AGO)));
        }
    }

    List<String> listed() {
        return await(database.collection("config")
                        .find(Filters.eq("_id", "allowlist"))
                        .toUni())
                .getList("emails", String.class);
    }

    /** What a process with those settings has of the list, on the same database. */
    Allowlist allowlist(IdentityConfig settings) {
        return new Allowlist(database, settings, clock);
    }

    Admissions admissions(IdentityConfig settings) {
        return new Admissions(allowlist(settings), database, settings, clock);
    }

    Accounts accounts(IdentityConfig settings) {
        return new Accounts(settings, admissions(settings), allowlist(settings), clock);
    }

    @CanIgnoreReturnValue
    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}

package dev.syncline.identity;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** {@code /api/config/allowlist}: who may log in (S0). */
@Path("/api/config/allowlist")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "identity")
@APIResponse(
        responseCode = "500",
        description = "Something failed; the log has it under the reference",
        content = @Content(schema = @Schema(implementation = AllowlistResource.Answer.class)))
class AllowlistResource {
    private static final int MOST = 10_000;
    private static final int NAMED = 5;

    private static final String EXAMPLE = """
            {"data": {
               "allowlist": ["lee@example.org", "sam@example.org"],
               "diff": {"added": ["sam@example.org"], "removed": [], "unchanged": ["lee@example.org"]},
               "metadata": {"lastUpdatedAt": "2026-01-31T06:00:00Z", "updatedBy": "lee@example.org"}},
             "error": null}
            """;

    private final Allowlist allowlist;
    private final Admissions admissions;
    private final AuditTrail audit;
    private final Caller caller;
    private final Set<String> domains;

    AllowlistResource(
            Allowlist allowlist, Admissions admissions, AuditTrail audit, Caller caller, IdentityConfig config) {
        this.allowlist = allowlist;
        this.admissions = admissions;
        this.audit = audit;
        this.caller = caller;
        this.domains = Email.domains(config);
    }

    /** What is to be. */
    @RegisterForReflection
    record Wanted(
            @Schema(description = "all who may log in", example = "[\"lee@example.org\", \"sam@example.org\"]")
            @Nullable
            List<@Nullable String> emails) {}

    /** @param diff what the change did; when the list was only read, all of it is unchanged */
    @RegisterForReflection(registerFullHierarchy = true)
    record Shown(List<String> allowlist, Diff diff, Metadata metadata) {
        @RegisterForReflection
        record Diff(List<String> added, List<String> removed, List<String> unchanged) {}

        @RegisterForReflection
        record Metadata(Instant lastUpdatedAt, String updatedBy) {}

        static Shown of(Allowlist.Stored before, Allowlist.Stored after) {
            return new Shown(
                    after.emails(),
                    new Diff(
                            without(after.emails(), before.emails()),
                            without(before.emails(), after.emails()),
                            without(after.emails(), without(after.emails(), before.emails()))),
                    new Metadata(after.updatedAt(), after.updatedBy()));
        }

        private static List<String> without(List<String> some, List<String> others) {
            return some.stream()
                    .filter(Predicate.not(Set.copyOf(others)::contains))
                    .toList();
        }
    }

    /** For the API description: an envelope of what is shown. */
    @Schema(name = "AllowlistAnswer")
    record Answer(
            @Nullable Shown data,
            @Schema(hidden = true) @Nullable Map<String, Object> meta,
            Envelope.@Nullable Failure error) {}

    @GET
    @Operation(operationId = "getAllowlist", summary = "Who may log in")
    @APIResponse(
            responseCode = "200",
            description = "The list",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "list", value = EXAMPLE)))
    public Uni<Envelope<Shown>> get() {
        return allowlist
                .read()
                .map(found -> found.orElseThrow(
                        () -> new SyncException(ErrorCode.CONFIG_MISSING, Refusal.CONFIG_MISSING.detail())))
                .map(list -> Envelope.of(Shown.of(list, list)));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putAllowlist",
            summary = "Replace the list of who may log in",
            description = "Effective within 30 seconds on every replica, also for streams that are open.")
    @APIResponse(
            responseCode = "200",
            description = "The list as it is now, and what the change did",
            content =
                    @Content(
                            schema = @Schema(implementation = Answer.class),
                            examples = @ExampleObject(name = "list", value = EXAMPLE)))
    @APIResponse(responseCode = "400", description = "The list is empty, or names what is no e-mail address")
    @APIResponse(responseCode = "409", description = "No lead would be left on it")
    public Uni<Envelope<Shown>> put(@Nullable Wanted wanted) {
        Set<String> emails = checked(wanted);
        return allowlist
                .replace(emails, caller.account())
                .map(change -> Shown.of(change.before(), change.after()))
                .call(shown -> audit.record(
                        AuditType.allowlist_change,
                        "ALLOWLIST_CHANGED",
                        "allowlist",
                        "success",
                        Map.of(
                                "added",
                                shown.diff().added(),
                                "removed",
                                shown.diff().removed())))
                .call(admissions::read)
                .map(Envelope::of);
    }

    private Set<String> checked(@Nullable Wanted wanted) {
        List<@Nullable String> given = wanted == null || wanted.emails() == null ? List.of() : wanted.emails();
        if (given.isEmpty() || given.size() > MOST) {
            throw new SyncException(
                    ErrorCode.INVALID_ALLOWLIST, "emails must be a list of 1 to " + MOST + " addresses");
        }
        Set<String> emails = given.stream()
                .map(email -> email == null ? "" : Email.normalised(email))
                .collect(Collectors.toCollection(TreeSet::new));
        refuse(emails, email -> !Email.isAddress(email), "no e-mail address");
        refuse(
                emails,
                email -> !domains.isEmpty() && !domains.contains(Email.domain(email)),
                "not of an admitted domain (" + String.join(", ", domains) + ")");
        return emails;
    }

    private static void refuse(Set<String> emails, Predicate<String> isWrong, String what) {
        List<String> wrong = emails.stream()
                .filter(isWrong)
                .limit(NAMED)
                .map(AllowlistResource::cut)
                .toList();
        if (!wrong.isEmpty()) {
            throw new SyncException(ErrorCode.INVALID_ALLOWLIST, what + ": " + String.join(", ", wrong));
        }
    }

    private static String cut(String text) {
        return '"' + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + '"';
    }
}

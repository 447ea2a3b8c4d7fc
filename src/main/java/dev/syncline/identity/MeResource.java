package dev.syncline.identity;

import java.time.Instant;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.Problem;

/** Who one is, for a dashboard that shows what one may do. */
@Path("/api/me")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "identity", description = "Who calls, and who may")
class MeResource {
    private final Caller caller;

    MeResource(Caller caller) {
        this.caller = caller;
    }

    /**
     * Who the caller is.
     *
     * @param role none for a machine
     * @param expiresAt when the token that was shown ends; a browser's session is renewed before
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Me(String name, @Nullable Role role, @Nullable Instant expiresAt) {}

    @GET
    @Operation(operationId = "whoAmI", summary = "Who the caller is, and with which role")
    @APIResponse(
            responseCode = "200",
            description = "The caller",
            content =
                    @Content(
                            schema = @Schema(implementation = Me.class),
                            examples =
                                    @ExampleObject(
                                            name = "me",
                                            value = "{\"name\": \"lee@example.org\", \"role\": \"manager\", "
                                                    + "\"expiresAt\": \"2026-01-31T06:05:00Z\"}")))
    @APIResponse(
            responseCode = "500",
            description = "Something failed; the log has it under the reference",
            content = @Content(mediaType = Problem.JSON, schema = @Schema(implementation = Problem.class)))
    public Me me() {
        Account account = caller.account();
        return new Me(account.name(), account.role(), account.expiresAt());
    }
}

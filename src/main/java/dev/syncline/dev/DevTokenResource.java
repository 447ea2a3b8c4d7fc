package dev.syncline.dev;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import io.quarkus.arc.profile.UnlessBuildProfile;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/**
 * {@code GET /dev/token?person=}: a bearer token as text, so that a shell line is enough. It lives for hours, or for
 * {@code &seconds=} to see what happens at its end.
 */
@Path("/dev/token")
@UnlessBuildProfile("prod")
class DevTokenResource {
    private static final Duration BY_HAND = Duration.ofHours(12);

    private final DevIdentityResource provider;

    DevTokenResource(DevIdentityResource provider) {
        this.provider = provider;
    }

    @GET
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(hidden = true)
    public String token(
            @RestQuery @Nullable String person, @RestQuery @Nullable @Positive Integer seconds, UriInfo uri) {
        Duration life = seconds == null ? BY_HAND : Duration.ofSeconds(seconds);
        return List.of(SamplePerson.values()).stream()
                .filter(sample -> sample.name().equals(person))
                .findFirst()
                .map(sample -> provider.token(sample, life, uri))
                .orElseThrow(() -> new SyncException(
                        ErrorCode.INVALID_PARAMETER, "person must be one of " + List.of(SamplePerson.values())));
    }
}

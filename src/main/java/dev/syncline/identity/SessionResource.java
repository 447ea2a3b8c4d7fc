package dev.syncline.identity;

import java.net.URI;
import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcSession;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** The way in and the way out. */
@Path("/")
class SessionResource {
    private static final String HOME = "/";

    private final Caller caller;
    private final Admissions admissions;
    private final AuditTrail audit;
    private final CurrentIdentityAssociation identities;
    private final OidcSession session;
    private final boolean isBehindTls;

    SessionResource(
            Caller caller,
            Admissions admissions,
            AuditTrail audit,
            CurrentIdentityAssociation identities,
            OidcSession session,
            @ConfigProperty(name = "quarkus.oidc.authentication.force-redirect-https-scheme", defaultValue = "false")
                    boolean isBehindTls) {
        this.caller = caller;
        this.admissions = admissions;
        this.audit = audit;
        this.identities = identities;
        this.session = session;
        this.isBehindTls = isBehindTls;
    }

    /** Reached after the identity provider has sent the browser back, or when it could not be sent there. */
    @GET
    @Path("/login")
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> arrive() {
        Uni<Void> recorded = caller.known()
                .filter(account -> caller.hasJustLoggedIn())
                .map(account -> audit.record(AuditType.auth, "LOGGED_IN", account.name(), "success"))
                .orElse(Uni.createFrom().voidItem());
        String next = caller.problem().map(SessionResource::explained).orElse(HOME);
        // As text it stays relative: an absolute address would be http where TLS ends before us.
        return recorded.replaceWith(() -> RestResponse.ResponseBuilder.<Void>create(RestResponse.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, next)
                .build());
    }

    private static String explained(SyncException problem) {
        if (problem.code() == ErrorCode.UNAUTHENTICATED) {
            return "/?login=failed";
        }
        return problem.code() == ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE ? "/?login=unavailable" : HOME;
    }

    /**
     * Ends the session here, on all replicas and at the provider. A POST of our own page alone can do it (C0-42); where the
     * browser has to go then is told in {@code HX-Redirect}.
     */
    @POST
    @Path("/logout")
    @Operation(hidden = true)
    public Uni<RestResponse<Void>> leave(UriInfo uri) {
        return identities
                .getDeferredIdentity()
                .map(Optional::of)
                .onFailure()
                .recoverWithItem(Optional.empty())
                .call(session::logout)
                .call(this::end)
                .call(this::record)
                .map(identity -> RestResponse.ResponseBuilder.<Void>noContent()
                        .header(
                                "HX-Redirect",
                                identity.map(known -> next(known, uri)).orElse(HOME))
                        .build());
    }

    /** Also for who was recognised and not let in: a session that has ended is to be of no use to anybody. */
    private Uni<Void> end(Optional<SecurityIdentity> identity) {
        return identity.flatMap(Accounts::session)
                .map(admissions::end)
                .orElse(Uni.createFrom().voidItem());
    }

    private Uni<Void> record(Optional<SecurityIdentity> identity) {
        return caller.known()
                .map(account -> audit.record(AuditType.auth, "LOGGED_OUT", account.name(), "success"))
                .orElse(Uni.createFrom().voidItem());
    }

    /** The provider's own log-out, where it has one and the browser has a session there. */
    private String next(SecurityIdentity identity, UriInfo uri) {
        @Nullable OidcConfigurationMetadata provider = identity.getAttribute("configuration-metadata");
        @Nullable IdTokenCredential token = identity.getCredential(IdTokenCredential.class);
        if (provider == null || provider.getEndSessionUri() == null || token == null) {
            return HOME;
        }
        return UriBuilder.fromUri(provider.getEndSessionUri())
                .queryParam("id_token_hint", token.getToken())
                .queryParam("post_logout_redirect_uri", home(uri))
                .build()
                .toString();
    }

    /** The provider sends a browser to none but registered addresses, so this must be the one that log-ins come back to. */
    private URI home(UriInfo uri) {
        UriBuilder home = uri.getBaseUriBuilder();
        return isBehindTls ? home.scheme("https").build() : home.build();
    }
}

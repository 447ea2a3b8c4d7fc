package dev.syncline.dev;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Singleton;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;

import io.quarkus.arc.profile.UnlessBuildProfile;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/**
 * A small OpenID provider for a developer's machine: one clicks who one wants to be. Codes and sessions end with the process.
 * It checks what a client could do wrong (PKCE, a code used twice, another redirect address), and no password.
 */
@Singleton
@Path("/dev/identity")
@UnlessBuildProfile("prod")
public class DevIdentityResource {
    private static final Duration CODE_LIFE = Duration.ofMinutes(1);

    private final Duration tokenLife;
    private final DevTokens tokens = new DevTokens();
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    /** By refresh token. */
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    private record Grant(
            SamplePerson person,
            @Nullable String nonce,
            @Nullable String challenge,
            String redirect,
            Instant expiresAt) {}

    private record Session(
            SamplePerson person, String id, @Nullable String nonce) {}

    DevIdentityResource(@ConfigProperty(name = "syncline.dev.token-life", defaultValue = "5M") Duration tokenLife) {
        this.tokenLife = tokenLife;
    }

    static String issuer(int port) {
        return "http://127.0.0.1:" + port + "/dev/identity";
    }

    private static String issuer(UriInfo uri) {
        return issuer(uri.getBaseUri().getPort());
    }

    /** A bearer token of that person, for shell lines and tests. */
    String token(SamplePerson person, Duration life, UriInfo uri) {
        return tokens.sign(DevTokens.claims(issuer(uri), person, life));
    }

    @GET
    @Path("/.well-known/openid-configuration")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Map<String, Object> discovery(UriInfo uri) {
        return DevTokens.discovery(issuer(uri));
    }

    @GET
    @Path("/keys")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public String keys() {
        return tokens.keySet();
    }

    @GET
    @Path("/authorize")
    @Produces(MediaType.TEXT_HTML)
    @Operation(hidden = true)
    public String choose(
            UriInfo uri,
            @RestQuery("redirect_uri") @NotNull @Pattern(regexp = "https?://.+") String redirect,
            @RestQuery @Nullable String state) {
        String query = uri.getRequestUri().getRawQuery();
        String people = Stream.of(SamplePerson.values())
                .map(person -> "<li><a id=\"%s\" href=\"authorize/%s?%s\">%s</a>, who %s</li>"
                        .formatted(
                                person.name(),
                                person.name(),
                                escaped(String.valueOf(query)),
                                person.displayName(),
                                person.words()))
                .collect(Collectors.joining("\n"));
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>Who are you today?</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="/webjars/picocss__pico/2.1.1/css/pico.min.css"></head>
                <body><main class="container"><h1>Who are you today?</h1>
                <p>This identity provider is for development: it asks for no password.</p>
                <ul>
                %s
                </ul>
                <p><a id="nobody" href="%s">Nobody</a>: breaks the log-in off</p>
                </main></body></html>
                """.formatted(people, escaped(refused(redirect, state)));
    }

    private static String refused(String redirect, @Nullable String state) {
        return UriBuilder.fromUri(redirect)
                .queryParam("error", "access_denied")
                .queryParam("state", state)
                .build()
                .toString();
    }

    private static String escaped(String address) {
        return address.replace("&", "&amp;").replace("\"", "%22");
    }

    @GET
    @Path("/authorize/{person}")
    @Operation(hidden = true)
    public RestResponse<Void> authorize(
            SamplePerson person,
            @RestQuery("redirect_uri") @NotNull @Pattern(regexp = "https?://.+") String redirect,
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String nonce,
            @RestQuery("code_challenge") @Nullable String challenge) {
        String code = UUID.randomUUID().toString();
        codes.values().removeIf(old -> Instant.now().isAfter(old.expiresAt()));
        codes.put(
                code,
                new Grant(person, nonce, challenge, redirect, Instant.now().plus(CODE_LIFE)));
        return RestResponse.seeOther(UriBuilder.fromUri(redirect)
                .queryParam("code", code)
                .queryParam("state", state)
                .build());
    }

    @POST
    @Path("/token")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public RestResponse<Map<String, Object>> token(
            UriInfo uri,
            @RestForm("grant_type") @NotNull String grant,
            @RestForm @Nullable String code,
            @RestForm("code_verifier") @Nullable String verifier,
            @RestForm("redirect_uri") @Nullable String redirect,
            @RestForm("refresh_token") @Nullable String refresh,
            @RestForm @Nullable String username,
            @RestForm("client_id") @Nullable String client) {
        Optional<Map<String, Object>> answer =
                switch (grant) {
                    case "authorization_code" -> exchanged(code, verifier, redirect, uri);
                    // Again and again, for two requests may renew one session in the same moment.
                    case "refresh_token" ->
                        Optional.ofNullable(refresh).map(sessions::get).map(session -> answer(session, uri));
                    case "password" ->
                        Stream.of(SamplePerson.values())
                                .filter(person -> person.name().equals(username))
                                .findFirst()
                                .map(person -> answer(
                                        new Session(person, UUID.randomUUID().toString(), null), uri));
                    case "client_credentials" ->
                        Optional.of(answer(DevTokens.clientClaims(
                                issuer(uri), client == null ? "robot" : client, List.of("manager"), tokenLife)));
                    default -> Optional.empty();
                };
        return answer.map(RestResponse::ok)
                .orElseGet(
                        () -> RestResponse.status(RestResponse.Status.BAD_REQUEST, Map.of("error", "invalid_grant")));
    }

    private Optional<Map<String, Object>> exchanged(
            @Nullable String code, @Nullable String verifier, @Nullable String redirect, UriInfo uri) {
        return Optional.ofNullable(code)
                .map(codes::remove)
                .filter(grant -> Instant.now().isBefore(grant.expiresAt()))
                .filter(grant -> grant.redirect().equals(redirect))
                .filter(grant -> grant.challenge() == null || grant.challenge().equals(hashed(verifier)))
                .map(grant ->
                        answer(new Session(grant.person(), UUID.randomUUID().toString(), grant.nonce()), uri));
    }

    private static String hashed(@Nullable String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.valueOf(verifier).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> answer(Session session, UriInfo uri) {
        String refresh = UUID.randomUUID().toString();
        sessions.put(refresh, session);
        JwtClaims claims = DevTokens.claims(issuer(uri), session.person(), tokenLife);
        claims.setStringClaim("sid", session.id());
        if (session.nonce() != null) {
            claims.setStringClaim("nonce", session.nonce());
        }
        Map<String, Object> answer = new LinkedHashMap<>(answer(claims));
        answer.put("id_token", answer.get("access_token"));
        answer.put("refresh_token", refresh);
        return answer;
    }

    private Map<String, Object> answer(JwtClaims claims) {
        return Map.of("access_token", tokens.sign(claims), "token_type", "Bearer", "expires_in", tokenLife.toSeconds());
    }

    @GET
    @Path("/end-session")
    @Operation(hidden = true)
    public RestResponse<Void> endSession(@RestQuery("post_logout_redirect_uri") URI next) {
        return RestResponse.seeOther(next);
    }
}

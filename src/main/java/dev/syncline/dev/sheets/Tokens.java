package dev.syncline.dev.sheets;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Google's token endpoint: a service account proves with a signed JWT who it is and gets an access token (RFC 7523). */
final class Tokens {
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    /** Google's clients for Java name it whatever the key file says. */
    private static final String GOOGLE = "https://oauth2.googleapis.com/token";

    private static final Duration LIFE = Duration.ofSeconds(3_599);
    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration LONGEST_PROOF = Duration.ofHours(1);

    private final URI uri;
    private final List<ServiceAccount> accounts;
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();

    private record Issued(ServiceAccount account, Access access, Instant expiresAt) {}

    /** Why there is no token, in the words of OAuth. */
    static final class Refused extends Exception {
        private final String error;

        Refused(String error, String description) {
            super(description, null, false, false);
            this.error = error;
        }

        String error() {
            return error;
        }
    }

    Tokens(URI uri, List<ServiceAccount> accounts) {
        this.uri = uri;
        this.accounts = List.copyOf(accounts);
    }

    /** @return what the endpoint answers with */
    Map<String, Object> grant(Map<String, List<String>> form) throws Refused {
        String grant = first(form, "grant_type");
        if (!GRANT.equals(grant)) {
            throw new Refused("unsupported_grant_type", "Invalid grant_type: " + grant);
        }
        String[] parts = String.valueOf(first(form, "assertion")).split("\\.");
        if (parts.length != 3) {
            throw new Refused("invalid_grant", "Invalid JWT: must contain 3 parts.");
        }
        JsonNode claims = json(parts[1]);
        ServiceAccount account = account(claims.path("iss").asText());
        checkSignature(account, parts);
        checkTimes(claims);
        String audience = claims.path("aud").asText();
        if (!audience.equals(uri.toString()) && !audience.equals(GOOGLE)) {
            throw new Refused("invalid_grant", "Invalid JWT: Failed audience check. The right audience is " + uri);
        }
        Set<String> scopes = Set.of(claims.path("scope").asText().strip().split("\\s+"));
        if (!claims.hasNonNull("scope") || scopes.contains("")) {
            throw new Refused("invalid_scope", "Invalid OAuth scope or ID token audience provided.");
        }
        return Map.of("access_token", issue(account, scopes), "expires_in", LIFE.toSeconds(), "token_type", "Bearer");
    }

    private static @Nullable String first(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
    }

    private static JsonNode json(String part) throws Refused {
        try {
            return Json.MAPPER.readTree(decoded(part));
        } catch (IOException | IllegalArgumentException e) {
            throw new Refused("invalid_grant", "Invalid JWT: not a JSON object.");
        }
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }

    private ServiceAccount account(String email) throws Refused {
        return accounts.stream()
                .filter(account -> account.email().equals(email) && !account.isRevoked())
                .findFirst()
                .orElseThrow(() -> new Refused("invalid_grant", "Invalid grant: account not found"));
    }

    private static void checkSignature(ServiceAccount account, String[] parts) throws Refused {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(account.publicKey());
            check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            boolean isSigned = json(parts[0]).path("alg").asText().equals("RS256") && check.verify(decoded(parts[2]));
            if (isSigned) {
                return;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Whatever stands there is no signature of the account.
        }
        throw new Refused("invalid_grant", "Invalid JWT Signature.");
    }

    private static void checkTimes(JsonNode claims) throws Refused {
        Instant now = Instant.now();
        Instant from = Instant.ofEpochSecond(claims.path("iat").asLong());
        Instant to = Instant.ofEpochSecond(claims.path("exp").asLong());
        boolean isShort = Duration.between(from, to).compareTo(LONGEST_PROOF) <= 0;
        boolean isNow = from.isBefore(now.plus(SKEW)) && to.isAfter(now.minus(SKEW));
        if (!isShort || !isNow) {
            throw new Refused(
                    "invalid_grant",
                    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."
                            + " Check your iat and exp values in the JWT claim.");
        }
    }

    private String issue(ServiceAccount account, Set<String> scopes) {
        String token = "ya29.c." + UUID.randomUUID().toString().replace("-", "");
        Access access = new Access(account.email(), scopes);
        issued.put(token, new Issued(account, access, Instant.now().plus(LIFE)));
        return token;
    }

    /** Whose call it is. */
    Access check(@Nullable String authorization) {
        if (authorization == null) {
            throw ApiException.missingCredentials();
        }
        String[] parts = authorization.split(" ");
        boolean isBearer = parts.length == 2 && parts[0].equalsIgnoreCase("Bearer");
        Issued token = isBearer ? issued.get(parts[1]) : null;
        boolean isValid =
                token != null && !token.account().isRevoked() && Instant.now().isBefore(token.expiresAt());
        if (!isValid) {
            throw ApiException.invalidCredentials();
        }
        return token.access();
    }

    /** All tokens that were given out are invalid from now on. */
    void expireAll() {
        issued.clear();
    }
}

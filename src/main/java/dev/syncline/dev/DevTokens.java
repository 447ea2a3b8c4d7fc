package dev.syncline.dev;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs tokens as an OpenID provider does, with a key that ends with the process. */
public final class DevTokens {
    public static final String CLIENT = "syncline";
    private static final int KEY_BITS = 2048;

    private final RsaJsonWebKey key;

    public DevTokens() {
        try {
            key = RsaJwkGenerator.generateJwk(KEY_BITS);
            key.setKeyId(UUID.randomUUID().toString());
            key.setUse("sig");
            key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What others check the tokens with, as JSON. */
    public String keySet() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    /** What a provider's discovery document says, for one that lives at the issuer's address. */
    public static Map<String, Object> discovery(String issuer) {
        return Map.ofEntries(
                Map.entry("issuer", issuer),
                Map.entry("authorization_endpoint", issuer + "/authorize"),
                Map.entry("token_endpoint", issuer + "/token"),
                Map.entry("jwks_uri", issuer + "/keys"),
                Map.entry("end_session_endpoint", issuer + "/end-session"),
                Map.entry("response_types_supported", List.of("code")),
                Map.entry("subject_types_supported", List.of("public")),
                Map.entry("id_token_signing_alg_values_supported", List.of(AlgorithmIdentifiers.RSA_USING_SHA256)),
                Map.entry("code_challenge_methods_supported", List.of("S256")),
                Map.entry(
                        "grant_types_supported",
                        List.of("authorization_code", "refresh_token", "password", "client_credentials")));
    }

    /** The claims of a person's token, to be changed and then signed. */
    public static JwtClaims claims(String issuer, SamplePerson person, Duration life) {
        JwtClaims claims = claims(issuer, "sample-" + person.name(), life);
        claims.setStringClaim("email", person.email());
        claims.setClaim("email_verified", person.verified());
        claims.setStringClaim("name", person.displayName());
        claims.setStringClaim("preferred_username", person.name());
        claims.setStringClaim("azp", CLIENT);
        claims.setClaim("realm_access", Map.of("roles", person.roles()));
        return claims;
    }

    /** The claims of a client that calls in its own name. */
    public static JwtClaims clientClaims(String issuer, String client, List<String> roles, Duration life) {
        JwtClaims claims = claims(issuer, "client-" + client, life);
        claims.setStringClaim("azp", client);
        claims.setClaim("realm_access", Map.of("roles", roles));
        return claims;
    }

    private static JwtClaims claims(String issuer, String subject, Duration life) {
        Instant now = Instant.now();
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setSubject(subject);
        claims.setAudience(CLIENT);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(life).getEpochSecond()));
        claims.setJwtId(UUID.randomUUID().toString());
        return claims;
    }

    /** Signed, as it is sent. */
    public String sign(JwtClaims claims) {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setKey(key.getPrivateKey());
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        token.setHeader("typ", "JWT");
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}

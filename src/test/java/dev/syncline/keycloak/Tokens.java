package dev.syncline.keycloak;

import java.security.Key;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import io.restassured.path.json.JsonPath;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.lang.JoseException;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Tokens taken apart and put together again, well or badly. */
final class Tokens {
    private static final int KEY_BITS = 2048;

    private Tokens() {}

    static RsaJsonWebKey newKey() {
        try {
            return RsaJwkGenerator.generateJwk(KEY_BITS);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a token says, to be changed. */
    static JwtClaims claimsOf(String token) {
        try {
            return JwtClaims.parse(part(token, 1));
        } catch (InvalidJwtException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Instant endOf(String token) {
        try {
            return Instant.ofEpochSecond(claimsOf(token).getExpirationTime().getValue());
        } catch (MalformedClaimException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The name of the key that it says it was signed with. */
    static String kidOf(String token) {
        return JsonPath.from(part(token, 0)).getString("kid");
    }

    private static String part(String token, int index) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[index]), UTF_8);
    }

    /** As Keycloak signs. */
    static String signed(JwtClaims claims, RsaJsonWebKey key) {
        return signed(
                claims, AlgorithmIdentifiers.RSA_USING_SHA256, key.getPrivateKey(), Map.of("kid", key.getKeyId()));
    }

    /** However it may be: no constraint is looked at. */
    static String signed(JwtClaims claims, String algorithm, Key key, Map<String, Object> headers) {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        token.setDoKeyValidation(false);
        token.setAlgorithmHeaderValue(algorithm);
        token.getHeaders().setObjectHeaderValue("typ", "JWT");
        headers.forEach(token.getHeaders()::setObjectHeaderValue);
        token.setPayload(claims.toJson());
        token.setKey(key);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}

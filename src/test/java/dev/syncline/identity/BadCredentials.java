package dev.syncline.identity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.AesKey;
import org.jose4j.lang.JoseException;

import dev.syncline.dev.DevTokens;
import dev.syncline.dev.SamplePerson;

/** Tokens that nobody may get in with. */
final class BadCredentials {
    private static final Duration LIFE = Duration.ofHours(1);
    private static final int KEY_BYTES = 32;

    private BadCredentials() {}

    /** Signed well, with a key that the provider does not know. */
    static String foreign(String issuer) {
        return new DevTokens().sign(DevTokens.claims(issuer, SamplePerson.admin, LIFE));
    }

    /** Claims somebody else to be meant than the one who was signed for. */
    static String altered(String good) {
        String[] parts = good.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        return parts[0] + "." + encoded(claims.replace("viewer", "admin")) + "." + parts[2];
    }

    static String unsigned(String good) {
        return encoded("{\"alg\":\"none\"}") + "." + good.split("\\.")[1] + ".";
    }

    /** A good token, as the payload of one that is signed by somebody else. */
    static String nested(String good, String issuer) {
        JwtClaims claims = DevTokens.claims(issuer, SamplePerson.admin, LIFE);
        claims.setStringClaim("token", good);
        String[] outer = new DevTokens().sign(claims).split("\\.");
        return encoded("{\"alg\":\"RS256\",\"cty\":\"JWT\",\"typ\":\"JWT\"}") + "." + encoded(good) + "." + outer[2];
    }

    /** A good token, encrypted with a key that the sender has made up. */
    static String encrypted(String good) throws JoseException {
        JsonWebEncryption token = new JsonWebEncryption();
        token.setPayload(good);
        token.setContentTypeHeaderValue("JWT");
        token.setAlgorithmHeaderValue(KeyManagementAlgorithmIdentifiers.DIRECT);
        token.setEncryptionMethodHeaderParameter(ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);
        token.setKey(new AesKey(new byte[KEY_BYTES]));
        return token.getCompactSerialization();
    }

    /** All of them and some that are no tokens at all, by what they are. */
    static Map<String, String> all(String good, String issuer) throws JoseException {
        Map<String, String> tokens = new TreeMap<>();
        tokens.put("signed with a foreign key", foreign(issuer));
        tokens.put("altered", altered(good));
        tokens.put("unsigned", unsigned(good));
        tokens.put("nested", nested(good, issuer));
        tokens.put("nested thrice", nested(nested(nested("a.b.c", issuer), issuer), issuer));
        tokens.put("encrypted", encrypted(good));
        tokens.put("cut", good.substring(0, good.length() - 2));
        tokens.put("with more after it", good + "A");
        tokens.put("with a fourth part", good + "." + good.split("\\.")[2]);
        tokens.put("without its signature", good.substring(0, good.lastIndexOf('.') + 1));
        tokens.put("of another type", encoded("{\"alg\":\"HS256\"}") + good.substring(good.indexOf('.')));
        tokens.put(
                "with a critical header",
                encoded("{\"alg\":\"RS256\",\"crit\":[\"x\"]}") + good.substring(good.indexOf('.')));
        tokens.put("with a header that is no object", encoded("[1]") + good.substring(good.indexOf('.')));
        tokens.put("with a header that is no JSON", encoded("{\"alg\":") + good.substring(good.indexOf('.')));
        tokens.put("with claims that are no JSON", encoded("{\"alg\":\"RS256\"}") + "." + encoded("x") + ".AAAA");
        tokens.put("with deep claims", encoded("{\"alg\":\"RS256\"}") + "." + encoded("[".repeat(2_000)) + ".AAAA");
        tokens.put("dots", "..");
        tokens.put("many dots", ".".repeat(3_000));
        tokens.put("no base64", "!!!.???.***");
        tokens.put("one word", "password");
        tokens.put("a percent sign", "%00%0d%0a");
        tokens.put("nearly too long", "e".repeat(7_000));
        return tokens;
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

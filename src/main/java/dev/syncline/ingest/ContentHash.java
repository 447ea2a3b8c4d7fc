package dev.syncline.ingest;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * SHA-256 over normalised, mapped fields: names in order, each value with its type, each part with its length, so that no
 * two different rows read alike. Key order, spelling of dates and numbers, and outer blanks of the source leave no trace
 * (S1-25).
 */
public final class ContentHash {
    private ContentHash() {}

    /** 64 lower-case hex digits. */
    public static String of(SortedMap<String, Object> fields) {
        MessageDigest digest = sha256();
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            update(digest, 'n', field.getKey());
            update(digest, typeOf(field.getValue()), field.getValue().toString());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The first 64 bits of a text's SHA-256. */
    static long bits(String text) {
        byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong();
    }

    private static char typeOf(Object value) {
        if (value instanceof String) {
            return 's';
        }
        if (value instanceof Integer || value instanceof Long || value instanceof BigDecimal) {
            return '#';
        }
        if (value instanceof LocalDate) {
            return 'd';
        }
        if (value instanceof Instant) {
            return 'i';
        }
        if (value instanceof Boolean) {
            return 'b';
        }
        throw new IllegalStateException("not a field value: " + value.getClass());
    }

    private static void update(MessageDigest digest, char type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((byte) type);
        digest.update((byte) (bytes.length >>> 16));
        digest.update((byte) (bytes.length >>> 8));
        digest.update((byte) bytes.length);
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

package dev.syncline.roster;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

import dev.syncline.roster.ColumnDefinition.DataType;

/**
 * Placeholders for what says something of a person (S0-46): {@code Anon-} and 60 bits of an HMAC over serial and field, so that
 * a placeholder stays the same from call to call and on every replica, no two devices share one, and nobody without the key
 * can tell or try out what it stands for.
 */
final class Anonymizer implements Veil {
    static final String PREFIX = "Anon-";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int LENGTH = 12;
    /** In no field's name, so that field and serial cannot run into one another. */
    private static final char APART = '\0';

    /** Holds the key, and is copied for each value: to find and key a new one takes longer than the value itself. */
    private final Mac keyed;

    /** @param secret at least 32 characters; the same for all processes */
    Anonymizer(String secret) {
        this.keyed = keyed(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }

    private static Mac keyed(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public boolean isDrawn() {
        return true;
    }

    @Override
    public boolean covers(String path, @Nullable DataType type) {
        boolean isText = type != DataType.number && type != DataType.bool;
        return DeviceField.isPersonal(path) || DeviceField.isAttribute(path) && isText;
    }

    @Override
    public @Nullable Object shown(String serial, String path, @Nullable Object value) {
        boolean isHidden =
                DeviceField.isPersonal(path) || DeviceField.isAttribute(path) && value instanceof CharSequence;
        return value != null && isHidden ? placeholder(serial, path) : value;
    }

    @Override
    public String contentHash(String serial, String hash) {
        return HexFormat.of().formatHex(digest("contentHash", serial + APART + hash));
    }

    String placeholder(String serial, String path) {
        byte[] digest = digest(path, serial);
        StringBuilder text = new StringBuilder(PREFIX);
        for (int i = 0; i < LENGTH; i++) {
            // A byte a letter: 32 divides 256, so all are equally likely.
            text.append(LETTERS.charAt(digest[i] & 31));
        }
        return text.toString();
    }

    private byte[] digest(String path, String serial) {
        return copy().doFinal((path + APART + serial).getBytes(StandardCharsets.UTF_8));
    }

    /** Threads share nothing but what is never used itself. */
    private Mac copy() {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the " + ALGORITHM + " of this platform cannot be copied", e);
        }
    }
}

package dev.syncline.identity;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * E-mail addresses as they are compared and kept: without blanks around, in lower case. Of ASCII alone: some foreign letters
 * become ASCII in lower case, and would let their owner in as somebody else.
 */
public final class Email {
    private static final int LONGEST = 254;
    private static final String NAME = "[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*";
    private static final Pattern DOMAIN = Pattern.compile(NAME);
    private static final Pattern ADDRESS = Pattern.compile("[\\x21-\\x7e&&[^@,;<>\"]]{1,64}@" + NAME);

    private Email() {}

    public static String normalised(String address) {
        String stripped = address.strip();
        return StandardCharsets.US_ASCII.newEncoder().canEncode(stripped)
                ? stripped.toLowerCase(Locale.ROOT)
                : stripped;
    }

    /** Whether it can be one, after it was normalised. */
    public static boolean isAddress(String normalised) {
        return normalised.length() <= LONGEST && ADDRESS.matcher(normalised).matches();
    }

    static boolean isDomain(String normalised) {
        return DOMAIN.matcher(normalised).matches();
    }

    public static String domain(String normalised) {
        return normalised.substring(normalised.indexOf('@') + 1);
    }

    /** The domains that are admitted; any when empty. */
    static Set<String> domains(IdentityConfig config) {
        return config.allowedDomains().orElse(List.of()).stream()
                .map(Email::normalised)
                .collect(Collectors.toUnmodifiableSet());
    }
}

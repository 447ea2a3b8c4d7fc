package dev.syncline.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/** E-mail addresses as they are compared and kept: without blanks around, in lower case. */
final class Email {
    private static final int LONGEST = 254;
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s@,;<>\"\\p{Cntrl}]{1,64}@[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)*");

    private Email() {}

    static String normalised(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether it can be one, after it was normalised. */
    static boolean isAddress(String normalised) {
        return normalised.length() <= LONGEST && ADDRESS.matcher(normalised).matches();
    }

    static String domain(String normalised) {
        return normalised.substring(normalised.indexOf('@') + 1);
    }
}

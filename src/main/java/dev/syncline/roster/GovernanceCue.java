package dev.syncline.roster;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whether somebody should look after a device, and why (S0, normalization).
 *
 * @param reason null when nothing is the matter
 */
@Schema(description = "Whether somebody should look after the device, and why")
@RegisterForReflection
record GovernanceCue(@Schema(nullable = true) @Nullable Reason reason, Severity severity) {
    private static final Set<String> BAD = Set.of("poor", "needs repair");
    private static final Pattern GRAVE = Pattern.compile("hold|security|decom|retire");

    enum Reason {
        offboarding,
        condition
    }

    enum Severity {
        none,
        attention,
        critical
    }

    static GovernanceCue of(@Nullable String condition, @Nullable String offboardingStatus) {
        boolean isBad = condition != null && BAD.contains(lower(condition));
        boolean leaves = offboardingStatus != null && !offboardingStatus.isBlank();
        boolean isGrave =
                isBad || leaves && GRAVE.matcher(lower(offboardingStatus)).find();
        if (!leaves && !isBad) {
            return new GovernanceCue(null, Severity.none);
        }
        return new GovernanceCue(
                leaves ? Reason.offboarding : Reason.condition, isGrave ? Severity.critical : Severity.attention);
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}

package dev.syncline.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import io.quarkus.qute.TemplateExtension;

/** Values as text, for a reader without script; with it, the page puts them into the reader's own zone and locale. */
@TemplateExtension
final class Shown {
    private Shown() {}

    public static String utc(Instant instant) {
        return DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                .format(instant.atOffset(ZoneOffset.UTC));
    }

    public static String grouped(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    public static String duration(Duration took) {
        if (took.toMinutes() > 0) {
            return "%d min %d s".formatted(took.toMinutes(), took.toSecondsPart());
        }
        if (took.toSeconds() >= 10) {
            return took.toSeconds() + " s";
        }
        return took.toSeconds() < 1
                ? took.toMillis() + " ms"
                : String.format(Locale.ENGLISH, "%.1f s", took.toMillis() / 1000.0);
    }
}

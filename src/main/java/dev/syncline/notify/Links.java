package dev.syncline.notify;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.run.Run;

/** Where people look on. Paths alone, where nobody has said under which address this service is reached. */
@ApplicationScoped
class Links {
    static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private final String base;
    private final Optional<String> log;

    Links(NotifyConfig config) {
        this.base = config.publicUrl().orElse("").replaceAll("/+$", "");
        this.log = config.logUrl();
    }

    String dashboard() {
        return base + "/";
    }

    String run(Run run) {
        return base + "/api/runs/" + encoded(run.id());
    }

    String sync(String sync) {
        return base + "/api/syncs/" + encoded(sync);
    }

    String deadLetters(String sync) {
        return base + "/api/dead-letters?sync=" + encoded(sync);
    }

    /** The page of an error code, also of one that only a newer version knows. */
    String runbook(String code) {
        return base + "/docs/runbook/" + encoded(code.toLowerCase(Locale.ROOT).replace('_', '-')) + ".md";
    }

    /** None where nobody has said where the log is. */
    Optional<String> log(Run run) {
        return log.map(template -> filled(template, run));
    }

    private static String filled(String template, Run run) {
        return PLACEHOLDER.matcher(template).replaceAll(found -> switch (found.group(1)) {
            case "run" -> encoded(run.id());
            case "sync" -> encoded(run.sync());
            default -> encoded(run.trigger().requestId());
        });
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

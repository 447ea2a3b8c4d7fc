package dev.syncline.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkus.runtime.LaunchMode;
import io.vertx.ext.mail.mailencoder.EmailAddress;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.Email;
import dev.syncline.platform.StartupCheck;
import dev.syncline.platform.SyncException;
import dev.syncline.source.HttpPost;

/** Whoever is to be told must be one who can be (C0-53): a letter that fails for its address is noticed when it is needed. */
@Singleton
class NotifyCheck implements StartupCheck {
    private static final String PREFIX = "syncline.notify.";
    private static final Set<String> PLACEHOLDERS = Set.of("run", "sync", "request");

    private final NotifyConfig notify;
    private final HttpPost http;
    private final Config config;

    NotifyCheck(NotifyConfig notify, HttpPost http, Config config) {
        this.notify = notify;
        this.http = http;
        this.config = config;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        checkAddresses("mail.to", notify.mail().to(), problems);
        checkAddresses("mail.escalation-to", notify.mail().escalationTo(), problems);
        checkMailer(problems);
        notify.publicUrl()
                .filter(url -> !isWeb(url) || url.contains("?") || url.contains("#"))
                .ifPresent(url ->
                        problems.add(PREFIX + "public-url must be an address such as https://syncline.example.org"));
        notify.logUrl().ifPresent(template -> checkTemplate(template, problems));
        checkWebhook(problems);
        return problems;
    }

    private static void checkAddresses(String name, Optional<List<String>> addresses, List<String> problems) {
        addresses.orElse(List.of()).stream()
                .filter(address -> !isAddress(address))
                .forEach(address -> problems.add(PREFIX + name + ": \"" + address + "\" is not an e-mail address"));
    }

    /** Round brackets are a comment to the mail client. */
    private static boolean isAddress(String address) {
        return Email.isAddress(Email.normalised(address)) && !address.matches(".*[()\\\\].*");
    }

    private void checkMailer(List<String> problems) {
        Optional<String> from = config.getOptionalValue("quarkus.mailer.from", String.class);
        if (from.isPresent() && !isSender(from.get())) {
            problems.add("quarkus.mailer.from must be an e-mail address, such as Syncline <syncline@example.org>");
        }
        boolean mails =
                notify.mail().to().isPresent() || notify.mail().escalationTo().isPresent();
        if (!mails || LaunchMode.current() != LaunchMode.NORMAL) {
            return;
        }
        if (from.isEmpty()) {
            problems.add(
                    "quarkus.mailer.from must be set where syncline.notify.mail.to is: the address that letters come from"
                            + " (environment variable QUARKUS_MAILER_FROM)");
        }
        if (!isSet("quarkus.mailer.host")) {
            problems.add("quarkus.mailer.host must be set where syncline.notify.mail.to is: the mail server"
                    + " (environment variable QUARKUS_MAILER_HOST)");
        }
        if (config.getOptionalValue("quarkus.mailer.mock", Boolean.class).orElse(false)) {
            problems.add("quarkus.mailer.mock must not be true: letters would be logged and reach nobody");
        }
    }

    /** By somebody, not by a default. */
    private boolean isSet(String name) {
        var value = config.getConfigValue(name);
        return value.getValue() != null && !value.getValue().isBlank() && value.getSourceOrdinal() > 0;
    }

    private static boolean isSender(String from) {
        try {
            return isAddress(new EmailAddress(from).getEmail()) && from.chars().noneMatch(Character::isISOControl);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void checkTemplate(String template, List<String> problems) {
        boolean known =
                Links.PLACEHOLDER.matcher(template).results().allMatch(found -> PLACEHOLDERS.contains(found.group(1)));
        String filled = Links.PLACEHOLDER.matcher(template).replaceAll("x");
        if (!known || !isWeb(filled)) {
            problems.add(PREFIX
                    + "log-url must be an address such as https://logs.example.org/?q={run}, with {run}, {sync} and"
                    + " {request} alone to be filled in");
        }
    }

    /** The address itself may be a secret, so it is not repeated. */
    private void checkWebhook(List<String> problems) {
        Optional<String> secret = notify.webhook().secret();
        boolean isSecretGiven = secret.isPresent() || isBlank(PREFIX + "webhook.secret");
        if (isSecretGiven && secret.flatMap(WebhookSecret::parse).isEmpty()) {
            problems.add(PREFIX
                    + "webhook.secret must be whsec_ and at least 24 random bytes in Base64, or not be set at all");
        }
        if (notify.webhook().url().isEmpty()) {
            return;
        }
        if (!isSecretGiven) {
            problems.add(PREFIX + "webhook.secret must be set where " + PREFIX
                    + "webhook.url is (environment variable SYNCLINE_NOTIFY_WEBHOOK_SECRET)");
        }
        Optional<URI> url = web(notify.webhook().url().get());
        if (url.isEmpty()) {
            problems.add(PREFIX + "webhook.url must be an address that begins with https:// or http://");
            return;
        }
        try {
            http.requireAllowed(url.get());
        } catch (SyncException e) {
            problems.add(PREFIX + "webhook.url: " + e.detail());
        } catch (IllegalArgumentException e) {
            // The allow-list cannot be read, which is told by its own check.
        }
    }

    /** An empty value does not reach the typed configuration. */
    private boolean isBlank(String name) {
        @Nullable String raw = config.getConfigValue(name).getRawValue();
        return raw != null && raw.isBlank();
    }

    private static boolean isWeb(String url) {
        return web(url).isPresent();
    }

    private static Optional<URI> web(String url) {
        try {
            URI uri = new URI(url);
            boolean isWeb = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return isWeb && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}

package dev.syncline.identity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkus.runtime.LaunchMode;
import org.eclipse.microprofile.config.Config;

import dev.syncline.platform.StartupCheck;

/** In production somebody must be able to prove who they are, with secrets that are some (C0-53). */
@Singleton
class IdentityCheck implements StartupCheck {
    private static final int SHORTEST = 32;
    private static final int SHORTEST_MACHINE = 16;
    private static final Set<String> WELL_KNOWN = Set.of("development", "secret", "changeme", "change-me", "password");

    private static final Duration SHORTEST_REFRESH = Duration.ofSeconds(1);
    private static final Duration LONGEST_REFRESH = Duration.ofSeconds(20);

    private final IdentityConfig identity;
    private final Config config;

    IdentityCheck(IdentityConfig identity, Config config) {
        this.identity = identity;
        this.config = config;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        identity.trustedProxies().orElse(List.of()).forEach(proxy -> checkProxy(proxy, problems));
        identity.allowedEmails().orElse(List.of()).stream()
                .filter(email -> !Email.isAddress(Email.normalised(email)))
                .forEach(email ->
                        problems.add("syncline.identity.allowed-emails: \"" + email + "\" is not an e-mail address"));
        identity.allowedDomains().orElse(List.of()).stream()
                .filter(domain -> !Email.isDomain(Email.normalised(domain)))
                .forEach(domain -> problems.add(
                        "syncline.identity.allowed-domains: \"" + domain + "\" is not a domain such as example.org"));
        checkSecret("scheduler-secret", identity.schedulerSecret(), problems);
        checkSecret("write-back-secret", identity.writeBackSecret(), problems);
        checkOrigins(problems);
        Duration refresh = identity.refreshInterval();
        if (refresh.compareTo(SHORTEST_REFRESH) < 0 || refresh.compareTo(LONGEST_REFRESH) > 0) {
            problems.add(
                    "syncline.identity.refresh-interval must be from 1 to 20 seconds: a change has to be effective within 30");
        }
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            checkProvider(problems);
        }
        return problems;
    }

    private static void checkProxy(String proxy, List<String> problems) {
        try {
            var unused = ClientAddress.network(proxy);
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    /** Not set is fine, that way is closed then. Set to nothing, or to what everybody knows, is a mistake (C0-43). */
    private void checkSecret(String name, Optional<String> secret, List<String> problems) {
        boolean isGiven = secret.isPresent() || isBlank("syncline.identity." + name);
        if (isGiven && !isStrong(secret.orElse(""), SHORTEST_MACHINE)) {
            problems.add("syncline.identity." + name + " must be a secret of at least " + SHORTEST_MACHINE
                    + " characters, or not be set at all");
        }
    }

    /** An empty value does not reach the typed configuration. */
    private boolean isBlank(String name) {
        String raw = config.getConfigValue(name).getRawValue();
        return raw != null && raw.isBlank();
    }

    private static boolean isStrong(String secret, int shortest) {
        return secret.strip().length() >= shortest
                && WELL_KNOWN.stream().noneMatch(secret.toLowerCase(Locale.ROOT)::startsWith);
    }

    private void checkOrigins(List<String> problems) {
        List<String> origins = config.getOptionalValues("quarkus.http.cors.origins", String.class)
                .orElse(List.of());
        if (origins.stream().anyMatch(origin -> origin.contains("*") || origin.startsWith("/"))) {
            problems.add("quarkus.http.cors.origins must name each origin, such as https://dashboard.example.org:"
                    + " a pattern would let foreign pages act with a visitor's session");
        }
    }

    private void checkProvider(List<String> problems) {
        String provider = config.getOptionalValue("quarkus.oidc.auth-server-url", String.class)
                .orElse("")
                .strip();
        if (provider.isEmpty()) {
            problems.add(
                    "quarkus.oidc.auth-server-url is not set: give the OpenID provider that says who people are, such as"
                            + " https://id.example.org/realms/main (environment variable QUARKUS_OIDC_AUTH_SERVER_URL)");
        } else if (provider.contains("/dev/identity")) {
            problems.add("quarkus.oidc.auth-server-url is a development provider, which lets anybody be anybody");
        }
        String client = config.getOptionalValue("quarkus.oidc.credentials.secret", String.class)
                .orElse("");
        if (!isStrong(client, SHORTEST_MACHINE)) {
            problems.add("quarkus.oidc.credentials.secret must be the secret that the provider has given to this client"
                    + " (environment variable QUARKUS_OIDC_CREDENTIALS_SECRET)");
        }
        if (!isStrong(identity.sessionSecret().orElse(""), SHORTEST)) {
            problems.add(
                    "syncline.identity.session-secret must be a secret of at least " + SHORTEST
                            + " characters, the same for all processes (environment variable SYNCLINE_IDENTITY_SESSION_SECRET)");
        }
        boolean checks =
                config.getOptionalValue("quarkus.oidc.enabled", Boolean.class).orElse(true)
                        && config.getOptionalValue("quarkus.oidc.tenant-enabled", Boolean.class)
                                .orElse(true);
        if (!checks) {
            problems.add("quarkus.oidc.tenant-enabled must not be false: nobody could prove who they are");
        }
    }
}

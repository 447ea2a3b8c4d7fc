package dev.syncline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

@DisplayName("C0-53: what cannot work refuses to start, and says which setting is wrong")
class StartupIT {
    @TempDir
    Path folder;

    @Test
    void tellsAllThatIsMissingAtOnce() throws InterruptedException {
        try (var app = PackagedApp.startBare(Map.of())) {
            assertRefused(
                    app,
                    "quarkus.mongodb.connection-string is not set",
                    "quarkus.oidc.auth-server-url is not set",
                    "QUARKUS_OIDC_AUTH_SERVER_URL",
                    "quarkus.oidc.credentials.secret must be the secret that the provider has given to this client",
                    "QUARKUS_OIDC_CREDENTIALS_SECRET",
                    "syncline.identity.session-secret must be a secret of at least 32 characters",
                    "SYNCLINE_IDENTITY_SESSION_SECRET");
        }
    }

    @Test
    void refusesToRunWithoutMongo() throws InterruptedException {
        assertRefusal(Map.of());
    }

    @Test
    void refusesToRunWithABlankConnectionString() throws InterruptedException {
        assertRefusal(Map.of("quarkus.mongodb.connection-string", ""));
    }

    private static void assertRefusal(Map<String, String> settings) throws InterruptedException {
        try (var app = PackagedApp.start(settings)) {
            assertRefused(
                    app,
                    "Syncline refuses to start: quarkus.mongodb.connection-string is not set",
                    "QUARKUS_MONGODB_CONNECTION_STRING");
        }
    }

    /** In one line of ours. */
    private static void assertRefused(PackagedApp app, String... reasons) throws InterruptedException {
        assertThat(app.exitCode()).isEqualTo(1);
        assertThat(app.output())
                .containsOnlyOnce("Syncline refuses to start: ")
                .contains(reasons)
                .doesNotContain("Exception", "Listening on");
    }

    /** Everything else is right, and the identity provider is there. */
    @ParameterizedTest
    @MethodSource("unfitForIdentity")
    @DisplayName("C0-43, C0-53: without a provider, with secrets that are none, or open to foreign pages")
    void refusesWhatCannotTellWhoSomebodyIs(Map<String, String> settings, String reason) throws InterruptedException {
        try (var app = PackagedApp.start(onNoDatabase(settings))) {
            assertRefused(app, reason);
        }
    }

    static Stream<Arguments> unfitForIdentity() {
        String client = "quarkus.oidc.credentials.secret";
        String clientTold = client + " must be the secret that the provider has given to this client";
        String session = "syncline.identity.session-secret";
        String sessionTold = session + " must be a secret of at least 32 characters, the same for all processes";
        String scheduler = "syncline.identity.scheduler-secret";
        String writeBack = "syncline.identity.write-back-secret";
        String machineTold = " must be a secret of at least 16 characters, or not be set at all";
        return Stream.of(
                unfit("quarkus.oidc.auth-server-url", "", "quarkus.oidc.auth-server-url is not set: give the OpenID"),
                unfit(
                        "quarkus.oidc.auth-server-url",
                        "http://127.0.0.1:8080/dev/identity",
                        "quarkus.oidc.auth-server-url is a development provider"),
                unfit("quarkus.oidc.tenant-enabled", "false", "quarkus.oidc.tenant-enabled must not be false"),
                unfit(client, "", clientTold),
                unfit(client, "short", clientTold),
                unfit(client, "                    ", clientTold),
                unfit(client, "development-development-development", clientTold),
                unfit(session, "", sessionTold),
                unfit(session, "short", sessionTold),
                unfit(session, "thirty-one-characters-are-not-e", sessionTold),
                unfit(session, "development-only-development-only-development", sessionTold),
                unfit(scheduler, "", scheduler + machineTold),
                unfit(scheduler, "                    ", scheduler + machineTold),
                unfit(scheduler, "changeme-changeme-changeme", scheduler + machineTold),
                unfit(writeBack, "", writeBack + machineTold),
                unfit(writeBack, "short", writeBack + machineTold),
                unfit(
                        "syncline.identity.trusted-proxies",
                        "10.0.0.0/8,proxy.example",
                        "syncline.identity.trusted-proxies: \"proxy.example\" must be an address or a network"),
                unfit(
                        "syncline.identity.trusted-proxies",
                        "10.0.0.0/33",
                        "syncline.identity.trusted-proxies: \"10.0.0.0/33\" must be an address or a network"),
                unfit(
                        "syncline.identity.allowed-emails",
                        "lee@example.org,lee",
                        "syncline.identity.allowed-emails: \"lee\" is not an e-mail address"),
                unfit("quarkus.http.cors.origins", "*", "quarkus.http.cors.origins must name each origin"),
                unfit(
                        "quarkus.http.cors.origins",
                        "https://dashboard.example.org,/https://.+[.]example[.]org/",
                        "quarkus.http.cors.origins must name each origin"));
    }

    @ParameterizedTest
    @MethodSource("unfitForLetters")
    @DisplayName(
            "C0-53: with recipients who are none, a mail server that nobody named, or a webhook that must not be called")
    void refusesWhatCouldTellNobody(Map<String, String> settings, String reason) throws InterruptedException {
        try (var app = PackagedApp.start(onNoDatabase(settings))) {
            assertRefused(app, reason);
            assertThat(app.output()).doesNotContain("s3cr3t");
        }
    }

    static Stream<Arguments> unfitForLetters() {
        String notify = "syncline.notify.";
        String to = notify + "mail.to";
        String url = notify + "webhook.url";
        String secret = notify + "webhook.secret";
        String secretTold = secret + " must be whsec_ and at least 24 random bytes in Base64";
        String good = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";
        String host = "quarkus.mailer.host";
        String from = "quarkus.mailer.from";
        String ours = "syncline@example.org";
        return Stream.of(
                Arguments.of(Map.of(to, "ops", host, "mail", from, ours), to + ": \"ops\" is not an e-mail address"),
                Arguments.of(
                        Map.of(to, "ops@example.org,(x)@example.org", host, "mail", from, ours),
                        to + ": \"(x)@example.org\" is not an e-mail address"),
                Arguments.of(
                        Map.of(notify + "mail.escalation-to", "lead@", host, "mail", from, ours),
                        notify + "mail.escalation-to: \"lead@\" is not an e-mail address"),
                Arguments.of(Map.of(to, "ops@example.org", host, "mail"), from + " must be set where " + to + " is"),
                Arguments.of(Map.of(to, "ops@example.org", from, ours), host + " must be set where " + to + " is"),
                Arguments.of(
                        Map.of(to, "ops@example.org", host, "mail", from, "Syncline"),
                        from + " must be an e-mail address"),
                Arguments.of(
                        Map.of(to, "ops@example.org", host, "mail", from, ours, "quarkus.mailer.mock", "true"),
                        "quarkus.mailer.mock must not be true"),
                unfit(notify + "public-url", "syncline.example.org", notify + "public-url must be an address"),
                unfit(notify + "log-url", "https://logs/?q={pod}", notify + "log-url must be an address"),
                unfit(notify + "log-url", "logs/{run}", notify + "log-url must be an address"),
                unfit(secret, "", secretTold),
                unfit(secret, "s3cr3t", secretTold),
                unfit(secret, "whsec_c2hvcnQ=", secretTold),
                unfit(url, "https://hooks.example.org/s3cr3t", secret + " must be set where " + url + " is"),
                Arguments.of(
                        Map.of(url, "https://hooks.example.org/s3cr3t", secret, good),
                        url + ": https://hooks.example.org:443 is not in syncline.http.allowed-hosts"),
                Arguments.of(
                        Map.of(
                                url,
                                "https://hooks.example.org/s3cr3t",
                                secret,
                                good,
                                "syncline.http.allowed-hosts",
                                "hooks.example.org"),
                        "syncline.http.allowed-hosts: 'hooks.example.org' is not of the form"),
                Arguments.of(
                        Map.of(url, "hooks.example.org/s3cr3t", secret, good),
                        url + " must be an address that begins with https:// or http://"));
    }

    private static Arguments unfit(String setting, String value, String reason) {
        return Arguments.of(Map.of(setting, value), reason);
    }

    @Test
    void tellsNoSecret() throws InterruptedException {
        try (var app = PackagedApp.start(onNoDatabase(Map.of(
                "quarkus.oidc.credentials.secret", "s3cr3t-one",
                "syncline.identity.session-secret", "s3cr3t-two",
                "syncline.identity.scheduler-secret", "s3cr3t-three")))) {
            assertThat(app.exitCode()).isEqualTo(1);
            assertThat(app.output()).doesNotContain("s3cr3t");
        }
    }

    @Test
    void refusesDirectoriesAndSourcesThatCannotBeUsed() throws InterruptedException, IOException {
        var file = Files.createFile(folder.resolve("a-file"));
        assertTold(
                Map.of(
                        "syncline.permits.import-directory",
                        folder.resolve("missing").toString(),
                        "syncline.permits.spool-directory",
                        file.resolve("below").toString(),
                        "syncline.permits.source",
                        "https://elsewhere.example/feed.json",
                        "syncline.http.allowed-hosts",
                        "https://data.example",
                        "syncline.runs.lease",
                        "3S",
                        "syncline.feed.max-depth",
                        "0"),
                "syncline.permits.import-directory is no directory that can be read",
                "syncline.permits.spool-directory is no directory that can be written to",
                "syncline.permits.source: ",
                "syncline.runs.lease must be at least twice syncline.runs.renew-interval",
                "syncline.feed.max-depth must lie between 1 and 1000");
    }

    @Test
    void refusesAFileAsSourceWithoutADirectoryToFindItIn() throws InterruptedException {
        assertTold(
                Map.of("syncline.permits.quality.cost-to", "-1"),
                "syncline.permits.quality.cost-from must not be above syncline.permits.quality.cost-to");
        assertTold(
                Map.of("syncline.permits.source", "feed.json"),
                "syncline.permits.source is a file, so syncline.permits.import-directory must be set");
    }

    @Test
    @DisplayName("C0-53: a schedule that cannot be followed; all that is wrong with it at once")
    void refusesASchedule() throws InterruptedException {
        assertTold(
                Map.of(
                        "syncline.permits.schedule.cron",
                        "61 6 * * 1-5",
                        "syncline.permits.schedule.zone",
                        "Amerika/Toronto",
                        "syncline.permits.schedule.missed",
                        "later"),
                "Syncline refuses to start: ",
                "syncline.permits.schedule.cron cannot be read, '61 6 * * 1-5'",
                "syncline.permits.schedule.zone must be a time zone such as America/Toronto, not 'Amerika/Toronto'",
                "syncline.permits.schedule.missed must be run-once or skip, not 'later'");
        assertTold(
                Map.of("syncline.permits.schedule.cron", "0 6 31 2 *"),
                "syncline.permits.schedule.cron must come true on some day, and '0 6 31 2 *' never does");
        assertTold(Map.of("syncline.permits.schedule.late-after", "0S"), "syncline.permits.schedule.late-after");
    }

    /** Each is told by its name; what stands in the file is told nowhere. */
    @Test
    @DisplayName("C0-53: a sheet without the secret of its placeholders, and files of the roster that cannot be used")
    void refusesARosterThatCannotBeRead() throws InterruptedException, IOException {
        var credentials = Files.writeString(folder.resolve("account.json"), "s3cr3t, and no JSON");
        Map<String, String> settings = Map.of(
                "syncline.roster.sheet-id",
                "a-sheet",
                "syncline.roster.baseline-directory",
                folder.resolve("missing").toString(),
                "syncline.google.sheets.credentials-file",
                credentials.toString());
        try (var app = PackagedApp.start(onNoDatabase(settings))) {
            assertRefused(
                    app,
                    "syncline.roster.anonymization-key must be a secret of at least 32 characters",
                    "SYNCLINE_ROSTER_ANONYMIZATION_KEY",
                    "syncline.roster.baseline-directory is no directory that can be read",
                    "The file of syncline.google.sheets.credentials-file is no JSON object");
            assertThat(app.output()).doesNotContain("s3cr3t");
        }
    }

    @Test
    @DisplayName("C0-53: a file of the credential that is not there")
    void refusesACredentialThatIsNotThere() throws InterruptedException {
        assertTold(
                Map.of(
                        "syncline.roster.sheet-id",
                        "a-sheet",
                        "syncline.google.sheets.credentials-file",
                        folder.resolve("missing.json").toString()),
                "syncline.google.sheets.credentials-file is no file that can be read");
    }

    @Test
    void refusesValuesThatCannotBeMeant() throws InterruptedException {
        assertTold(
                Map.of(
                        "syncline.permits.ingest.batch-size",
                        "-1",
                        "syncline.permits.ingest.hold-share",
                        "1.5",
                        "syncline.permits.ingest.floor-rows",
                        "-5",
                        "syncline.runs.max-attempts",
                        "0",
                        "syncline.runs.retry-jitter",
                        "2",
                        "syncline.runs.lease",
                        "0S",
                        "syncline.http.page-size",
                        "0",
                        "syncline.permits.time-limit",
                        "0S",
                        "syncline.permits.quality.without-builder-share",
                        "95"),
                "syncline.permits.ingest.batch-size",
                "syncline.permits.ingest.hold-share",
                "syncline.permits.ingest.floor-rows",
                "syncline.runs.max-attempts",
                "syncline.runs.retry-jitter",
                "syncline.runs.lease",
                "syncline.http.page-size",
                "syncline.permits.time-limit",
                "syncline.permits.quality.without-builder-share");
    }

    @Test
    void refusesValuesThatCannotBeRead() throws InterruptedException {
        assertTold(Map.of("syncline.runs.lease", "soon"), "syncline.runs.lease", "soon");
        assertTold(Map.of("syncline.permits.ingest.batch-bytes", "much"), "syncline.permits.ingest.batch-bytes");
    }

    @Test
    void refusesAnAllowListThatAllowsNothing() throws InterruptedException {
        assertTold(
                Map.of("syncline.http.allowed-hosts", "https://data.example/path,data.example"),
                "syncline.http.allowed-hosts: 'https://data.example/path'",
                "syncline.http.allowed-hosts: 'data.example'");
    }

    private static void assertTold(Map<String, String> settings, String... reasons) throws InterruptedException {
        try (var app = PackagedApp.start(onNoDatabase(settings))) {
            assertThat(app.exitCode()).isEqualTo(1);
            assertThat(app.output()).contains(reasons).doesNotContain("Listening on");
        }
    }

    /** Nobody listens there: whoever got so far would have started. */
    private static Map<String, String> onNoDatabase(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("quarkus.mongodb.connection-string", "mongodb://127.0.0.1:1/");
        return all;
    }
}

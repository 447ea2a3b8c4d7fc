package dev.syncline.notify;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import dev.syncline.roster.ScriptedRoster;
import dev.syncline.run.CoreProfile;
import dev.syncline.run.ScriptedSync;

/** A scripted sync, a mail server and a webhook on ports that a test opens itself, and short waiting times. */
public class NotifyProfile extends CoreProfile {
    static final String PASSWORD = "canary-mail-7Kq2x";
    static final String SECRET = "whsec_Y2FuYXJ5LXdlYmhvb2stc2VjcmV0LTlMdzNk";

    private static final int MAIL_PORT = freePort();
    private static final int WEBHOOK_PORT = freePort();

    /** Below those that systems give to clients: it must stay free from one test to the next. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // Somebody has it; the next one.
            }
        }
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(ScriptedSync.class, ScriptedRoster.Selected.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
        String webhook = "http://127.0.0.1:" + WEBHOOK_PORT;
        overrides.putAll(Map.of(
                "quarkus.mailer.mock", "false",
                "quarkus.mailer.host", "127.0.0.1",
                "quarkus.mailer.port", Integer.toString(MAIL_PORT),
                "quarkus.mailer.from", "Syncline <syncline@example.org>",
                "quarkus.mailer.username", "syncline",
                "quarkus.mailer.password", PASSWORD));
        overrides.putAll(Map.of(
                "syncline.notify.mail.to", "ops@example.org, duty@example.org",
                "syncline.notify.mail.escalation-to", "lead@example.org",
                "syncline.notify.mail.timeout", "3S",
                "syncline.notify.webhook.url", webhook + "/hooks/canary-path-4Tz8v",
                "syncline.notify.webhook.secret", SECRET,
                "syncline.notify.webhook.timeout", "2S",
                "syncline.http.allowed-hosts", webhook,
                "syncline.notify.public-url", "https://syncline.example.org/",
                "syncline.notify.log-url", "https://logs.example.org/?q={run}%20{request}",
                "syncline.notify.back-off", "200ms"));
        overrides.put("syncline.notify.longest-back-off", "1S");
        overrides.put("syncline.roster.sheet-id", ScriptedRoster.SHEET);
        return overrides;
    }
}

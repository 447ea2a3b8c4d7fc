package dev.syncline.identity;

import java.util.HashMap;
import java.util.Map;

import dev.syncline.status.ApiProfile;

/**
 * The application with everything that identity knows switched on: machine secrets, a domain list, and a trusted proxy, which
 * is this machine. An attempt that fails is repeated an hour later, or when somebody asks for it.
 */
public class IdentityProfile extends ApiProfile {
    static final String SCHEDULER_SECRET = "canary-of-the-scheduler-7Qm2x";
    static final String WRITE_BACK_SECRET = "canary-of-the-write-back-4Tn9z";
    static final String CLIENT_SECRET = "canary-of-the-client-8Rk3v-0123456789abcdef";
    static final String SESSION_SECRET = "canary-of-the-session-1Wc6y-0123456789abcdef";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
        settings.put("syncline.identity.scheduler-secret", SCHEDULER_SECRET);
        settings.put("syncline.identity.write-back-secret", WRITE_BACK_SECRET);
        settings.put("syncline.identity.session-secret", SESSION_SECRET);
        settings.put("quarkus.oidc.credentials.secret", CLIENT_SECRET);
        settings.put("syncline.identity.allowed-domains", "example.org,Example.COM");
        settings.put("syncline.identity.trusted-proxies", "127.0.0.1");
        settings.put("syncline.runs.max-attempts", "2");
        settings.put("syncline.runs.retry-delays", "1H");
        return settings;
    }
}

package dev.syncline.identity;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

/** The application with secrets for both machines, and with a sync that belongs to one person. */
public class AccessProfile implements QuarkusTestProfile {
    static final String SCHEDULER_SECRET = "a secret of the scheduler in tests";
    static final String WRITE_BACK_SECRET = "a-secret-of-the-write-back-in-tests";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "syncline.identity.scheduler-secret",
                SCHEDULER_SECRET,
                "syncline.identity.write-back-secret",
                WRITE_BACK_SECRET,
                PersonalSync.SETTING,
                "true");
    }
}

package dev.syncline.identity;

import java.util.HashMap;
import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

import dev.syncline.roster.ScriptedRoster;

/** The application with secrets for both machines, and with a sync that belongs to one person. */
public class AccessProfile implements QuarkusTestProfile {
    static final String SCHEDULER_SECRET = "a secret of the scheduler in tests";
    static final String WRITE_BACK_SECRET = "a-secret-of-the-write-back-in-tests";

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "syncline.identity.scheduler-secret",
                SCHEDULER_SECRET,
                "syncline.identity.write-back-secret",
                WRITE_BACK_SECRET,
                PersonalSync.SETTING,
                "true"));
        settings.putAll(ScriptedRoster.SETTINGS);
        // Whoever may ask then reaches nobody's sheet.
        settings.remove("syncline.roster.sheet-id");
        return settings;
    }
}

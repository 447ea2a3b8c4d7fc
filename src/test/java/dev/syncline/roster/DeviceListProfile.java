package dev.syncline.roster;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTestProfile;

import dev.syncline.SteeredSync;

/** The application with a sheet, which nobody reads, and with a sync that a test steers. */
public class DeviceListProfile implements QuarkusTestProfile {
    static final String SHEET = "1AbC-the-sheet-of-the-tests";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "syncline.roster.sheet-id", SHEET, "syncline.roster.schedule.cron", "off", SteeredSync.SETTING, "true");
    }
}

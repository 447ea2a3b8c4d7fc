package dev.syncline.google;

import java.time.Clock;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;

import dev.syncline.platform.MongoDatabase;

/** Our own parts, put together with the settings of a test. */
public final class SheetsDesk {
    private SheetsDesk() {}

    public static SheetsApi api(SheetsConfig settings, MongoDatabase database, MeterRegistry registry) {
        SheetsAccess access = new SheetsAccess(settings, Optional.empty());
        CallMetrics metrics = new CallMetrics(registry);
        return new SheetsApi(
                settings,
                new Credentials(access, settings, new TokenTransport()),
                new CallBudget(database, settings, metrics),
                new SheetsCalls(access, settings, new CallFailures(Clock.systemUTC())),
                metrics);
    }
}

package dev.syncline.roster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import io.quarkus.arc.properties.IfBuildProperty;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Multi;

import dev.syncline.SignedIn;
import dev.syncline.ingest.Progress;
import dev.syncline.run.RunScope;
import dev.syncline.run.Schedule;
import dev.syncline.run.SyncJob;
import dev.syncline.status.ApiProfile;
import dev.syncline.status.ScriptedSync;

/**
 * The roster sync as its endpoints know it, whose runs do what a test says: a sheet can be made to fail in a few ways only, and
 * the endpoints have to tell all of them. For the test profiles that ask for it, where it stands in for the real one.
 */
@ApplicationScoped
@IfBuildProperty(name = ScriptedRoster.ENABLED, stringValue = "true")
public class ScriptedRoster implements SyncJob {
    static final String ENABLED = "syncline.test.scripted-roster";
    public static final String SHEET = "sheet-of-tests";
    /** What a test profile sets. */
    public static final Map<String, String> SETTINGS = Map.of(
            ENABLED,
            "true",
            "quarkus.arc.exclude-types",
            "dev.syncline.roster.RosterJob",
            "syncline.roster.sheet-id",
            SHEET,
            "syncline.roster.slow-after",
            "1S",
            "syncline.roster.schedule.cron",
            "*/2 * * * *",
            "syncline.roster.schedule.started-by",
            "scheduler");

    /** For the profiles that select their syncs. */
    @Alternative
    @Singleton
    public static class Selected extends ScriptedRoster {
        Selected(RosterConfig config, ConfiguredSheet sheet) {
            super(config, sheet);
        }
    }

    private final RosterConfig config;
    private final ConfiguredSheet sheet;
    private volatile Function<RunScope, Multi<Progress>> script = scope -> ScriptedSync.succeeding();
    private volatile boolean enabled = true;
    private volatile boolean scheduled = true;

    ScriptedRoster(RosterConfig config, ConfiguredSheet sheet) {
        this.config = config;
        this.sheet = sheet;
    }

    /** A request of the scheduler that proves who it is. */
    public static RequestSpecification scheduler() {
        return SignedIn.nobody()
                .header("X-Appengine-Cron", "true")
                .header("X-Internal-Service-Token", ApiProfile.SCHEDULER_SECRET);
    }

    public void does(Function<RunScope, Multi<Progress>> script) {
        this.script = script;
    }

    public void enable(boolean enabled) {
        this.enabled = enabled;
    }

    /** As with a schedule that is off. */
    void unschedule() {
        scheduled = false;
    }

    public void reset() {
        script = scope -> ScriptedSync.succeeding();
        enabled = true;
        scheduled = true;
    }

    @Override
    public String sync() {
        return RosterSync.SYNC;
    }

    @Override
    public String title() {
        return "Devices, from the roster sheet";
    }

    @Override
    public String startLabel() {
        return "Refresh now";
    }

    @Override
    public boolean enabled() {
        return enabled;
    }

    @Override
    public Map<String, String> input() {
        return sheet.input();
    }

    @Override
    public Optional<Schedule> schedule() {
        return scheduled ? Schedule.of(config.schedule()) : Optional.empty();
    }

    @Override
    public Optional<Duration> timeLimit() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> slowAfter() {
        return Optional.of(config.slowAfter());
    }

    @Override
    public Multi<Progress> execute(RunScope scope) {
        return script.apply(scope);
    }
}

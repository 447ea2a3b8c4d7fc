package dev.syncline.writeback;

import java.time.Clock;
import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.google.Pace;
import dev.syncline.google.SheetsApi;
import dev.syncline.google.SheetsSession;
import dev.syncline.run.RunScope;

/** Begins passes, each with calls and readings of its own. */
@ApplicationScoped
class Passes {
    /** What was begun within the time of a run may take so much longer. */
    static final Duration GRACE = Duration.ofSeconds(50);

    private final SheetsApi sheets;
    private final TabReader tabs;
    private final Models models;
    private final WriteBackConfig config;
    private final Clock clock;

    Passes(SheetsApi sheets, TabReader tabs, Models models, WriteBackConfig config, Clock clock) {
        this.sheets = sheets;
        this.tabs = tabs;
        this.models = models;
        this.config = config;
        this.clock = clock;
    }

    /** @param most items that the run may take */
    Pass begin(RunScope scope, int most) {
        SheetsSession session = sheets.writing(config.runFor().plus(GRACE), pace(config.calls()));
        LogEntries entries = new LogEntries(scope.run(), clock);
        return new Pass(scope, session, tabs, models, entries, most, config.runFor(), config.claimTimeout());
    }

    private static Pace pace(WriteBackConfig.Calls calls) {
        return new Pace(calls.attempts(), calls.backOff(), calls.longestBackOff());
    }
}

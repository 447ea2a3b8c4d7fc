package dev.syncline.google;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

/** Google Sheets. */
@ApplicationScoped
public class SheetsApi {
    private final SheetsConfig config;
    private final Credentials credentials;
    private final CallBudget budget;
    private final SheetsCalls calls;
    private final CallMetrics metrics;

    SheetsApi(SheetsConfig config, Credentials credentials, CallBudget budget, SheetsCalls calls, CallMetrics metrics) {
        this.config = config;
        this.credentials = credentials;
        this.budget = budget;
        this.calls = calls;
        this.metrics = metrics;
    }

    /** @param patience for all of its calls, with every wait and repeat in between */
    public SheetsSession session(Duration patience) {
        BackOff backOff = new BackOff(config.backOff(), config.longestBackOff(), BackOff.Jitter.FULL);
        return session(new Manner(Purpose.READING, config.attempts(), backOff), patience);
    }

    /** For work that writes too. Shares the budget of the one that reads (S2-32). */
    public SheetsSession writing(Duration patience, Pace pace) {
        BackOff backOff = new BackOff(pace.backOff(), pace.longestBackOff(), BackOff.Jitter.ADDED);
        return session(new Manner(Purpose.WRITING, pace.attempts(), backOff), patience);
    }

    private SheetsSession session(Manner manner, Duration patience) {
        return new SheetsSession(credentials, budget, calls, metrics, manner, Deadline.in(patience));
    }
}

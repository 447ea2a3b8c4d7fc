package dev.syncline.google;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

/** Google Sheets, for reading. */
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
        return new SheetsSession(config, credentials, budget, calls, metrics, Deadline.in(patience));
    }
}

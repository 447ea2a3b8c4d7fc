package dev.syncline.roster;

/** Answers of the roster's family, for the API description. */
final class RosterExamples {
    private static final String RUN = "01a203ed-510d-7000-89e6-dcaf384b9a80";

    private static final String LINKS = "{\"run\": \"/api/runs/" + RUN
            + "\", \"status\": \"/api/sync/status\", \"events\": \"/api/events?run=" + RUN + "\"}";

    private static final String METRICS = """
            {"rowCount": 400, "rowsProcessed": 398, "rowsSkipped": 1, "conflicts": 1, "added": 2, "updated": 3,
             "unchanged": 393, "missing": 1, "durationMs": 2140}""";

    private static final String FIGURES = """
            "runs": 361, "success": 357, "failure": 1, "skipped": 3, "totalDurationMs": 760000, "avgDurationMs": 2122,
            "totalRows": 143200, "rowsSkipped": 358, "conflicts": 357""";

    private static final String CHANGE = "{\"runId\": \"" + RUN + """
            ", "at": "2026-01-31T06:00:02Z", "added": ["Warranty"], "removed": [],
             "renamed": [{"from": "Owner", "to": "Assigned to"}],
             "versions": {"before": "registry-11-2fd4e1c6", "after": "registry-12-7a2d28fc"}}""";

    private static final String MANUAL =
            "\"taskId\": \"" + RUN + "\", \"runId\": \"" + RUN + """
            ", "requestedBy": "sam@example.org", "trigger": "manual", "mode": "live", "anonymized": false,
            "sheetId": "1AbC", "queuedAt": "2026-01-31T06:00:00Z", "statusToken": \"""" + RUN + ":1\", \"links\": " + LINKS;

    static final String STARTED = "{\"data\": {\"status\": \"running\", \"rowsProcessed\": null, \"durationMs\": null, "
            + MANUAL + "}, \"error\": null}";

    static final String ENDED = "{\"data\": {\"status\": \"success\", \"rowsProcessed\": 398, \"durationMs\": 2140, "
            + MANUAL + "}, \"error\": null}";

    static final String TICKED = "{\"data\": {\"status\": \"running\", \"trigger\": \"scheduled\", \"requestedBy\": "
            + "\"scheduler\", \"runId\": \"" + RUN + "\", \"mode\": \"live\", \"sheetId\": \"1AbC\", "
            + "\"startedAt\": \"2026-01-31T06:00:00Z\", \"links\": " + LINKS + "}, \"error\": null}";

    static final String SKIPPED = """
            {"data": {"status": "skipped", "trigger": "scheduled", "requestedBy": "scheduler", "sheetId": "1AbC",
                      "reason": "cadence_window", "remainingMs": 79500},
             "error": null}
            """;

    static final String IDLE = "{\"data\": {\"status\": \"idle\", \"warnings\": []}, \"error\": null}";

    static final String SUCCESS = "{\"data\": {\"status\": \"success\", \"runId\": \"" + RUN + """
            ", "requestedBy": "sam@example.org", "trigger": "manual", "mode": "live", "anonymized": false,
             "sheetId": "1AbC", "queuedAt": "2026-01-31T06:00:00Z", "startedAt": "2026-01-31T06:00:00.020Z",
             "completedAt": "2026-01-31T06:00:02.160Z", "metrics": """ + METRICS + """
            , "warnings": [{"type": "schema-change", "code": "COLUMNS_CHANGED", "message":
              "Columns of the sheet have changed: 1 added, 0 removed, 1 renamed", "sample": [], "change": """
            + CHANGE
            + "}], \"statusToken\": \"" + RUN + ":9\", \"dataAsOf\": \"2026-01-31T06:00:00.020Z\", \"links\": " + LINKS
            + "}, \"error\": null}";

    static final String AUDIT = """
            {"data": {"sheetId": "1AbC", "tabName": "Devices", "rowsAudited": 400, "missingSerialCount": 1,
                      "missingSerialRows": [17], "status": "blocked", "startedAt": "2026-01-31T06:00:00Z",
                      "completedAt": "2026-01-31T06:00:01Z"},
             "error": null}
            """;

    static final String BASELINE = "{\"snapshot\": \"2026-01.json\", \"confirm\": true}";

    private static final String RESTORE = "\"runId\": \"" + RUN + """
            ", "snapshot": "2026-01.json", "requestedBy": "lee@example.org", "queuedAt": "2026-01-31T06:00:00Z"}""";

    static final String RESTORING = "{\"data\": {\"status\": \"running\", " + RESTORE + ", \"error\": null}";

    static final String RESTORED = "{\"data\": {\"status\": \"success\", " + RESTORE + ", \"error\": null}";

    static final String FIGURES_OF_ALL =
            "{\"data\": {\"asOf\": \"2026-01-31T06:00:00Z\", \"last12h\": {\"perTrigger\": "
                    + "[{\"trigger\": \"scheduled\", " + FIGURES + "}], \"totals\": {" + FIGURES
                    + "}}, \"cumulative\": "
                    + "{\"perTrigger\": [], \"totals\": {" + FIGURES + "}}, \"webhook\": {\"runId\": \"" + RUN
                    + "\", \"status\": \"suppressed\", \"reason\": \"webhook-disabled\", \"detail\": null, \"at\": "
                    + "\"2026-01-31T06:00:03Z\"}, \"schemaChange\": " + CHANGE + "}, \"error\": null}";

    private RosterExamples() {}
}

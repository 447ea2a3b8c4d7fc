package dev.syncline.writeback;

/** Requests and answers of the write-back's family, for the API description. */
final class WriteBackExamples {
    static final String RUN = "01a203ed-510d-7000-89e6-dcaf384b9a80";

    private static final String ITEM = "01a203ec-0a0b-7000-8c11-5b0e8f7a2d10";

    private static final String STATS = "{\"pending\": 3, \"processing\": 0, \"completed\": 412, \"failed\": 1}";

    private static final String LINKS = "{\"self\": \"/api/runs/" + RUN + "\", \"events\": \"/api/events?run=" + RUN
            + "\", \"changes\": \"/api/runs/" + RUN + "/changes\"}";

    private static final String TRIGGER = """
            "trigger": {"kind": "manual", "actor": "write-back", "requestId": "01a203ed-5109-7000-9af3-bedc0f4c3acb"},
            "mode": "live", "queuedAt": "2026-01-31T06:00:00Z", "warnings": [], \"""" + "links\": " + LINKS;

    private static final String QUEUED_RUN = "{\"id\": \"" + RUN + """
            ", "sync": "writeback", "state": "QUEUED", "version": 1, "attempt": 0, "attempts": [],
             "progress": {"stage": "waiting", "read": 0, "bytesRead": 0},
             "counts": {"read": 0, "added": 0, "updated": 0, "unchanged": 0, "rejected": 0, "duplicates": 0, "absent": 0},
            """ + TRIGGER + "}";

    private static final String ENDED_RUN = "{\"id\": \"" + RUN + """
            ", "sync": "writeback", "state": "PARTIAL", "version": 4, "attempt": 1,
             "attempts": [{"number": 1, "startedAt": "2026-01-31T06:00:00Z", "endedAt": "2026-01-31T06:00:02Z",
                           "durationMs": 1840}],
             "startedAt": "2026-01-31T06:00:00Z", "completedAt": "2026-01-31T06:00:02Z", "durationMs": 1840,
             "progress": {"stage": "finished", "read": 25, "bytesRead": 0},
             "counts": {"read": 25, "added": 4, "updated": 18, "unchanged": 2, "rejected": 1, "duplicates": 0, "absent": 0},
            """ + TRIGGER + "}";

    static final String STARTED = "{\"success\": true, \"task_id\": \"" + RUN + "\", \"queueStats\": " + STATS
            + ", \"run\": " + QUEUED_RUN + "}";

    static final String ENDED =
            "{\"success\": true, \"result\": {\"processed\": 25, \"succeeded\": 22, \"failed\": 1, \"skipped\": 2}, "
                    + "\"queueStats\": " + STATS + ", \"run\": " + ENDED_RUN + "}";

    static final String CHANGE = """
            {"model": "Request", "action": "UPDATE", "recordId": "req-42", "payload": {"status": "BOOKING"}}""";

    static final String CHANGES = """
            {"items": [{"model": "Request", "action": "CREATE", "recordId": "req-43"},
                       {"model": "Operator", "action": "UPDATE", "recordId": "65f1c0ffee65f1c0ffee65f1"}]}
            """;

    static final String QUEUED = "{\"success\": true, \"data\": {\"items\": [{\"id\": \"" + ITEM + """
            ", "model": "Request", "recordId": "req-42", "action": "UPDATE", "status": "PENDING", "coalesced": false}],
             "stats": """ + STATS + "}}";

    private static final String FAILED = "\"id\": \"" + ITEM + """
            ", "model": "Request", "action": "UPDATE", "recordId": "req-42",
             "lastError": "the row of RQ-42 is not in the tab Request any more", "lastCode": "ROW_GONE", "retries": 1,
             "createdAt": "2026-01-31T05:51:12Z\"""";

    private static final String ITEM_VIEW = "{" + FAILED + """
            , "status": "FAILED", "changes": 1, "maxRetries": 3, "changedAt": "2026-01-31T05:51:12Z",
             "claimedAt": "2026-01-31T06:00:01Z", "processedAt": "2026-01-31T06:00:02Z", "remarks": [],
             "overwrite": false, "actor": "write-back", "run": \"""" + RUN + "\"}";

    static final String FAILED_ITEM = "{\"success\": true, \"data\": " + ITEM_VIEW + "}";

    static final String RETRIED_ITEM = "{\"success\": true, \"data\": {\"id\": \"" + ITEM + """
            ", "model": "Request", "action": "UPDATE", "recordId": "req-42", "status": "PENDING", "changes": 1,
             "retries": 0, "maxRetries": 3, "createdAt": "2026-01-31T05:51:12Z", "remarks": [], "overwrite": true}}
            """;

    static final String RETRIED = "{\"success\": true, \"data\": {\"retried\": 17}}";

    static final String ITEMS = "{\"items\": [" + ITEM_VIEW + "], \"nextCursor\": \"cXVldWUtaXRlbXMKMDFhMg\"}";

    private static final String ENTRY =
            "{\"id\": \"" + RUN + ":" + ITEM + ":1\", \"run\": \"" + RUN + "\", \"item\": \"" + ITEM + """
            ", "model": "Request", "recordId": "req-42", "key": "RQ-42", "action": "WRITE_BACK_UPDATE",
             "status": "SUCCESS", "actor": "write-back", "spreadsheet": "1AbC", "tab": "Request", "row": 17,
             "cells": [{"column": "Status", "from": {"kind": "TEXT", "text": "Đã báo giá"},
                        "to": {"kind": "TEXT", "text": "Booking"}, "conflict": false},
                       {"column": "Pax", "from": {"kind": "BLANK"}, "to": {"kind": "NUMBER", "number": 4},
                        "conflict": false}],
             "at": "2026-01-31T06:00:02Z"}""";

    static final String LOG = "{\"items\": [" + ENTRY + "], \"nextCursor\": \"d3JpdGUtYmFjay1sb2cKMDFhMg\"}";

    private static final String NOT_SYNCED = "[\"Deletions: the row of a record that is deleted stays as it is.\"]";

    static final String QUEUE = "{\"success\": true, \"data\": {\"stats\": " + STATS + ", \"recentFailed\": [{" + FAILED
            + "}], \"recentLogs\": [" + ENTRY + """
            ], "lastProcessed": "2026-01-31T06:00:02Z", "oldestPending": "2026-01-31T06:01:40Z",
             "blocked": [{"model": "Revenue", "code": "HEADER_MISMATCH", "checkedAt": "2026-01-31T06:00:01Z",
                          "detail": "row 2 of the tab Revenue has no column \\"Amount VND\\""}],
             "notSynced": """ + NOT_SYNCED + "}}";

    static final String EMPTY_QUEUE = """
            {"success": true, "data": {"stats": {"pending": 0, "processing": 0, "completed": 0, "failed": 0},
             "recentFailed": [], "recentLogs": [], "lastProcessed": null, "oldestPending": null, "blocked": [],
             "notSynced": """ + NOT_SYNCED + "}}";

    private WriteBackExamples() {}
}

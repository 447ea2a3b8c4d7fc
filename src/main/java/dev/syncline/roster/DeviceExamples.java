package dev.syncline.roster;

/** Examples of the API description. */
final class DeviceExamples {
    static final String DEVICE = """
            {"serial": "c02xk0a1jg5h", "legacyDeviceId": "NYU-0042", "sheetId": "1AbC", "assignedTo": "Ana Silva",
             "status": "In Use", "condition": "Needs Repair", "offboardingStatus": null,
             "offboardingMetadata": {"lastActor": "lee@example.org", "lastAction": "Handed over",
                                     "lastTransferAt": "2026-01-12T15:00:00Z"},
             "lastTransferNotes": "With charger", "lastSeen": "2026-01-30T00:00:00Z",
             "lastSyncedAt": "2026-01-31T06:00:00Z",
             "contentHash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             "dynamicAttributes": {"asset_tag": "000042", "price": 1299.5, "insured": true},
             "missingSince": null, "presence": "present",
             "governance": {"reason": "condition", "severity": "critical"},
             "createdAt": "2025-09-01T06:00:00Z", "updatedAt": "2026-01-31T06:00:00Z"}
            """;

    private static final String COLUMN = """
            {"columnKey": "asset_tag", "label": "Asset tag", "displayOrder": 7, "dataType": "string",
             "nullable": false, "declared": false, "anonymizable": true,
             "detectedAt": "2025-09-01T06:00:00Z", "lastSeenAt": "2026-01-31T06:00:00Z"}
            """;

    static final String GRID = "{\"data\": {\"devices\": [" + DEVICE + "], \"columns\": [" + COLUMN + """
            ]},
             "meta": {"page": 1, "pageSize": 50, "total": 1, "totalPages": 1, "hasNextPage": false,
                      "hasPreviousPage": false,
                      "appliedFilters": {"search": null, "status": ["In Use"], "condition": [],
                                         "offboardingStatus": [], "assignedTo": null, "presence": []},
                      "sort": {"field": "lastSyncedAt", "direction": "desc"},
                      "columnsVersion": "registry-12-da39a3ee5e6b4b0d3255bfef95601890afd80709",
                      "filterOptions": {"status": ["Available", "In Use"], "condition": ["Good", "Needs Repair"],
                                        "offboardingStatus": []}},
             "error": null}
            """;

    static final String DETAIL = "{\"data\": {\"device\": " + DEVICE + """
            , "history": [
               {"field": "condition", "kind": "updated", "from": "Good", "to": "Needs Repair",
                "runId": "01a2048a-97b2-7000-ac33-42fc5347a301", "changedAt": "2026-01-31T06:00:00Z"}]},
             "error": null}
            """;

    static final String COLUMNS = "{\"data\": {\"columns\": [" + COLUMN + """
            ], "columnsVersion": "registry-12-da39a3ee5e6b4b0d3255bfef95601890afd80709"},
             "meta": {"columnCount": 1}, "error": null}
            """;

    static final String EXPORT_JSON = "[" + DEVICE + "]";

    static final String EXPORT_CSV = """
            serial,assignedTo,status,condition,asset_tag\r
            c02xk0a1jg5h,Ana Silva,In Use,Needs Repair,000042\r
            """;

    static final String ANONYMIZATION = """
            {"data": {"enabled": true, "updatedAt": "2026-01-31T06:00:00Z"}, "error": null}
            """;

    private DeviceExamples() {}
}

package dev.syncline.status;

/** Answers as the API description shows them. */
final class RunExamples {
    static final String RUN = """
            {
              "id": "01a203ed-510d-7000-89e6-dcaf384b9a80",
              "sync": "permits",
              "state": "PARTIAL",
              "version": 6,
              "trigger": {"kind": "manual", "actor": "lee@example.org",
                          "requestId": "01a203ed-5109-7000-9af3-bedc0f4c3acb"},
              "mode": "live",
              "attempt": 1,
              "attempts": [
                {
                  "number": 1,
                  "startedAt": "2026-11-22T15:43:34.162Z",
                  "endedAt": "2026-11-22T15:43:34.982Z",
                  "durationMs": 795
                }
              ],
              "queuedAt": "2026-11-22T15:43:34.157Z",
              "startedAt": "2026-11-22T15:43:34.162Z",
              "completedAt": "2026-11-22T15:43:34.982Z",
              "durationMs": 795,
              "progress": {"stage": "finished", "read": 1658, "bytesRead": 1409053, "bytesTotal": 1409053},
              "counts": {
                "read": 1658,
                "added": 844,
                "updated": 95,
                "unchanged": 719,
                "rejected": 0,
                "duplicates": 0,
                "absent": 129
              },
              "warnings": [
                {
                  "code": "SWEEP_HELD",
                  "message": "129 of 943 known rows are absent (13.7 %, held from 10.0 % on)",
                  "sample": ["21 178362 BLD--00"]
                }
              ],
              "source": {
                "feed": "https://open.example.org/permits.json",
                "checkedAt": "2026-11-22T15:43:34.170Z",
                "readAt": "2026-11-22T15:43:34.170Z",
                "changedSince": "2026-11-22T15:43:34.170Z",
                "unchanged": false,
                "etag": "\\"9d1f\\"",
                "lastModified": "Sun, 22 Nov 2026 15:00:00 GMT",
                "snapshot": "/spool/permits-2026-11-22-01a203ed-510d-7000-89e6-dcaf384b9a80-1.json.gz",
                "kept": false
              },
              "links": {
                "self": "/api/runs/01a203ed-510d-7000-89e6-dcaf384b9a80",
                "events": "/api/events?run=01a203ed-510d-7000-89e6-dcaf384b9a80",
                "changes": "/api/runs/01a203ed-510d-7000-89e6-dcaf384b9a80/changes",
                "sweep": "/api/runs/01a203ed-510d-7000-89e6-dcaf384b9a80/sweep"
              }
            }
            """;

    static final String QUEUED = """
            {
              "id": "01a203ed-510d-7000-89e6-dcaf384b9a80",
              "sync": "permits",
              "state": "QUEUED",
              "version": 1,
              "trigger": {"kind": "manual", "actor": "lee@example.org",
                          "requestId": "01a203ed-5109-7000-9af3-bedc0f4c3acb"},
              "mode": "live",
              "attempt": 0,
              "attempts": [],
              "queuedAt": "2026-11-22T15:43:34.157Z",
              "progress": {"stage": "waiting", "read": 0, "bytesRead": 0},
              "counts": {
                "read": 0,
                "added": 0,
                "updated": 0,
                "unchanged": 0,
                "rejected": 0,
                "duplicates": 0,
                "absent": 0
              },
              "warnings": [],
              "links": {
                "self": "/api/runs/01a203ed-510d-7000-89e6-dcaf384b9a80",
                "events": "/api/events?run=01a203ed-510d-7000-89e6-dcaf384b9a80",
                "cancel": "/api/runs/01a203ed-510d-7000-89e6-dcaf384b9a80/cancel",
                "changes": "/api/runs/01a203ed-510d-7000-89e6-dcaf384b9a80/changes"
              }
            }
            """;

    static final String RUNS = "{\"items\": [" + RUN + "], \"nextCursor\": \"cnVucwowMWEy\"}";

    static final String SYNC = """
            {
              "id": "permits",
              "title": "Building permits, from the city's open-data feed",
              "enabled": true,
              "schedule": {
                "cron": "0 6 * * 1-5",
                "zone": "America/Toronto",
                "missed": "run-once",
                "lateAfterSeconds": 7200
              },
              "next": ["2026-11-23T11:00:00Z", "2026-11-24T11:00:00Z", "2026-11-25T11:00:00Z"],
              "activeRun": null,
              "lastRun": null,
              "lastSuccess": null,
              "freshness": {
                "dataAsOf": "2026-11-22T15:43:34.162Z",
                "ageSeconds": 3600,
                "expectedNext": "2026-11-23T11:00:00Z",
                "late": false
              },
              "warnings": [],
              "links": {
                "self": "/api/syncs/permits",
                "runs": "/api/runs?sync=permits",
                "start": "/api/syncs/permits/runs",
                "events": "/api/events?sync=permits",
                "quality": "/api/quality"
              }
            }
            """;

    static final String SYNCS = "{\"items\": [" + SYNC + "]}";

    static final String SWEEP = """
            {
              "run": "01a203ed-510d-7000-89e6-dcaf384b9a80",
              "sync": "permits",
              "state": "APPROVED",
              "absent": 129,
              "reason": "129 of 943 known rows are absent (13.7 %, held from 10.0 % on)",
              "sample": ["21 178362 BLD--00"],
              "heldAt": "2026-11-22T15:43:34.900Z",
              "lastSeenAt": "2026-11-21T06:00:01.120Z",
              "decidedBy": "lee@example.org",
              "decidedAt": "2026-11-22T16:02:11.004Z",
              "applied": 129
            }
            """;

    static final String REJECTIONS = """
            {
              "items": [
                {
                  "place": "/result/records/17/PERMIT_NUM",
                  "code": "KEY_MISSING",
                  "reason": "PERMIT_NUM is missing or blank.",
                  "hint": "Fill in the key at the source.",
                  "raw": "{\\"PERMIT_NUM\\":\\" \\"}"
                }
              ],
              "byCode": {"KEY_MISSING": 1},
              "total": 1
            }
            """;

    static final String CHANGES = """
            {
              "items": [
                {
                  "key": "21 178362 BLD--00",
                  "kind": "updated",
                  "field": "status",
                  "from": "Inspection",
                  "to": "Closed"
                },
                {"key": "24 100001 BLD--00", "kind": "added"}
              ]
            }
            """;

    static final String STREAM = """
            event:run
            id:01a203ed-510d-7000-89e6-dcaf384b9a80:6
            retry:2000
            data:{"id":"01a203ed-510d-7000-89e6-dcaf384b9a80","sync":"permits","state":"SUCCEEDED","version":6}

            event:heartbeat
            retry:2000
            data:{"at":"2026-11-22T15:44:09.661Z"}
            """;

    static final String DEAD_LETTER = """
            {
              "id": "01a203ed-510d-7000-89e6-dcaf384b9a80",
              "sync": "permits",
              "state": "OPEN",
              "payload": {
                "mode": "live",
                "input": {},
                "trigger": {"kind": "scheduled", "actor": "schedule",
                            "requestId": "01a203ed-5109-7000-9af3-bedc0f4c3acb"}
              },
              "attempts": [
                {
                  "number": 1,
                  "startedAt": "2026-11-23T11:00:00.162Z",
                  "endedAt": "2026-11-23T11:01:00.982Z",
                  "durationMs": 60820,
                  "error": {
                    "code": "SOURCE_TIMEOUT",
                    "message": "The source was silent for 60000 ms",
                    "nextStep": "Check the source, or raise the time-outs.",
                    "reference": "01a203ed-510d-7000-89e6-dcaf384b9a80",
                    "retryable": true
                  }
                }
              ],
              "error": {
                "code": "SOURCE_TIMEOUT",
                "message": "The source was silent for 60000 ms",
                "nextStep": "Check the source, or raise the time-outs.",
                "reference": "01a203ed-510d-7000-89e6-dcaf384b9a80",
                "retryable": true
              },
              "failedAt": "2026-11-23T11:23:12.400Z",
              "links": {
                "self": "/api/dead-letters/01a203ed-510d-7000-89e6-dcaf384b9a80",
                "run": "/api/runs/01a203ed-510d-7000-89e6-dcaf384b9a80",
                "replay": "/api/dead-letters/01a203ed-510d-7000-89e6-dcaf384b9a80/replay",
                "discard": "/api/dead-letters/01a203ed-510d-7000-89e6-dcaf384b9a80/discard"
              }
            }
            """;

    static final String DEAD_LETTERS = "{\"items\": [" + DEAD_LETTER + "]}";

    private RunExamples() {}
}

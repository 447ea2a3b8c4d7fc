package dev.syncline.permits;

/** Answers as the API description shows them. */
final class PermitExamples {
    static final String PAGE = """
            {
              "data": [
                {
                  "permit_num": "21 178362 BLD",
                  "revision_num": "00",
                  "permit_type": "Small Residential Projects",
                  "street_num": "14",
                  "street_name": "GRANDVIEW",
                  "ward": "14",
                  "status": "Inspection",
                  "application_date": "2018-10-03",
                  "issued_date": "2019-12-23",
                  "completed_date": null,
                  "est_const_cost": 90000,
                  "dwelling_units_created": 1,
                  "data_hash": "9f2c4a…",
                  "first_seen_at": "2026-03-02T11:00:00Z",
                  "last_seen_at": "2026-05-11T10:00:00Z"
                }
              ],
              "pagination": {"page": 1, "limit": 20, "total": 1, "total_pages": 1}
            }
            """;

    static final String STARTED = """
            {
              "sync_run": {
                "id": "01a203ed-510d-7000-89e6-dcaf384b9a80",
                "started_at": "2026-11-22T15:43:34.162Z",
                "completed_at": null,
                "status": "running",
                "records_total": 0,
                "records_new": 0,
                "records_updated": 0,
                "records_unchanged": 0,
                "records_errors": 0,
                "records_duplicates": 0,
                "records_absent": 0,
                "error_message": null,
                "snapshot_path": "2023-07.json",
                "duration_ms": null
              },
              "task_id": "01a203ed-510d-7000-89e6-dcaf384b9a80"
            }
            """;

    static final String COMPLETED = """
            {
              "sync_run": {
                "id": "01a203ed-510d-7000-89e6-dcaf384b9a80",
                "started_at": "2026-11-22T15:43:34.162Z",
                "completed_at": "2026-11-22T15:43:34.982Z",
                "status": "completed",
                "records_total": 1658,
                "records_new": 844,
                "records_updated": 95,
                "records_unchanged": 719,
                "records_errors": 0,
                "records_duplicates": 0,
                "records_absent": 129,
                "error_message": null,
                "snapshot_path": "2023-07.json",
                "duration_ms": 795
              }
            }
            """;

    static final String SYNC_RUNS = """
            {
              "runs": [
              {
                "id": "01a203ed-510d-7000-89e6-dcaf384b9a80",
                "started_at": "2026-11-22T15:43:34.162Z",
                "completed_at": "2026-11-22T15:43:34.982Z",
                "status": "completed",
                "records_total": 1658,
                "records_new": 844,
                "records_updated": 95,
                "records_unchanged": 719,
                "records_errors": 0,
                "records_duplicates": 0,
                "records_absent": 129,
                "error_message": null,
                "snapshot_path": "2023-07.json",
                "duration_ms": 795
              }
              ]
            }
            """;

    static final String FAILED = """
            {
              "error": "The run has failed",
              "message": "FEED_TRUNCATED: The feed ends at byte 40960 (run 01a203ed-510d-7000-89e6-dcaf384b9a80)"
            }
            """;

    static final String DETAIL = """
            {
              "permit": {
                "permit_num": "21 178362 BLD",
                "revision_num": "00",
                "status": "Inspection",
                "issued_date": "2019-12-23",
                "est_const_cost": 90000,
                "builder_name": "BUILDER 17",
                "data_hash": "9f2c4a…",
                "first_seen_at": "2026-03-02T11:00:00Z",
                "last_seen_at": "2026-05-11T10:00:00Z"
              },
              "trades": [],
              "history": [
                {
                  "permit_num": "21 178362 BLD",
                  "revision_num": "00",
                  "sync_run_id": "01JTZ8Q4M7",
                  "field_name": "status",
                  "old_value": "Permit Issued",
                  "new_value": "Inspection",
                  "changed_at": "2026-05-11T10:00:12Z"
                }
              ],
              "builder": {"name": "BUILDER 17", "permit_count": 2}
            }
            """;

    private PermitExamples() {}
}

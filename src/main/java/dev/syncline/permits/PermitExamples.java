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

    private static final String SNAPSHOT = """
            {
              "snapshot_date": "2026-11-20",
              "total_permits": 237412,
              "active_permits": 168204,
              "permits_with_builder": 24871,
              "permits_without_description": 1403,
              "permits_without_status": 0,
              "cost_out_of_bounds": 2,
              "ghosts": 0,
              "permits_updated_24h": 236918,
              "permits_updated_7d": 237001,
              "permits_updated_30d": 237190,
              "score": null,
              "band": null,
              "last_sync_at": "2026-11-20T11:18:41.207Z",
              "last_sync_status": "completed",
              "created_at": "2026-11-20T11:18:44.912Z",
              "warnings": [
                {
                  "code": "COST_OUT_OF_BOUNDS",
                  "message": "Permits that cost less than 0 or more than 2,000,000,000: 2",
                  "count": 2,
                  "share": 0.0000084
                }
              ],
              "permits_with_trades": null,
              "builders_total": null,
              "unavailable": {
                "permits_with_trades": "this service holds no trades",
                "builders_total": "this service holds no builders of their own, only their names on permits",
                "score": "it needs what this service does not hold: trades, builders, parcels, neighbourhoods, coordinates, CoA applications"
              }
            }
            """;

    static final String QUALITY_SNAPSHOT = "{\"snapshot\": " + SNAPSHOT + "}";

    static final String QUALITY = "{\"current\": " + SNAPSHOT + ", \"trends\": [" + SNAPSHOT
            + "], \"lastUpdated\": \"2026-11-20T11:18:44.912Z\"}";

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

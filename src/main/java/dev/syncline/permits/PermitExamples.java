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

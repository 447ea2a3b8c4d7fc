package dev.syncline.permits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.syncline.platform.RequiredIndex;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class PermitIndexesTest {
    @Test
    void serveEveryOrderSelectionAndHistory() {
        assertThat(PermitIndexes.all())
                .extracting(RequiredIndex::name)
                .containsExactly(
                        "permits_by_issued_date",
                        "permits_by_application_date",
                        "permits_by_est_const_cost",
                        "permits_by_status",
                        "permits_by_ward",
                        "permits_by_permit_num",
                        "permits_by_permit_type",
                        "permits_by_builder_name",
                        "changes_by_key");
        assertThat(PermitIndexes.all())
                .contains(new RequiredIndex(
                        "permits",
                        "permits_by_issued_date",
                        new Document("issued_date", 1).append("_id", 1),
                        false,
                        false));
    }
}

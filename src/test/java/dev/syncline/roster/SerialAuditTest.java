package dev.syncline.roster;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.status.ApiProfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** {@code POST /api/sync/audit}, over what a reading of the sheet finds. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class SerialAuditTest {
    private final String id = "audit-" + System.nanoTime();

    private static void finds(Uni<SerialAudit> found) {
        QuarkusMock.installMockForType(
                new RosterAudit(null, null) {
                    @Override
                    Uni<SerialAudit> audit() {
                        return found;
                    }
                },
                RosterAudit.class);
    }

    private JsonPath audited() {
        return SignedIn.as(SamplePerson.manager)
                .header("x-request-id", id)
                .post("/api/sync/audit")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private Map<String, Object> recorded() {
        return RosterCalls.audit("?eventType=sync&limit=100")
                .getMap("data.find { it.context.requestId == '" + id + "' }");
    }

    @Test
    void passesWhereEachRowHasASerial() {
        finds(Uni.createFrom().item(new SerialAudit(400, List.of())));
        Instant before = Instant.now().minusMillis(1);

        JsonPath body = audited();

        assertThat(body.getMap("data"))
                .containsEntry("sheetId", ScriptedRoster.SHEET)
                .containsEntry("tabName", "Devices")
                .containsEntry("rowsAudited", 400)
                .containsEntry("missingSerialCount", 0)
                .containsEntry("missingSerialRows", List.of())
                .containsEntry("status", "passed");
        assertThat(Instant.parse(body.getString("data.startedAt"))).isBetween(before, Instant.now());
        assertThat(Instant.parse(body.getString("data.completedAt"))).isBetween(before, Instant.now());
        assertThat(recorded())
                .containsEntry("action", "SERIAL_AUDIT_PASSED")
                .containsEntry("status", "success")
                .containsEntry("actor", "manager@example.org")
                .containsEntry("errorCode", null);
    }

    @Test
    @DisplayName("S0-25: rows without a serial are named, and the record has them too")
    void isBlockedByRowsWithoutASerial() {
        finds(Uni.createFrom().item(new SerialAudit(400, List.of(17, 203))));

        assertThat(audited().getMap("data"))
                .containsEntry("missingSerialCount", 2)
                .containsEntry("missingSerialRows", List.of(17, 203))
                .containsEntry("status", "blocked");

        assertThat(recorded())
                .containsEntry("action", "SERIAL_AUDIT_FAILED")
                .containsEntry("status", "error")
                .containsEntry("errorCode", "SERIAL_AUDIT_FAILED");
        assertThat((Map<String, Object>) recorded().get("context"))
                .containsEntry("missingSerialRows", List.of(17, 203))
                .containsEntry("rowsAudited", 400);
    }

    @Test
    @DisplayName("S0-11: a sheet that cannot be read is told as in a run, and recorded")
    void tellsWhyTheSheetCannotBeRead() {
        finds(Uni.createFrom().failure(new SyncException(ErrorCode.SHEETS_AUTH_REVOKED, "Google refused")));

        SignedIn.as(SamplePerson.manager)
                .header("x-request-id", id)
                .post("/api/sync/audit")
                .then()
                .statusCode(502)
                .body("error.code", equalTo("SHEETS_AUTH_REVOKED"))
                .body("error.recommendation", equalTo(ErrorCode.SHEETS_AUTH_REVOKED.nextStep()))
                .body("data", equalTo(null));
        assertThat(recorded())
                .containsEntry("action", "SERIAL_AUDIT_FAILED")
                .containsEntry("errorCode", "SHEETS_AUTH_REVOKED");
    }
}

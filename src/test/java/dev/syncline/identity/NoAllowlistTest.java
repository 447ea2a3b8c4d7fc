package dev.syncline.identity;

import java.util.Map;

import jakarta.inject.Inject;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.syncline.dev.SamplePerson;

import static dev.syncline.SignedIn.as;
import static dev.syncline.SignedIn.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@TestProfile(NoAllowlistTest.Unlisted.class)
@DisplayName("S0: while nobody has said who may log in, nobody may")
class NoAllowlistTest {
    public static class Unlisted implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("syncline.identity.allowed-emails", "");
        }
    }

    @Inject
    AuditDesk audit;

    @ParameterizedTest
    @EnumSource(names = {"viewer", "manager", "lead", "admin"})
    void refusesEverybody(SamplePerson person) {
        as(person).get("/api/runs").then().statusCode(503).body("code", equalTo("CONFIG_MISSING"));
        as(person)
                .get("/api/config/allowlist")
                .then()
                .statusCode(503)
                .body("data", nullValue())
                .body("error.code", equalTo("CONFIG_MISSING"));
    }

    @Test
    void letsNobodyMakeAList() {
        audit.clear();

        as(SamplePerson.admin)
                .contentType("application/json")
                .body("{\"emails\":[\"admin@example.org\"]}")
                .put("/api/config/allowlist")
                .then()
                .statusCode(503)
                .body("error.code", equalTo("CONFIG_MISSING"));

        as(SamplePerson.admin).get("/api/runs").then().statusCode(503);
        assertThat(audit.all())
                .allSatisfy(entry -> assertThat(entry).containsEntry("outcome", "CONFIG_MISSING"))
                .hasSize(2);
    }

    @Test
    void tellsStrangersNothingOfIt() {
        nobody().get("/api/runs").then().statusCode(401).body("code", equalTo("UNAUTHENTICATED"));
        nobody().get("/q/health/ready").then().statusCode(200);
    }
}

package dev.syncline.keycloak;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** Bearer tokens as Keycloak gives them, of people and of programs. */
@NeedsKeycloak
class KeycloakTokensIT {
    private static final String ROBOT = "syncline-example-robot";

    static Realm realm;
    static Service service;

    @BeforeAll
    static void start() {
        realm = new Realm(KeycloakServer.running());
        service = new Service(
                realm,
                Map.of(
                        "syncline.identity.allowed-emails",
                        "viewer@example.org,manager@example.org,lead@example.org,admin@example.org,climber@example.org,"
                                + "unproven@example.org,nothing@example.org, mixed.CASE@example.org",
                        "syncline.identity.clients",
                        ROBOT));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (service != null) {
            service.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "viewer, /api/runs, /api/audit",
        "manager, /api/audit, /api/config/allowlist",
        "lead, /api/config/allowlist, /api/admin/sync",
        "admin, /api/admin/sync,"
    })
    @DisplayName(
            "C0-40: a person's bearer token works, and is worth the role that the realm gives, no more and no less")
    void servesPeopleByTheirRole(String role, String may, String mayNot) {
        String token = realm.token(role);
        service.as(token)
                .get("/api/me")
                .then()
                .statusCode(200)
                .body("name", equalTo(role + "@example.org"))
                .body("role", equalTo(role));
        service.as(token).get(may).then().statusCode(200);
        if (mayNot != null) {
            service.as(token).get(mayNot).then().statusCode(403);
        }
    }

    @Test
    @DisplayName("C0-40: a program's token of the client credentials grant works when its client is on our list")
    void servesAListedClient() {
        service.as(realm.robotToken(ROBOT))
                .get("/api/me")
                .then()
                .statusCode(200)
                .body("name", equalTo("client:" + ROBOT))
                .body("role", equalTo("viewer"));
    }

    @Test
    void refusesAClientThatIsNotListed() {
        // Given
        realm.createRobot("stray-robot");

        // When, then
        service.as(realm.robotToken("stray-robot"))
                .header("X-Forwarded-For", "198.51.100.20")
                .get("/api/me")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("FORBIDDEN"))
                .body("reason", equalTo("CLIENT_UNKNOWN"));
        assertThat(service.refusalsFrom("198.51.100.20")).singleElement().satisfies(entry -> assertThat(entry)
                .containsEntry("outcome", "CLIENT_UNKNOWN")
                .containsEntry("actor", "stray-robot"));
    }

    @Test
    void takesANewRoleFromTheNextToken() {
        // Given
        String climber = realm.createPerson("climber", "climber@example.org", true, "viewer");
        String before = realm.token("climber");
        service.as(before).get("/api/audit").then().statusCode(403);

        // When
        realm.give(climber, "manager");

        // Then
        service.as(before).get("/api/audit").then().statusCode(403);
        service.as(realm.token("climber")).get("/api/audit").then().statusCode(200);

        // When
        realm.take(climber, "manager");

        // Then
        service.as(realm.token("climber")).get("/api/audit").then().statusCode(403);
    }

    @Test
    void refusesWhoHasNoRole() {
        realm.createPerson("nothing", "nothing@example.org", true, "");
        service.as(realm.token("nothing"))
                .get("/api/me")
                .then()
                .statusCode(403)
                .body("reason", equalTo("ROLE_MISSING"));
    }

    @Test
    void knowsAnAddressInAnotherLetterCase() {
        // Given: neither the realm nor the list has it as it is compared
        realm.createPerson("mixed", "Mixed.Case@Example.ORG", true, "viewer");

        // When, then
        service.as(realm.token("mixed"))
                .get("/api/me")
                .then()
                .statusCode(200)
                .body("name", equalTo("mixed.case@example.org"));
    }

    @Test
    void refusesWhoIsNotOnTheList() {
        realm.createPerson("stranger", "stranger@example.org", true, "admin");
        service.as(realm.token("stranger"))
                .get("/api/me")
                .then()
                .statusCode(403)
                .body("reason", equalTo("NOT_ALLOWLISTED"));
    }

    @Test
    void refusesAnAddressThatWasNeverVerified() {
        realm.createPerson("unproven", "unproven@example.org", false, "viewer");
        service.as(realm.token("unproven"))
                .get("/api/me")
                .then()
                .statusCode(403)
                .body("reason", equalTo("EMAIL_UNVERIFIED"))
                .body("detail", equalTo("the e-mail address was never verified"));
    }
}

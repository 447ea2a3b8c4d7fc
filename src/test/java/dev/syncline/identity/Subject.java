package dev.syncline.identity;

import io.restassured.specification.RequestSpecification;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;

import static io.restassured.RestAssured.given;

/** Everybody who can knock at the door. */
enum Subject {
    /** Sends nothing that tells who it is. */
    nobody,
    viewer,
    manager,
    lead,
    admin,
    /** A person whom the provider knows, with all roles, and who is not on the list. */
    stranger,
    /** A client of the provider that calls in its own name, with the role of a manager. */
    robot,
    /** A client of the provider that nobody has admitted. */
    rogue,
    scheduler,
    writeback;

    /** A request that this subject makes. */
    RequestSpecification asks() {
        RequestSpecification request = given().noFilters().urlEncodingEnabled(false);
        return switch (this) {
            case nobody -> request;
            case robot, rogue -> request.auth().oauth2(clientToken());
            case scheduler ->
                request.header("X-Appengine-Cron", "true")
                        .header("X-Internal-Service-Token", AccessProfile.SCHEDULER_SECRET);
            case writeback -> request.auth().oauth2(AccessProfile.WRITE_BACK_SECRET);
            default -> request.auth().oauth2(token(SamplePerson.valueOf(name())));
        };
    }

    static String token(SamplePerson person) {
        return SignedIn.token(person);
    }

    private String clientToken() {
        return given().noFilters()
                .formParam("grant_type", "client_credentials")
                .formParam("client_id", name())
                .post("/dev/identity/token")
                .path("access_token");
    }
}

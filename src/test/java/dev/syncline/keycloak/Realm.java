package dev.syncline.keycloak;

import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.restassured.response.Response;
import org.jose4j.jwk.RsaJsonWebKey;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * What an administrator does to the realm, and the tokens that it gives. There is a person of each role, who is called like it
 * and is at example.org.
 */
final class Realm {
    static final String PASSWORD = "correct horse battery staple";
    /** A client of the tests that takes passwords; its tokens are meant for us. */
    static final String TEST_CLIENT = "tests";

    private static final Map<String, Object> FOR_US = Map.of(
            "name", "audience",
            "protocol", "openid-connect",
            "protocolMapper", "oidc-audience-mapper",
            "config", Map.of("included.client.audience", "syncline", "access.token.claim", "true"));

    private final KeycloakServer server;

    Realm(KeycloakServer server) {
        this.server = server;
        if (server.admin()
                .get("/clients?clientId=" + TEST_CLIENT)
                .jsonPath()
                .getList("")
                .isEmpty()) {
            createPublicClient(TEST_CLIENT, 900);
            Stream.of("viewer", "manager", "lead", "admin")
                    .forEach(role -> createPerson(role, role + "@example.org", true, role));
        }
    }

    String url() {
        return server.realmUrl("syncline");
    }

    // --- clients

    /** One that takes passwords, so that tests need no browser for a token; its tokens live for that many seconds. */
    void createPublicClient(String id, int seconds) {
        createPublicClient(id, Map.of("access.token.lifespan", seconds), List.of(FOR_US));
    }

    /** The same, with tokens that are not meant for us. */
    void createPublicClientOfOthers(String id) {
        createPublicClient(id, Map.of(), List.of());
    }

    private void createPublicClient(String id, Map<String, Object> attributes, List<Object> mappers) {
        create(
                "/clients",
                Map.of(
                        "clientId",
                        id,
                        "publicClient",
                        true,
                        "standardFlowEnabled",
                        false,
                        "directAccessGrantsEnabled",
                        true,
                        "attributes",
                        attributes,
                        "protocolMappers",
                        mappers));
    }

    /** One that calls in its own name. */
    void createRobot(String id) {
        create(
                "/clients",
                Map.of(
                        "clientId", id,
                        "publicClient", false,
                        "standardFlowEnabled", false,
                        "serviceAccountsEnabled", true,
                        "protocolMappers", List.of(FOR_US)));
    }

    /** The service is at an address of its own in each test, which the realm has to know. */
    void sendBrowsersTo(String address) {
        changeSyncline(
                Map.of("redirectUris", List.of(address + "/login")),
                Map.of("post.logout.redirect.uris", address + "/"));
    }

    /** How long the tokens live that browsers' sessions are made of. */
    void setTokenLife(Duration life) {
        changeSyncline(Map.of(), Map.of("access.token.lifespan", life.toSeconds()));
    }

    private void changeSyncline(Map<String, Object> members, Map<String, Object> attributes) {
        Map<String, Object> client = new HashMap<>(
                server.admin().get("/clients?clientId=syncline").jsonPath().getMap("[0]"));
        Map<String, Object> all = new HashMap<>(attributes);
        ((Map<?, ?>) client.get("attributes")).forEach((name, value) -> all.putIfAbsent(String.valueOf(name), value));
        client.putAll(members);
        client.put("attributes", all);
        server.admin().body(client).put("/clients/" + client.get("id")).then().statusCode(204);
    }

    /** What Keycloak has generated for a client that came without one. */
    String secret(String client) {
        String id = server.admin().get("/clients?clientId=" + client).path("[0].id");
        return server.admin().get("/clients/" + id + "/client-secret").path("value");
    }

    // --- people

    /** Somebody with that realm role; none where it is empty. */
    @CanIgnoreReturnValue
    String createPerson(String name, String email, boolean isVerified, String role) {
        create(
                "/users",
                Map.of(
                        "username",
                        name,
                        "email",
                        email,
                        "emailVerified",
                        isVerified,
                        "enabled",
                        true,
                        "firstName",
                        name,
                        "lastName",
                        "Sample",
                        "credentials",
                        List.of(Map.of("type", "password", "value", PASSWORD, "temporary", false))));
        String id = server.admin().get("/users?exact=true&username=" + name).path("[0].id");
        if (!role.isEmpty()) {
            give(id, role);
        }
        return id;
    }

    void give(String person, String role) {
        Map<String, Object> found =
                server.admin().get("/roles/" + role).jsonPath().getMap("");
        server.admin()
                .body(List.of(found))
                .post("/users/" + person + "/role-mappings/realm")
                .then()
                .statusCode(204);
    }

    void take(String person, String role) {
        Map<String, Object> found =
                server.admin().get("/roles/" + role).jsonPath().getMap("");
        server.admin()
                .body(List.of(found))
                .delete("/users/" + person + "/role-mappings/realm")
                .then()
                .statusCode(204);
    }

    /** Ends all sessions of that person, as an administrator can. */
    void endSessions(String person) {
        server.admin().post("/users/" + person + "/logout").then().statusCode(204);
    }

    // --- keys

    /** Has the realm publish a key of ours beside its own, which goes on to sign. */
    void publish(RsaJsonWebKey key) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                        .encodeToString(key.getPrivateKey().getEncoded())
                + "\n-----END PRIVATE KEY-----";
        String component = createKey("rsa", Map.of("privateKey", List.of(pem), "priority", List.of("1")));
        key.setKeyId(kidOf(component));
    }

    /** Has the realm sign with a new key from now on; gives its component. */
    String rotate() {
        return createKey("rsa-generated", Map.of("priority", List.of("1000")));
    }

    private String createKey(String provider, Map<String, List<String>> more) {
        Map<String, List<String>> config = new HashMap<>(more);
        config.put("enabled", List.of("true"));
        config.put("active", List.of("true"));
        config.put("algorithm", List.of("RS256"));
        Response created = create(
                "/components",
                Map.of(
                        "name",
                        provider + "-of-a-test",
                        "providerId",
                        provider,
                        "providerType",
                        "org.keycloak.keys.KeyProvider",
                        "config",
                        config));
        String location = created.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    String kidOf(String component) {
        return server.admin()
                .get("/keys")
                .path("keys.find { it.providerId == '" + component + "' && it.use == 'SIG' }.kid");
    }

    /** The component of the key that signs tokens just now. */
    String activeKey() {
        String kid = server.admin().get("/keys").path("active.RS256");
        return server.admin().get("/keys").path("keys.find { it.kid == '" + kid + "' }.providerId");
    }

    /** From now on the realm neither signs with that key nor publishes it. */
    void disable(String component) {
        Map<String, Object> found = new HashMap<>(
                server.admin().get("/components/" + component).jsonPath().getMap(""));
        Map<String, Object> config = new HashMap<>();
        ((Map<?, ?>) found.get("config")).forEach((name, value) -> config.put(String.valueOf(name), value));
        config.put("enabled", List.of("false"));
        config.put("active", List.of("false"));
        found.put("config", config);
        server.admin().body(found).put("/components/" + component).then().statusCode(204);
    }

    // --- tokens

    /** A person's token, by the client of the tests. */
    String token(String person) {
        return token(TEST_CLIENT, person);
    }

    String token(String client, String person) {
        return accessToken(
                Map.of("grant_type", "password", "client_id", client, "username", person, "password", PASSWORD));
    }

    String robotToken(String client) {
        return accessToken(
                Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secret(client)));
    }

    private String accessToken(Map<String, String> form) {
        return given().formParams(form)
                .post(url() + "/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    @CanIgnoreReturnValue
    private Response create(String path, Map<String, Object> body) {
        return server.admin()
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .response();
    }
}

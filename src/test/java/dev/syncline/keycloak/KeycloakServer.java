package dev.syncline.keycloak;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import io.restassured.specification.RequestSpecification;
import org.awaitility.Awaitility;

import static io.restassured.RestAssured.given;

/**
 * A Keycloak as a process of its own, with its database in memory and with deploy/keycloak/syncline-realm.json imported as a
 * user would. One serves all tests of a JVM and ends with it.
 */
final class KeycloakServer {
    /** The system property that says where it was unpacked. */
    static final String FOLDER = "syncline.keycloak";

    private static final Path REALM = Path.of("deploy/keycloak/syncline-realm.json");
    private static final Duration START = Duration.ofMinutes(5);
    private static final String ADMIN = "admin";

    private final String password = UUID.randomUUID().toString();
    private final int port = freePort();
    private final Path log = Path.of("target", "keycloak-" + port + ".log");
    private final Process process;

    private static final class TheOne {
        static final KeycloakServer SERVER = new KeycloakServer();
    }

    /** Waits until it serves. */
    static KeycloakServer running() {
        return TheOne.SERVER;
    }

    private KeycloakServer() {
        try {
            process = start(Path.of(System.getProperty(FOLDER)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        Awaitility.await("Keycloak to serve; its log is " + log)
                .atMost(START)
                .failFast("it ended; its log is " + log, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> given().get(realmUrl("syncline") + "/.well-known/openid-configuration")
                                .statusCode()
                        == 200);
    }

    private Process start(Path folder) throws IOException {
        Path imports = Files.createDirectories(folder.resolve("data/import"));
        Files.copy(REALM, imports.resolve(REALM.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        var command = new ProcessBuilder(
                folder.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--db=dev-mem",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--import-realm");
        command.environment().keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("QUARKUS_"));
        command.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "JAVA_OPTS_KC_HEAP",
                        "-Xms64m -Xmx512m",
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        ADMIN,
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        password));
        return command.redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
    }

    /** The shell that started it has it as a child. */
    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String realmUrl(String realm) {
        return "http://127.0.0.1:" + port + "/realms/" + realm;
    }

    /** A token of another realm: the administrator's. */
    String adminToken() {
        return given().formParams(
                        "grant_type", "password", "client_id", "admin-cli", "username", ADMIN, "password", password)
                .post(realmUrl("master") + "/protocol/openid-connect/token")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    /** A call of the admin API for our realm, such as {@code get("/users")}. */
    RequestSpecification admin() {
        return given().baseUri("http://127.0.0.1:" + port + "/admin/realms/syncline")
                .basePath("")
                .auth()
                .oauth2(adminToken())
                .contentType("application/json");
    }
}

package dev.syncline.keycloak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import io.restassured.specification.RequestSpecification;
import org.awaitility.Awaitility;
import org.bson.Document;

import dev.syncline.PackagedApp;
import dev.syncline.TestMongo;

import static io.restassured.RestAssured.given;

/** The application as it is delivered, with the realm as its identity provider. */
final class Service implements AutoCloseable {
    private final PackagedApp app;
    private final MongoClient client;
    private final String database;
    private final String address;

    /** Waits until it is ready, the provider's keys included. */
    Service(Realm realm, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(TestMongo.settings());
        settings.put("quarkus.oidc.auth-server-url", realm.url());
        settings.put("quarkus.oidc.credentials.secret", realm.secret("syncline"));
        settings.put("syncline.identity.session-secret", UUID.randomUUID() + "-" + UUID.randomUUID());
        settings.put("syncline.identity.trusted-proxies", "127.0.0.1");
        // Nothing ends TLS before it here.
        settings.put("quarkus.oidc.authentication.cookie-force-secure", "false");
        settings.put("quarkus.oidc.authentication.force-redirect-https-scheme", "false");
        settings.putAll(more);
        database = settings.get("quarkus.mongodb.database");
        client = MongoClients.create(TestMongo.connectionString());
        app = PackagedApp.start(settings);
        address = app.address().toString();
        Awaitility.await("the service to be ready")
                .atMost(Duration.ofSeconds(60))
                .until(() -> given().get(address + "/q/health/ready").statusCode() == 200);
    }

    String address() {
        return address;
    }

    /** A call without anything that says whose it is. */
    RequestSpecification call() {
        return given().baseUri(address);
    }

    RequestSpecification as(String token) {
        return call().auth().oauth2(token);
    }

    /** What the audit trail has of calls from that address. */
    List<Document> refusalsFrom(String ip) {
        return client.getDatabase(database)
                .getCollection("audit")
                .find(Filters.and(Filters.eq("type", "auth"), Filters.eq("status", "error"), Filters.eq("ip", ip)))
                .into(new ArrayList<>());
    }

    @Override
    public void close() throws InterruptedException {
        app.close();
        client.getDatabase(database).drop();
        client.close();
    }
}

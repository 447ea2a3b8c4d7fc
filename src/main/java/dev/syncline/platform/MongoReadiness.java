package dev.syncline.platform;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready means that MongoDB answers and the indexes were looked at (C0-50). Liveness has no check of ours: a database that is
 * away is no reason to kill the process.
 */
@Readiness
@ApplicationScoped
class MongoReadiness implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final MongoDatabase database;
    private final IndexKeeper indexes;

    MongoReadiness(MongoDatabase database, IndexKeeper indexes) {
        this.database = database;
        this.indexes = indexes;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return database.ping()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(answer -> indexes.ensured()
                        ? response().up()
                        : response().down().withData("reason", "indexes not ensured yet"))
                .onFailure()
                .recoverWithItem(() -> response().down().withData("reason", "MongoDB does not answer"))
                .map(HealthCheckResponseBuilder::build);
    }

    private HealthCheckResponseBuilder response() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("mongodb");
        if (!indexes.drift().isEmpty()) {
            response.withData("indexDrift", String.join("; ", indexes.drift()));
        }
        return response;
    }
}

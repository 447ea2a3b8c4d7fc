package dev.syncline.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Callers that show a secret of their own (C0-43). A secret that is not configured is never equal to anything, and the time of
 * a comparison tells nothing of it.
 */
@Singleton
class MachineSecrets {
    private static final String BEARER = "Bearer ";

    private final Optional<byte[]> scheduler;
    private final Optional<byte[]> writeBack;

    MachineSecrets(IdentityConfig config) {
        scheduler = config.schedulerSecret().filter(secret -> !secret.isBlank()).map(MachineSecrets::bytes);
        writeBack = config.writeBackSecret().filter(secret -> !secret.isBlank()).map(MachineSecrets::bytes);
    }

    Optional<Machine> of(HttpServerRequest request) {
        if (isScheduler(request)) {
            return Optional.of(Machine.SCHEDULER);
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean isWriteBack = authorization != null
                && authorization.startsWith(BEARER)
                && isEqual(writeBack, authorization.substring(BEARER.length()));
        return isWriteBack ? Optional.of(Machine.WRITE_BACK) : Optional.empty();
    }

    /** Both headers, as the scheduler sends them; its platform takes the first one away from everybody else's requests. */
    private boolean isScheduler(HttpServerRequest request) {
        String token = request.getHeader("X-Internal-Service-Token");
        return "true".equals(request.getHeader("X-Appengine-Cron")) && token != null && isEqual(scheduler, token);
    }

    private static boolean isEqual(Optional<byte[]> secret, String shown) {
        return secret.isPresent() && MessageDigest.isEqual(secret.get(), bytes(shown));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

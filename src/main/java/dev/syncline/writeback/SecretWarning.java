package dev.syncline.writeback;

import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import io.quarkus.runtime.StartupEvent;
import org.jboss.logging.Logger;

import dev.syncline.identity.IdentityConfig;

/** Tells at the start that the machines' way in is closed where sheets are configured (S2-2). */
@Singleton
class SecretWarning {
    private static final Logger LOG = Logger.getLogger(SecretWarning.class);

    void tell(@Observes StartupEvent start, Models models, IdentityConfig identity) {
        warning(models, identity).ifPresent(LOG::warn);
    }

    static Optional<String> warning(Models models, IdentityConfig identity) {
        boolean isUsed =
                models.all().stream().anyMatch(model -> model.spreadsheet().isPresent());
        boolean isClosed =
                identity.writeBackSecret().filter(secret -> !secret.isBlank()).isEmpty();
        return isUsed && isClosed
                ? Optional.of(
                        "sheets are configured for write-back, and syncline.identity.write-back-secret is not set:"
                                + " every machine that queues changes or starts a run is refused with 401, admins alone can do it")
                : Optional.empty();
    }
}

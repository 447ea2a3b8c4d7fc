package dev.syncline.writeback;

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
        boolean isUsed =
                models.all().stream().anyMatch(model -> model.spreadsheet().isPresent());
        boolean isOpen =
                identity.writeBackSecret().filter(secret -> !secret.isBlank()).isPresent();
        if (isUsed && !isOpen) {
            LOG.warn(
                    "sheets are configured for write-back, and syncline.identity.write-back-secret is not set: every"
                            + " machine that would queue changes or start a run is refused with 401, and admins alone can do it");
        }
    }
}

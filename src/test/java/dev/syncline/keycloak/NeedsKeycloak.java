package dev.syncline.keycloak;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Skipped, and says so, where the build was not asked for a Keycloak; with it, nothing that is missing is forgiven. */
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
        named = KeycloakServer.FOLDER,
        matches = ".+",
        disabledReason = "no Keycloak here: ./mvnw -Pkeycloak verify brings one")
@interface NeedsKeycloak {}

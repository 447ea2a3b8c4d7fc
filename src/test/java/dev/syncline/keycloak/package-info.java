/** Identity on a real provider: {@code ./mvnw -Pkeycloak verify} brings a Keycloak, with the realm that users import. */
package dev.syncline.keycloak;

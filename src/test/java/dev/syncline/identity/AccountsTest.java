package dev.syncline.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.credential.TokenCredential;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.syncline.identity.AllowlistDesk.await;
import static dev.syncline.identity.IdentitySettings.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Accounts made of the claims of tokens whose signature was found good. */
@QuarkusTest
@TestProfile(IdentityProfile.class)
class AccountsTest {
    private static final String MAIL = "sam@example.org";

    @Inject
    AllowlistDesk desk;

    @BeforeEach
    void listSam() {
        desk.put(List.of(MAIL, "lee@example.com"));
    }

    @AfterEach
    void reset() {
        desk.reset();
    }

    private static SecurityIdentity bearer(String claims, String... roles) {
        return identity(claims, new AccessTokenCredential("unused"), roles);
    }

    private static SecurityIdentity browser(String claims, String... roles) {
        return identity(claims, new IdTokenCredential("unused"), roles);
    }

    /** Both kinds of credential are what quarkus-oidc gives. */
    private static SecurityIdentity identity(String claims, TokenCredential credential, String... roles) {
        try {
            JwtClaims parsed = JwtClaims.parse("{\"sub\":\"4711\",\"exp\":4102444800," + claims + "}");
            return QuarkusSecurityIdentity.builder()
                    .setPrincipal(new OidcJwtCallerPrincipal(parsed, credential))
                    .addCredential(credential)
                    .addRoles(Set.of(roles))
                    .build();
        } catch (InvalidJwtException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Account admitted(IdentityConfig settings, SecurityIdentity identity) {
        return await(desk.accounts(settings).admit(identity));
    }

    private Refusal refused(IdentityConfig settings, SecurityIdentity identity) {
        return catchThrowableOfType(RefusedException.class, () -> admitted(settings, identity))
                .reason();
    }

    private static String mail(String address) {
        return "\"email\":\"" + address + "\",\"email_verified\":true,\"azp\":\"syncline\"";
    }

    // --- e-mail addresses

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sam@example.org",
                "Sam@Example.ORG",
                "SAM@EXAMPLE.ORG",
                "  sam@example.org ",
                "\\tsam@example.org\\n",
                "\\u2003sam@example.org"
            })
    @DisplayName("Issue 4: an address in other letter case, or with blanks around it, is the same address")
    void knowsTheAddress(String address) {
        Account account = admitted(settings(), bearer(mail(address), "viewer"));

        assertThat(account.name()).isEqualTo(MAIL);
        assertThat(account.id()).isEqualTo("4711");
        assertThat(account.isPerson()).isTrue();
    }

    @Test
    @DisplayName("Issue 4: the letter case of a Turkish machine makes no other address")
    void knowsTheAddressEverywhere() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            desk.put(List.of("iris.miller@example.org"));

            assertThat(admitted(settings(), bearer(mail("IRIS.MILLER@EXAMPLE.ORG"), "viewer"))
                            .name())
                    .isEqualTo("iris.miller@example.org");
        } finally {
            Locale.setDefault(before);
        }
    }

    static Stream<String> absurd() {
        return Stream.of(
                "sam",
                "@",
                "sam@",
                "@example.org",
                "sam@@example.org",
                "sam@example.org@example.org",
                "sam@evil.example@example.org",
                "sam@example..org",
                "sam@.org",
                "sam@example.org.",
                "sa m@example.org",
                "sam@exam ple.org",
                "sam\\u0000@example.org",
                "sam\\r\\nx: y@example.org",
                "sam\\u001b[2J@example.org",
                "sam@example.org\\u0007x",
                "Sam <sam@example.org>",
                "sam@example.org,lee@example.com",
                "sam@example.org;lee@example.com",
                "a".repeat(65) + "@example.org",
                "a".repeat(289) + "@example.org",
                "a@" + "b".repeat(300) + ".org");
    }

    @ParameterizedTest
    @MethodSource("absurd")
    @DisplayName("Issue 4: what is no address is none, with and without a domain list")
    void refusesTheAbsurd(String address) {
        assertThat(refused(settings(), bearer(mail(address), "admin"))).isEqualTo(Refusal.EMAIL_MISSING);
        assertThat(refused(settings("allowed-domains", "example.org"), bearer(mail(address), "admin")))
                .isEqualTo(Refusal.EMAIL_MISSING);
        assertThat(refused(settings(), browser(mail(address), "admin"))).isEqualTo(Refusal.EMAIL_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"azp\":\"syncline\"",
                "\"email\":null,\"azp\":\"syncline\"",
                "\"email\":\"\",\"azp\":\"syncline\"",
                "\"email\":\"  \",\"azp\":\"syncline\"",
                "\"email\":17,\"azp\":\"syncline\"",
                "\"email\":[\"sam@example.org\"],\"azp\":\"syncline\"",
                "\"email\":{\"value\":\"sam@example.org\"},\"azp\":\"syncline\"",
                "\"email_verified\":true"
            })
    @DisplayName("S0: a token without an address is refused with EMAIL_MISSING")
    void needsAnAddress(String claims) {
        assertThat(refused(settings(), bearer(claims, "admin"))).isEqualTo(Refusal.EMAIL_MISSING);
        assertThat(refused(settings(), browser(claims, "admin"))).isEqualTo(Refusal.EMAIL_MISSING);
    }

    @ParameterizedTest
    @CsvSource({"true,", "\"true\",", "false,EMAIL_UNVERIFIED", "\"false\",EMAIL_UNVERIFIED", "null,EMAIL_UNVERIFIED"})
    @DisplayName("Issue 4: an address counts when the provider says that it was verified, be it as text")
    void needsAVerifiedAddress(String verified, Refusal refusal) {
        SecurityIdentity identity = bearer("\"email\":\"" + MAIL + "\",\"email_verified\":" + verified, "viewer");

        if (refusal == null) {
            assertThat(admitted(settings(), identity).name()).isEqualTo(MAIL);
        } else {
            assertThat(refused(settings(), identity)).isEqualTo(refusal);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"yes\"", "\"1\"", "\"\"", "[true]", "{\"value\":true}"})
    @DisplayName("Issue 4: what only looks like a yes verifies nothing")
    void needsAPlainYes(String verified) {
        assertThat(refused(settings(), bearer("\"email\":\"" + MAIL + "\",\"email_verified\":" + verified, "viewer")))
                .isEqualTo(Refusal.EMAIL_UNVERIFIED);
    }

    @Test
    @DisplayName("Issue 4: without the claim an address is not verified, unless the configuration says it need not be")
    void mayDoWithoutVerification() {
        SecurityIdentity identity = bearer("\"email\":\"" + MAIL + "\"", "viewer");

        assertThat(refused(settings(), identity)).isEqualTo(Refusal.EMAIL_UNVERIFIED);
        assertThat(admitted(settings("require-verified-email", "false"), identity)
                        .name())
                .isEqualTo(MAIL);
    }

    @ParameterizedTest
    @CsvSource({
        "example.org,sam@example.org,",
        "Example.ORG,SAM@example.org,",
        "' example.org , example.com ',lee@example.com,",
        "example.com,sam@example.org,DOMAIN_REJECTED",
        "example.org,sam@mail.example.org,DOMAIN_REJECTED",
        "mail.example.org,sam@example.org,DOMAIN_REJECTED",
        "example.org,sam@evilexample.org,DOMAIN_REJECTED",
        "example.org,sam@example.org.evil.com,DOMAIN_REJECTED",
        "org,sam@example.org,DOMAIN_REJECTED"
    })
    @DisplayName("S0: where domains are configured, the whole domain of the address has to be one of them")
    void knowsDomains(String domains, String address, Refusal refusal) {
        SecurityIdentity identity = bearer(mail(address), "viewer");
        IdentityConfig settings = settings("allowed-domains", domains);

        if (refusal == null) {
            assertThat(admitted(settings, identity).name()).isEqualTo(address.toLowerCase(Locale.ROOT));
        } else {
            assertThat(refused(settings, identity)).isEqualTo(refusal);
        }
    }

    @Test
    @DisplayName("S0-2: an address that is not on the list is refused; where there is no list, everybody is")
    void needsAPlaceOnTheList() {
        assertThat(refused(settings(), bearer(mail("eve@example.org"), "admin")))
                .isEqualTo(Refusal.NOT_ALLOWLISTED);

        desk.remove();

        assertThat(refused(settings(), bearer(mail(MAIL), "admin"))).isEqualTo(Refusal.CONFIG_MISSING);
        assertThat(Refusal.CONFIG_MISSING.code().status()).isEqualTo(503);
    }

    @Test
    @DisplayName("S0: a token without a subject stands for nobody")
    void needsASubject() throws InvalidJwtException {
        JwtClaims claims = JwtClaims.parse("{\"exp\":4102444800," + mail(MAIL) + "}");
        SecurityIdentity identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new OidcJwtCallerPrincipal(claims, new AccessTokenCredential("unused")))
                .build();

        assertThat(refused(settings(), identity)).isEqualTo(Refusal.USER_MISSING);
    }

    // --- roles

    @ParameterizedTest
    @CsvSource({
        "viewer,viewer",
        "manager,manager",
        "lead,lead",
        "admin,admin",
        "viewer;admin,admin",
        "manager;viewer;other,manager",
        "Admin,",
        "administrator,",
        "'',"
    })
    @DisplayName("S0-44: the highest role that a token carries counts, letter by letter")
    void givesTheHighestRole(String claimed, Role role) {
        assertThat(admitted(settings(), bearer(mail(MAIL), claimed.split(";"))).role())
                .isEqualTo(role);
    }

    @Test
    @DisplayName("Issue 4: roles have the names that the provider gives them")
    void givesRolesByConfiguredNames() {
        IdentityConfig settings = settings(
                "roles.viewer", "Everyone",
                "roles.manager", "Admissions Managers,sync-managers",
                "roles.lead", "/staff/leads",
                "roles.admin", "b3f2-group-id");
        var given = new ArrayList<Role>();
        for (String name :
                List.of("Everyone", "sync-managers", "Admissions Managers", "/staff/leads", "b3f2-group-id")) {
            given.add(admitted(settings, bearer(mail(MAIL), name)).role());
        }

        assertThat(given).containsExactly(Role.viewer, Role.manager, Role.manager, Role.lead, Role.admin);
        assertThat(admitted(settings, bearer(mail(MAIL), "admin", "lead", "manager", "viewer"))
                        .role())
                .as("the product's names are no names then")
                .isNull();
    }

    @Test
    @DisplayName("Issue 4: who has no role has the configured one, and none without it")
    void givesADefaultRole() {
        SecurityIdentity plain = bearer(mail(MAIL), "offline_access");

        assertThat(admitted(settings(), plain).role()).isNull();
        assertThat(admitted(settings("default-role", "manager"), plain).role()).isEqualTo(Role.manager);
        assertThat(admitted(settings("default-role", "manager"), bearer(mail(MAIL), "viewer"))
                        .role())
                .as("a default raises nobody")
                .isEqualTo(Role.viewer);
    }

    // --- clients

    @ParameterizedTest
    @ValueSource(strings = {"azp", "client_id", "cid", "appid"})
    @DisplayName("Issue 4: a client that is configured calls in its own name, without a place on the list")
    void knowsClients(String claim) {
        Account account =
                admitted(settings("clients", "robot,other"), bearer("\"" + claim + "\":\"robot\"", "manager"));

        assertThat(account.name()).isEqualTo("client:robot");
        assertThat(account.role()).isEqualTo(Role.manager);
        assertThat(account.isPerson()).isFalse();
    }

    @Test
    @DisplayName("Issue 4: a client that is not configured is refused, and so are all where none is")
    void knowsNoOtherClients() {
        assertThat(refused(settings("clients", "robot"), bearer("\"azp\":\"other\"", "admin")))
                .isEqualTo(Refusal.CLIENT_UNKNOWN);
        assertThat(refused(settings("clients", "robot"), bearer("\"azp\":\"Robot\"", "admin")))
                .isEqualTo(Refusal.CLIENT_UNKNOWN);
        assertThat(refused(settings(), bearer("\"azp\":\"robot\"", "admin"))).isEqualTo(Refusal.EMAIL_MISSING);
    }

    @Test
    @DisplayName("Issue 4: a person at a browser who has no address is not taken for the client")
    void takesNoPersonForAClient() {
        assertThat(refused(settings("clients", "syncline"), browser("\"azp\":\"syncline\"", "admin")))
                .isEqualTo(Refusal.EMAIL_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"sid\":\"s-1\"", "\"auth_time\":1767225600", "\"uid\":\"00u1\""})
    @DisplayName("Issue 4: nor is one whose bearer token tells of a log-in")
    void takesNobodyWhoLoggedInForAClient(String claim) {
        assertThat(refused(settings("clients", "syncline"), bearer("\"azp\":\"syncline\"," + claim, "admin")))
                .isEqualTo(Refusal.EMAIL_MISSING);
    }

    @Test
    @DisplayName("Issue 4: an address decides before the client's name does")
    void takesNoClientForAPerson() {
        assertThat(refused(
                        settings("clients", "robot"),
                        bearer("\"email\":\"eve@example.org\",\"email_verified\":true,\"azp\":\"robot\"", "admin")))
                .isEqualTo(Refusal.NOT_ALLOWLISTED);
    }
}

package dev.syncline.source;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class UrlGuardTest {
    private static final String PUBLIC = "93.184.216.34";

    @DisplayName("C0-44: scheme, host and port are those of the list")
    @ParameterizedTest
    @CsvSource({
        "https://feed.example/x?y=1, true",
        "https://feed.example:443/, true",
        "HTTPS://FEED.example/, true",
        "http://feed.example/, false",
        "https://feed.example:8443/, false",
        "https://feed.example.evil.example/, false",
        "https://sub.feed.example/, false",
        "https://feed.example./, false",
        "https://user@feed.example/, false",
        "https://feed.example@evil.example/, false",
        "ftp://feed.example/, false",
        "file:///etc/passwd, false",
        "https:///x, false",
        "https:feed.example, false",
    })
    void onlyWhatIsListedIsAdmitted(String uri, boolean admitted) {
        assertThat(isAdmitted("https://feed.example", uri, PUBLIC)).isEqualTo(admitted);
    }

    @Test
    void anEmptyListAdmitsNothing() {
        UrlGuard guard = new UrlGuard(List.of(), host -> addresses(PUBLIC), Duration.ofSeconds(1));
        assertThat(failure(guard, "https://feed.example/").code()).isEqualTo(ErrorCode.SOURCE_URL_REFUSED);
    }

    @DisplayName("C0-44: a listed name that leads to an address that is not public is refused")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.8.8.8",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "192.0.0.8",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::7f00:1",
                "64:ff9b::a00:1",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "2001::1",
                "100::1"
            })
    void aNameThatLeadsInsideIsRefused(String address) {
        assertThat(isAdmitted("https://feed.example", "https://feed.example/", address))
                .isFalse();
        assertThat(isAdmitted("https://feed.example", "https://feed.example/", PUBLIC, address))
                .isFalse();
        assertThat(isAdmitted("https://feed.example+private", "https://feed.example/", address))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.1.1",
                "223.255.255.255",
                "2606:2800:220:1::1",
                "2001:4860:4860::8888"
            })
    void aNameThatLeadsToThePublicNetIsAdmitted(String address) {
        assertThat(isAdmitted("https://feed.example", "https://feed.example/", address))
                .isTrue();
    }

    @DisplayName("C0-44: unless listed: as a literal, as localhost, or with +private")
    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080, http://127.0.0.1:8080/, 127.0.0.1, true",
        "http://[::1]:8080, http://[::1]:8080/, ::1, true",
        "http://10.0.0.5, http://10.0.0.5/, 10.0.0.5, true",
        "http://10.0.0.5, http://10.0.0.6/, 10.0.0.6, false",
        "http://localhost:8080, http://localhost:8080/, 127.0.0.1, true",
        "http://localhost:8080, http://localhost:8080/, ::1, true",
        "http://localhost:8080, http://localhost:8080/, 10.0.0.5, false",
        "http://127.0.0.1:8080, http://2130706433:8080/, 127.0.0.1, false",
        "http://127.0.0.1:8080, http://127.1:8080/, 127.0.0.1, false",
    })
    void aPrivateAddressIsAdmittedWhenItIsMeant(String listed, String uri, String address, boolean admitted) {
        assertThat(isAdmitted(listed, uri, address)).isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "feed.example",
                "https://",
                "ftp://feed.example",
                "https://feed.example/path",
                "https://a@feed.example",
                "https://feed.example?x",
                "https://*.example",
                "https://feed example",
                ""
            })
    void anEntryThatIsNoOriginIsNamed(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new UrlGuard(List.of(entry), InetAddress::getAllByName, Duration.ofSeconds(1)))
                .withMessageContaining("syncline.http.allowed-hosts");
    }

    @Test
    void aRefusalNamesTheOriginAndNoSecret() {
        UrlGuard guard = new UrlGuard(List.of(), host -> addresses(PUBLIC), Duration.ofSeconds(1));
        assertThat(failure(guard, "https://other.example/x?token=s3cret").detail())
                .contains("https://other.example:443")
                .doesNotContain("s3cret");
    }

    @Test
    void anUnknownNameIsUnreachable() {
        UrlGuard guard = new UrlGuard(
                List.of("https://feed.example"),
                host -> {
                    throw new UnknownHostException(host);
                },
                Duration.ofSeconds(1));
        assertThat(failure(guard, "https://feed.example/").code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
    }

    @Test
    @DisplayName("C0-01: a name service that hangs holds nobody longer than the time-out")
    void aNameServiceThatHangsTimesOut() {
        CountDownLatch end = new CountDownLatch(1);
        UrlGuard guard = new UrlGuard(
                List.of("https://feed.example"),
                host -> {
                    awaitQuietly(end);
                    return addresses(PUBLIC);
                },
                Duration.ofMillis(50));
        assertThat(failure(guard, "https://feed.example/").code()).isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
        end.countDown();
    }

    private static boolean isAdmitted(String listed, String uri, String... literals) {
        InetAddress[] addresses = addresses(literals);
        UrlGuard guard = new UrlGuard(List.of(listed), host -> addresses, Duration.ofSeconds(5));
        try {
            AdmittedUrl url = guard.admit(URI.create(uri)).await().indefinitely();
            assertThat(url.addresses()).containsExactly(addresses);
            return true;
        } catch (SyncException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_URL_REFUSED);
            return false;
        }
    }

    private static SyncException failure(UrlGuard guard, String uri) {
        return catchThrowableOfType(
                SyncException.class, () -> guard.admit(URI.create(uri)).await().indefinitely());
    }

    private static InetAddress[] addresses(String... literals) {
        return Stream.of(literals).map(UrlGuardTest::address).toArray(InetAddress[]::new);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

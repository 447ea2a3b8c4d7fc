package dev.syncline.platform;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.status.ApiProfile;
import dev.syncline.status.RunCalls;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(ApiProfile.class)
class FuzzedParametersTest {
    private static final int RANDOM_VALUES = 12;
    private static final long SEED = 20_260_131;
    private static final String HOLE = "{}";
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\n",
            "..",
            "../../etc/passwd",
            "'",
            "\"",
            "{\"$gt\":\"\"}",
            "$where",
            "a.b",
            ".*",
            "(((((((((((((((((((((((((",
            "[[:alpha:]",
            "\\",
            "%",
            "%2525",
            "+",
            "-1",
            "0",
            "1e9",
            "NaN",
            "9223372036854775808",
            "true",
            "null",
            "--",
            "a--b--c",
            "\uD83D\uDE80",
            "\u202Eabc",
            "\uFFFF",
            "e\u0301".repeat(100),
            "x".repeat(3000));

    @TestHTTPResource("/")
    URI root;

    private String run;

    @BeforeEach
    void haveARun() {
        RunCalls.cancelAll();
        run = RunCalls.runToEnd("scripted");
    }

    @Test
    @DisplayName("C0-31: whatever stands in a parameter of a GET, the answer is no failure of ours")
    void isNeverOurFailure() throws IOException, InterruptedException {
        List<String> values = new ArrayList<>(NASTY);
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_VALUES; i++) {
            values.add(randomText(random));
        }
        List<String> addresses = addressesWithAHole();
        assertThat(addresses)
                .contains("/api/permits?search=" + HOLE, "/api/runs/" + HOLE)
                .hasSizeGreaterThan(25);

        for (String address : addresses) {
            for (String value : values) {
                String encoded =
                        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
                assertHarmless(address.replace(HOLE, encoded));
            }
        }
    }

    @Test
    @DisplayName("C0-31: bytes that are no text do not break it either")
    void isNeverOurFailureForBytes() throws IOException, InterruptedException {
        for (String address : addressesWithAHole()) {
            for (String bytes :
                    List.of("%ff", "%c3%28", "%ed%a0%80", "%f0%28%8c%28", "%00", "%0d%0aX: y".replace(" ", "%20"))) {
                assertHarmless(address.replace(HOLE, bytes));
            }
        }
    }

    private void assertHarmless(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(address))
                .header("Authorization", SignedIn.bearer(SamplePerson.admin))
                .build();
        // A stream that is granted would not end: what counts is its status.
        var answer = CLIENT.send(request, BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            assertThat(answer.statusCode()).as(address).isLessThan(500);
            if (answer.statusCode() >= 400) {
                String told = new String(body.readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .as(address)
                        .contains("json");
                assertThat(told).as(address).doesNotContain("Exception", "dev.syncline", "\tat ");
            }
        }
    }

    private static String randomText(Random random) {
        return random.ints(1 + random.nextInt(40), 1, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Each parameter of each GET that the API describes, those of the path too, one at a time. */
    private List<String> addressesWithAHole() {
        JsonPath api = given().get("/q/openapi?format=json").jsonPath();
        Map<String, Map<String, Object>> paths = api.getMap("paths");
        List<String> addresses = new ArrayList<>();
        paths.forEach((path, methods) -> {
            if (methods.get("get") instanceof Map<?, ?> get) {
                addHoles(addresses, path, (List<?>) get.get("parameters"));
            }
        });
        return addresses;
    }

    private void addHoles(List<String> addresses, String path, List<?> parameters) {
        if (parameters == null) {
            return;
        }
        for (Object parameter : parameters) {
            String name = (String) ((Map<?, ?>) parameter).get("name");
            String in = (String) ((Map<?, ?>) parameter).get("in");
            if (in.equals("path")) {
                addresses.add(path.replace("{" + name + "}", HOLE));
            } else if (in.equals("query")) {
                addresses.add(path.replace("{id}", run) + "?" + name + "=" + HOLE);
            }
        }
    }
}

package dev.syncline.roster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.syncline.SignedIn;
import dev.syncline.dev.SamplePerson;
import dev.syncline.dev.sheets.StandInTab;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(RosterProfile.class)
@DisplayName("S0-46: whatever a lead may read, nobody of the sheet stands in it while anonymization is on")
class AnonymizedAnswersTest {
    private static final String EVENTS = "/api/events";
    /** The only id in an address that is no run's. */
    private static final String PERMIT = "/api/permits/{id}";

    private static final Set<String> ROLES = Set.of("viewer", "manager", "lead");

    /** What is stored and may be read by whoever has anonymization off. */
    private static final List<String> SECRETS = List.of(
            "Quillfeather Ana",
            "Brackwater Bea",
            "ZX-9917",
            "Zephyrine",
            "Marigold",
            "Harrowgate 7",
            "Harrowgate 8",
            "Rejectina Moss",
            RosterProfile.SHEET);

    /** What nobody is told at all, for it is not kept. */
    private static final List<String> NOWHERE = List.of("Tuesdayish", "Duplicia Voss");

    @Inject
    RosterDesk desk;

    @TestHTTPResource
    URI root;

    private final List<String> runs = new ArrayList<>();

    @BeforeEach
    void haveAPast() {
        desk.clear();
        StandInTab tab = desk.fill(
                List.of(
                        "Serial",
                        "Device ID",
                        "Assigned To",
                        "Status",
                        "Offboarding Actor",
                        "Last Transfer Notes",
                        "Last Seen",
                        "Office"),
                List.of(
                        "a-1",
                        "ZX-9917",
                        "Quillfeather Ana",
                        "Held",
                        "Zephyrine",
                        "Marigold",
                        "Tuesdayish",
                        "Harrowgate 7"),
                List.of("a-2", "ZX-9917", "Quillfeather Ana", "Held", "Zephyrine", "Marigold", "", "Harrowgate 7"),
                List.of("A-1", "ZX-9917", "Duplicia Voss", "Held", "Zephyrine", "Marigold", "", "Harrowgate 7"),
                List.of("", "", "Rejectina Moss", "Held", "Zephyrine", "Marigold", "", "Harrowgate 7"),
                List.of("a-3", "", "Quillfeather Ana", "Held", "Zephyrine", "Marigold", "", "Harrowgate 7"));
        runs.add(RosterCalls.runToEnd());
        tab.set("C2", "Brackwater Bea").set("H2", "Harrowgate 8").deleteRow(6);
        runs.add(RosterCalls.runToEnd());
        runs.add(ended(press(lead(), "{\"mode\": \"dry-run\"}")));
        assertThat(lead().post("/api/sync/audit").jsonPath().getInt("data.missingSerialCount"))
                .isEqualTo(1);
        desk.sheets().faults().fail(503, "backendError", 20);
        runs.add(RosterCalls.runToEnd());
        assertThat(lead().post("/api/sync/audit").statusCode()).isGreaterThanOrEqualTo(500);
        desk.sheets().faults().reset();
    }

    @Test
    void tellsOfNobody() {
        Map<String, String> answers = read(AnonymizedAnswersTest::anonymized);

        assertThat(answers.keySet())
                .contains(
                        "/api/devices",
                        "/api/devices/a-1",
                        "/api/devices/export",
                        "/api/sync/status",
                        "/api/metrics",
                        "/api/audit",
                        "/api/runs/" + runs.get(0) + "/rejections",
                        "/api/runs/" + runs.get(1) + "/changes");
        answers.forEach(AnonymizedAnswersTest::assertHidden);
    }

    @Test
    @DisplayName("without it all of that is told, so that it would be found")
    void tellsOfEverybodyOtherwise() {
        Map<String, String> answers = read(AnonymizedAnswersTest::lead);
        String all = String.join("\n", answers.values());

        assertThat(answers.get("/api/devices"))
                .contains("Quillfeather Ana", "Brackwater Bea", "ZX-9917", "Zephyrine", "Marigold", "Harrowgate 8");
        assertThat(all).contains(SECRETS);
        assertThat(answers.get("/api/runs/" + runs.get(0) + "/rejections")).contains("Rejectina Moss");
        assertThat(answers.get("/api/runs/" + runs.get(1) + "/changes")).contains("Quillfeather Ana", "Harrowgate 7");
        assertThat(answers.get("/api/sync/status")).contains(RosterProfile.SHEET);
        assertThat(all).doesNotContain(NOWHERE);
    }

    @Test
    void hidesInWhatOneSetsOff() {
        for (String wait : List.of("", "?wait=true")) {
            Response run = anonymized().contentType("application/json").post("/api/sync/manual" + wait);
            assertThat(run.jsonPath().getString("data.sheetId")).matches("Anon-[A-Z2-7]{12}");
            assertHidden("manual run", run.asString());
            assertThat(ended(run)).isNotBlank();
        }
        String audit = anonymized().post("/api/sync/audit").asString();
        assertThat(audit).contains("blocked");
        assertHidden("audit of the serials", audit);
        assertHidden("status", anonymized().get("/api/sync/status").asString());
    }

    @Test
    @Timeout(60)
    void hidesInTheEventStream() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(root.resolve(EVENTS))
                .header("Authorization", SignedIn.bearer(SamplePerson.lead))
                .header("Cookie", AnonymizationCookie.NAME + "=" + cookie())
                .build();

        try (Stream<String> lines =
                HttpClient.newHttpClient().send(request, BodyHandlers.ofLines()).body()) {
            String run = RosterCalls.start();
            String told = until(lines.iterator(), run, "\"state\":\"PARTIAL\"");

            assertThat(told).contains(runs.get(3));
            assertHidden(EVENTS, told);
        }
    }

    @Test
    @DisplayName("the dashboard offers the records that a run set aside to those alone who may see them")
    void offersNoLinkThatIsClosed() {
        String run = RosterCalls.runToEnd();
        String card = "/dashboard/syncs/" + RosterSync.SYNC;
        String link = "/api/runs/" + run + "/rejections";

        assertThat(SignedIn.as(SamplePerson.manager).get(card).asString()).contains(link);
        assertThat(SignedIn.as(SamplePerson.viewer)
                        .get(card)
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains(run)
                .doesNotContain(link);
    }

    /** Every operation that a lead may call and that only reads, and the pages. */
    private Map<String, String> read(Supplier<RequestSpecification> caller) {
        Map<String, String> answers = new LinkedHashMap<>();
        Stream.concat(operations().flatMap(this::addresses), pages()).forEach(address -> {
            Response answer = caller.get().get(address);
            assertThat(answer.statusCode()).as(address).isIn(200, 404);
            answers.put(address, answer.asString());
        });
        return answers;
    }

    private static Stream<String> operations() {
        JsonPath description = SignedIn.nobody().get("/q/openapi?format=json").jsonPath();
        Map<String, Map<String, Map<String, Object>>> paths = description.getMap("paths");
        return paths.entrySet().stream()
                .filter(path -> path.getValue().containsKey("get"))
                .filter(path ->
                        ROLES.contains(String.valueOf(path.getValue().get("get").get("x-least-role"))))
                .map(Map.Entry::getKey)
                .filter(path -> !path.equals(EVENTS) && !path.equals(PERMIT));
    }

    private Stream<String> addresses(String template) {
        if (template.contains("{id}")) {
            return runs.stream().map(run -> template.replace("{id}", run));
        }
        if (template.contains("{serial}")) {
            return Stream.of("a-1", "a-2", "a-3").map(serial -> template.replace("{serial}", serial));
        }
        return Stream.of(template.replace("{sync}", RosterSync.SYNC));
    }

    private static Stream<String> pages() {
        return Stream.of(
                "/",
                "/dashboard/syncs",
                "/dashboard/syncs/roster",
                "/devices",
                "/devices?device=a-1",
                "/devices/grid",
                "/devices/panel?serial=a-1",
                "/devices/panel?serial=a-3",
                "/audit",
                "/audit/more",
                "/api/devices?search=Quillfeather",
                "/api/devices/export?format=csv",
                "/api/devices/export?format=json");
    }

    private static String until(Iterator<String> lines, String... words) {
        StringBuilder told = new StringBuilder();
        boolean isFound = false;
        while (!isFound && lines.hasNext()) {
            String line = lines.next();
            told.append(line).append('\n');
            isFound = Stream.of(words).allMatch(line::contains);
        }
        return told.toString();
    }

    private static void assertHidden(String address, String answer) {
        String told = answer.toLowerCase(Locale.ROOT);
        Stream.concat(SECRETS.stream(), NOWHERE.stream())
                .forEach(secret -> assertThat(told).as(address).doesNotContain(secret.toLowerCase(Locale.ROOT)));
    }

    private static Response press(RequestSpecification caller, String wish) {
        return caller.contentType("application/json").body(wish).post("/api/sync/manual");
    }

    private static String ended(Response accepted) {
        String run = accepted.jsonPath().getString("data.runId");
        RosterCalls.awaitEnd(run);
        return run;
    }

    private static RequestSpecification lead() {
        return SignedIn.as(SamplePerson.lead);
    }

    private static RequestSpecification anonymized() {
        return lead().cookie(AnonymizationCookie.NAME, cookie());
    }

    private static String cookie() {
        return "on." + Instant.now().toEpochMilli();
    }
}

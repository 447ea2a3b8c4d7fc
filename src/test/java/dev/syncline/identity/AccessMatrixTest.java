package dev.syncline.identity;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@TestProfile(AccessProfile.class)
@DisplayName("C0-41: every operation, for everybody")
class AccessMatrixTest {
    /**
     * What each operation answers. The requests are such that those who may ask change nothing: they name a run that is not
     * there, or a value that is not allowed, so 400 and 404 tell that the gate was passed.
     */
    private static final String MATRIX = """
            operation                        nobody viewer manager lead admin stranger robot rogue scheduler writeback
            GET /api/me                      401    200    200     200  200   403      200   403   403       403
            GET /api/syncs                   401    200    200     200  200   403      200   403   403       403
            GET /api/syncs/{sync}            401    200    200     200  200   403      200   403   403       403
            POST /api/syncs/{sync}/runs      401    403    400     400  400   403      400   403   403       403
            GET /api/runs                    401    200    200     200  200   403      200   403   403       403
            GET /api/runs/{id}               401    404    404     404  404   403      404   403   403       403
            POST /api/runs/{id}/cancel       401    403    404     404  404   403      404   403   403       403
            GET /api/runs/{id}/sweep         401    404    404     404  404   403      404   403   403       403
            POST /api/runs/{id}/sweep        401    403    404     404  404   403      404   403   403       403
            GET /api/dead-letters            401    200    200     200  200   403      200   403   403       403
            GET /api/dead-letters/{id}       401    404    404     404  404   403      404   403   403       403
            POST /api/dead-letters/{id}/replay  401    403    404     404  404   403      404   403   403       403
            POST /api/dead-letters/{id}/discard  401    403    404     404  404   403      404   403   403       403
            GET /api/runs/{id}/rejections    401    404    404     404  404   403      404   403   403       403
            GET /api/runs/{id}/changes       401    404    404     404  404   403      404   403   403       403
            GET /api/events                  401    400    400     400  400   403      400   403   403       403
            GET /api/permits                 401    200    200     200  200   403      200   403   403       403
            GET /api/permits/{id}            401    404    404     404  404   403      404   403   403       403
            GET /api/sync                    401    200    200     200  200   403      200   403   403       403
            POST /api/sync                   401    403    400     400  400   403      400   403   403       403
            GET /api/quality                 401    200    200     200  200   403      200   403   403       403
            POST /api/quality/refresh        401    403    200     200  200   403      200   403   403       403
            GET /api/admin/sync              401    403    403     403  200   403      403   403   403       403
            POST /api/admin/sync             401    403    403     403  400   403      403   403   403       403
            GET /api/audit                   401    403    200     200  200   403      200   403   403       403
            GET /api/notifications           401    403    200     200  200   403      200   403   403       403
            GET /api/config/allowlist        401    403    403     200  200   403      403   403   403       403
            PUT /api/config/allowlist        401    403    403     400  400   403      403   403   403       403
            GET /api/sync/status             401    200    200     200  200   403      200   403   403       403
            POST /api/sync/manual            401    403    400     400  400   403      400   403   403       403
            POST /api/sync/audit             401    403    503     503  503   403      503   403   403       403
            POST /api/sync/run               401    401    401     401  401   401      401   401   503       403
            GET /api/metrics                 401    403    403     200  200   403      403   403   403       403
            POST /api/sync/write-back        401    403    403     403  400   403      403   403   403       400
            POST /api/sync/write-back/undo   401    403    403     403  400   403      403   403   403       403
            GET /api/sync/write-back/log     401    403    403     403  200   403      403   403   403       403
            GET /api/sync/queue              401    200    200     200  200   403      200   403   403       403
            POST /api/sync/queue             401    403    403     403  400   403      403   403   403       400
            POST /api/sync/queue/retry       401    403    403     403  400   403      403   403   403       403
            GET /api/sync/queue/items        401    403    403     403  200   403      403   403   403       403
            GET /api/sync/queue/items/{id}   401    403    403     403  404   403      403   403   403       403
            DELETE /api/sync/queue/items/{id}  401    403    403     403  404   403      403   403   403       403
            POST /api/sync/queue/items/{id}/retry  401    403    403     403  404   403      403   403   403       403
            GET /api/devices                 401    403    200     200  200   403      200   403   403       403
            GET /api/devices/columns         401    403    200     200  200   403      200   403   403       403
            GET /api/devices/export          401    403    200     200  200   403      200   403   403       403
            GET /api/devices/anonymize       401    403    200     200  200   403      200   403   403       403
            POST /api/devices/anonymize      401    403    400     400  400   403      400   403   403       403
            POST /api/devices/restore        401    403    403     400  400   403      403   403   403       403
            GET /api/devices/{serial}        401    403    404     404  404   403      404   403   403       403
            GET /q/health                    200    200    200     200  200   200      200   200   200       200
            GET /q/health/live               200    200    200     200  200   200      200   200   200       200
            GET /q/health/ready              200    200    200     200  200   200      200   200   200       200
            GET /q/health/started            200    200    200     200  200   200      200   200   200       200
            """;

    /** Operations that requirements name and later versions bring: whoever may pass the gate finds nothing there yet. */
    private static final String TO_COME = """
            operation                        nobody viewer manager lead admin stranger robot rogue scheduler writeback
            GET /api/v1/projects             401    404    404     404  404   403      404   403   404       404
            POST /api/contacts/sync/full     401    404    404     404  404   403      404   403   404       404
            GET /api/contacts/sync/status    401    404    404     404  404   403      404   403   404       404
            GET /api/v1/system/health        404    404    404     404  404   404      404   404   404       404
            """;

    private static final Set<Integer> REFUSED = Set.of(401, 403);
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    private static Map<String, Map<Subject, Integer>> rows(String matrix) {
        List<String[]> lines = matrix.lines()
                .map(line -> line.split("\\s{2,}|(?<=\\d{3}|[a-z]) (?=\\d{3}|[a-z])"))
                .toList();
        List<Subject> subjects =
                Arrays.stream(lines.get(0)).skip(1).map(Subject::valueOf).toList();
        Map<String, Map<Subject, Integer>> rows = new LinkedHashMap<>();
        for (String[] line : lines.subList(1, lines.size())) {
            Map<Subject, Integer> row = new LinkedHashMap<>();
            for (Subject subject : subjects) {
                row.put(subject, Integer.parseInt(line[row.size() + 1]));
            }
            assertThat(row).as(line[0]).hasSize(Subject.values().length);
            rows.put(line[0], row);
        }
        return rows;
    }

    @Test
    @DisplayName("C0-41: an operation of the API description without a row fails")
    void hasARowForEachOperation() {
        JsonPath description =
                Subject.nobody.asks().get("/q/openapi?format=json").jsonPath();
        Set<String> operations = new TreeSet<>();
        Map<String, Map<String, Object>> paths = description.getMap("paths");
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(METHODS::contains)
                .forEach(method -> operations.add(method.toUpperCase() + " " + path)));

        assertThat(rows(MATRIX).keySet()).containsExactlyInAnyOrderElementsOf(operations);
    }

    @Test
    @DisplayName("C0-41, S2-1, S2-10: each of them gets the status that the matrix says; S4-01: 401 for nobody")
    void answersAsTheMatrixSays() {
        assertThat(answers(MATRIX)).isEqualTo(rows(MATRIX));
    }

    @Test
    @DisplayName("S0-23, S0-43, S4-01: what is to come is guarded already, all but the health of the projects")
    void guardsWhatIsToCome() {
        assertThat(answers(TO_COME)).isEqualTo(rows(TO_COME));
    }

    private static Map<String, Map<Subject, Integer>> answers(String matrix) {
        Map<String, Map<Subject, Integer>> answers = new LinkedHashMap<>();
        rows(matrix).keySet().forEach(operation -> {
            Map<Subject, Integer> row = new LinkedHashMap<>();
            for (Subject subject : Subject.values()) {
                row.put(subject, ask(subject, operation));
            }
            answers.put(operation, row);
        });
        return answers;
    }

    private static int ask(Subject subject, String operation) {
        String method = operation.substring(0, operation.indexOf(' '));
        String path = operation
                .substring(operation.indexOf(' ') + 1)
                .replace("{sync}", "permits")
                .replace("{serial}", "no-such-device")
                .replace("/api/permits/{id}", "/api/permits/24%20999999%20BLD--00")
                .replace("{id}", "01890000-0000-7000-8000-000000000000")
                .replaceAll("^/api/events$", "/api/events?since=nonsense");
        RequestSpecification request = subject.asks();
        if (!method.equals("GET")) {
            request.contentType("application/json").body(body(path));
        }
        return request.request(method, path).statusCode();
    }

    private static String body(String path) {
        if (path.endsWith("/queue/retry")) {
            return "{\"code\":\"MOOD\"}";
        }
        if (path.endsWith("/runs") || path.endsWith("/manual") || path.endsWith("/write-back")) {
            return "{\"mode\":\"mood\"}";
        }
        return path.endsWith("/sweep") ? "{\"decision\":\"approve\"}" : "{}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/config/allowlist/",
                "/api/config//allowlist",
                "//api/config/allowlist",
                "/api/config/./allowlist",
                "/api/runs/../config/allowlist",
                "/api/runs/%2e%2e/config/allowlist",
                "/q/%2e%2e/api/config/allowlist",
                "/q/..%2fapi/config/allowlist",
                "/api/config%2fallowlist",
                "/api/config/allowlist;x=1",
                "/api/config;x=1/allowlist",
                "/webjars/../api/config/allowlist",
                "/API/config/allowlist"
            })
    @DisplayName("C0-41: another spelling of an address opens nothing")
    void isNotTalkedRound(String path) {
        assertThat(Subject.viewer.asks().get(path).statusCode()).isIn(403, 404);
        assertThat(Subject.nobody.asks().get(path).statusCode()).isIn(401, 404);
    }

    @Test
    @DisplayName("C0-32: the description says who may call what, as the gate decides")
    void isDescribedAsItIsDecided() {
        JsonPath description =
                Subject.nobody.asks().get("/q/openapi?format=json").jsonPath();

        rows(MATRIX).forEach((operation, row) -> {
            String method = operation.substring(0, operation.indexOf(' ')).toLowerCase();
            String node = "paths.'" + operation.substring(operation.indexOf(' ') + 1) + "'." + method;
            boolean isOpen = row.get(Subject.nobody) == 200;
            assertThat(description.getList(node + ".security") == null)
                    .as(operation)
                    .isEqualTo(isOpen);
            if (!isOpen) {
                Set<String> statuses =
                        description.<String, Object>getMap(node + ".responses").keySet();
                assertThat(statuses).as(operation).contains("401", "403");
                String least = description.getString(node + ".'x-least-role'");
                for (Role role : Role.values()) {
                    assertThat(!REFUSED.contains(row.get(Subject.valueOf(role.name()))))
                            .as("%s for %s", operation, role)
                            .isEqualTo(least != null && role.includes(Role.valueOf(least)));
                }
            }
        });
    }
}

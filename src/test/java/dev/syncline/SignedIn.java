package dev.syncline;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.quarkus.arc.Arc;
import io.quarkus.arc.Unremovable;
import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.restassured.specification.RequestSpecification;

import dev.syncline.dev.SamplePerson;

import static io.restassured.RestAssured.given;

/**
 * Who the requests of a test come from: {@link SamplePerson#admin} where the test does not say. For clients other than
 * RestAssured there is {@link #bearer}.
 */
public final class SignedIn implements QuarkusTestBeforeEachCallback {
    private static final String AUTHORIZATION = "Authorization";

    /** As that person. */
    public static RequestSpecification as(SamplePerson person) {
        return given().header(AUTHORIZATION, bearer(person));
    }

    /** Without any sign of who asks. */
    public static RequestSpecification nobody() {
        return given().noFiltersOfType(AsAdmin.class);
    }

    /** What such a person sends as {@code Authorization}. */
    public static String bearer(SamplePerson person) {
        return "Bearer " + token(person);
    }

    public static String token(SamplePerson person) {
        return Arc.container().instance(Tokens.class).get().of(person);
    }

    @Override
    public void beforeEach(QuarkusTestMethodContext test) {
        RestAssured.replaceFiltersWith(new AsAdmin());
    }

    private static final class AsAdmin implements Filter {
        @Override
        public Response filter(
                FilterableRequestSpecification request, FilterableResponseSpecification response, FilterContext next) {
            if (!request.getHeaders().hasHeaderWithName(AUTHORIZATION)) {
                request.header(AUTHORIZATION, bearer(SamplePerson.admin));
            }
            return next.next(request, response);
        }
    }

    /**
     * Good for one life of the application under test: the next one signs with another key. A token lives for five minutes, and
     * an application that serves several test classes for longer.
     */
    @Singleton
    @Unremovable
    static class Tokens {
        private static final Duration GOOD = Duration.ofMinutes(1);

        private final Map<SamplePerson, Fetched> tokens = new ConcurrentHashMap<>();

        private record Fetched(String token, long nanos) {
            boolean isGood() {
                return System.nanoTime() - nanos < GOOD.toNanos();
            }
        }

        String of(SamplePerson person) {
            return tokens.compute(
                            person,
                            (who, known) -> known != null && known.isGood()
                                    ? known
                                    : new Fetched(fetch(who), System.nanoTime()))
                    .token();
        }

        private static String fetch(SamplePerson person) {
            return nobody().queryParam("person", person.name())
                    .get("/dev/token")
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
        }
    }
}

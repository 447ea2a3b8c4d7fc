package dev.syncline.platform;

import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Errors that are told before any resource is asked: a caller that the gate refuses, a body that is announced as too large.
 * They look like all the others (C0-31). Only an address that cannot be decoded gets a bare 400 from Quarkus before us.
 */
@ApplicationScoped
class BareAnswers {
    private static final int AFTER_THE_REQUEST_ID = -9_000;
    /** Who may call is decided at -100. */
    private static final int AFTER_THE_GATE = -50;

    private static final long LINGER_MS = 1_000;
    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final ErrorAnswers errors;
    private final RequestIds requestIds;
    private final ObjectMapper json;
    private final long maxBody;
    /** Takes a body of unknown length in, and fails with 413 where it becomes too large. */
    private final BodyHandler counted;

    BareAnswers(
            ErrorAnswers errors,
            RequestIds requestIds,
            ObjectMapper json,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        this.errors = errors;
        this.requestIds = requestIds;
        this.json = json;
        this.maxBody = maxBody.asLongValue();
        this.counted = BodyHandler.create(false).setBodyLimit(this.maxBody);
    }

    void register(@Observes Router router) {
        router.route().order(AFTER_THE_REQUEST_ID).handler(this::bound).failureHandler(this::tell);
        router.route().order(AFTER_THE_GATE).handler(this::count);
    }

    /** What fails further on with a status alone, which Quarkus would give without a word. */
    private void tell(RoutingContext context) {
        if (context.failure() instanceof SyncException failure) {
            answer(context, failure.code(), failure.detail(), failure);
        } else if (context.statusCode() >= 400 && context.statusCode() < 500) {
            answer(context, ErrorCode.ofRefusal(context.statusCode()));
        } else {
            context.next();
        }
    }

    /** Quarkus refuses what is too large as well, but without a word. */
    private void bound(RoutingContext context) {
        String announced = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced != null && Long.parseLong(announced) > maxBody) {
            answer(context, ErrorCode.REQUEST_TOO_LARGE);
        } else {
            context.next();
        }
    }

    /** Bytes are taken in after the gate alone. A request without any ends at once when it is resumed, so it is left alone. */
    private void count(RoutingContext context) {
        if (isOfUnknownLength(context.request())) {
            context.request().resume();
            counted.handle(context);
        } else {
            context.next();
        }
    }

    /** Before HTTP/2 a body of unknown length says that it is one. */
    private static boolean isOfUnknownLength(HttpServerRequest request) {
        boolean isTold = request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        boolean mayBeUntold = request.version() == HttpVersion.HTTP_2 && !WITHOUT_BODY.contains(request.method());
        return !request.headers().contains(HttpHeaders.CONTENT_LENGTH) && (isTold || mayBeUntold);
    }

    private void answer(RoutingContext context, ErrorCode code) {
        answer(context, code, code.title(), null);
    }

    private void answer(RoutingContext context, ErrorCode code, String detail, @Nullable Throwable failure) {
        Problem problem = errors.problem(code, detail, failure, context.normalizedPath(), requestIds.of(context));
        errors.headers(failure).forEach((name, value) -> context.response().putHeader(name, value));
        boolean mayGoOn = context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING);
        if (code == ErrorCode.REQUEST_TOO_LARGE || mayGoOn) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            linger(context);
        }
        context.response()
                .setStatusCode(code.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, errors.contentType(problem))
                .end(Buffer.buffer(written(errors.body(problem))))
                .onFailure(gone -> context.request().connection().close());
    }

    /** Closed with bytes unread, a connection would be reset, and a client that still sends never see the answer. */
    private static void linger(RoutingContext context) {
        context.request().resume();
        context.vertx()
                .setTimer(LINGER_MS, over -> context.request().connection().close());
    }

    private byte[] written(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

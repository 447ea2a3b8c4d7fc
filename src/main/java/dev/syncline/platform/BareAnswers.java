package dev.syncline.platform;

import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Errors that are told before any resource is asked: an address that cannot be decoded, a body that is announced as too
 * large. They look like all the others (C0-31).
 */
@ApplicationScoped
class BareAnswers {
    private static final int AFTER_THE_REQUEST_ID = 9_000;
    private static final Set<HttpMethod> WITHOUT_BODY = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final List<ErrorCode> TOLD = List.of(
            ErrorCode.INVALID_REQUEST,
            ErrorCode.NOT_FOUND,
            ErrorCode.METHOD_NOT_ALLOWED,
            ErrorCode.NOT_ACCEPTABLE,
            ErrorCode.REQUEST_TOO_LARGE,
            ErrorCode.UNSUPPORTED_MEDIA_TYPE);

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

    void bound(@Observes Filters filters) {
        filters.register(this::refuseTooLarge, AFTER_THE_REQUEST_ID);
    }

    void tell(@Observes Router router) {
        TOLD.forEach(code -> router.errorHandler(code.status(), context -> answer(context, code)));
    }

    /** Quarkus refuses it too, but without a word. What was announced is not read, so the connection ends. */
    private void refuseTooLarge(RoutingContext context) {
        String announced = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced == null && !WITHOUT_BODY.contains(context.request().method())) {
            counted.handle(context);
        } else if (announced != null && Long.parseLong(announced) > maxBody) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            answer(context, ErrorCode.REQUEST_TOO_LARGE);
        } else {
            context.next();
        }
    }

    private void answer(RoutingContext context, ErrorCode code) {
        String path = context.request().path();
        Problem problem = Problem.of(code, code.title(), path == null ? "/" : path, requestIds.of(context), Map.of());
        context.response()
                .setStatusCode(code.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, errors.contentType(problem))
                .end(Buffer.buffer(written(errors.body(problem))))
                .onFailure(gone -> context.request().connection().close());
    }

    private byte[] written(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

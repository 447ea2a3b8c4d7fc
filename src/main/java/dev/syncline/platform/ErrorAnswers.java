package dev.syncline.platform;

import java.nio.channels.ClosedChannelException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.arc.All;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** From every failure to the one answer that it gets, in the shape of the family that was called (C0-31). */
@ApplicationScoped
public class ErrorAnswers {
    private static final Logger LOG = Logger.getLogger(ErrorAnswers.class);

    private final List<ErrorShape> shapes;
    private final RequestIds requestIds;

    ErrorAnswers(@All List<ErrorShape> shapes, RequestIds requestIds) {
        this.shapes = shapes;
        this.requestIds = requestIds;
    }

    @ServerExceptionMapper
    RestResponse<Object> known(SyncException failure, UriInfo uri) {
        return answer(failure.code(), failure.detail(), failure, uri);
    }

    @ServerExceptionMapper
    RestResponse<Object> invalid(ConstraintViolationException failure, UriInfo uri) {
        String detail = failure.getConstraintViolations().stream()
                .map(violation -> last(violation.getPropertyPath().toString()) + " " + violation.getMessage())
                .sorted()
                .collect(Collectors.joining("; "));
        return answer(ErrorCode.INVALID_PARAMETER, detail, failure, uri);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    @ServerExceptionMapper
    RestResponse<Object> notReadable(MismatchedInputException failure, UriInfo uri) {
        String where = failure.getPath().stream()
                .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                .collect(Collectors.joining("."));
        String what =
                failure instanceof UnrecognizedPropertyException ? " is not known here" : " has not the expected type";
        String detail = where.isEmpty() ? "the body is not of the expected form" : where + what;
        return answer(ErrorCode.INVALID_REQUEST, detail, failure, uri);
    }

    @ServerExceptionMapper
    RestResponse<Object> refused(WebApplicationException failure, UriInfo uri) {
        int status = failure.getResponse().getStatus();
        if (status < 400) {
            return RestResponse.status(RestResponse.Status.fromStatusCode(status));
        }
        ErrorCode code = ErrorCode.ofRefusal(status);
        String detail = code == ErrorCode.INVALID_REQUEST
                ? "the request cannot be read: check the body's JSON and the types of its parameters"
                : code.title();
        return answer(code, detail, failure, uri);
    }

    @ServerExceptionMapper
    RestResponse<Object> unexpected(Throwable failure, UriInfo uri) {
        if (DatabaseFailures.isConnectivity(failure)) {
            return known(DatabaseFailures.unavailable(failure), uri);
        }
        return answer(
                ErrorCode.INTERNAL_ERROR, "an unexpected failure; the log has it under the reference", failure, uri);
    }

    private RestResponse<Object> answer(ErrorCode code, String detail, Throwable failure, UriInfo uri) {
        Problem problem = problem(code, detail, failure, uri.getRequestUri().getRawPath(), requestIds.current());
        RestResponse.ResponseBuilder<Object> answer = RestResponse.ResponseBuilder.create(code.status());
        answer.entity(body(problem));
        answer.type(contentType(problem));
        headers(failure).forEach(answer::header);
        return answer.build();
    }

    /** The problem that a failure is; one of ours leaves its trace in the log. */
    Problem problem(ErrorCode code, String detail, @Nullable Throwable failure, String path, String requestId) {
        Map<String, Object> details = failure instanceof SyncException known ? known.details() : Map.of();
        Problem problem = Problem.of(code, detail, path, requestId, details);
        if (code.status() == 500) {
            log(failure, problem);
        }
        return problem;
    }

    /** What the answer to a failure says beside its body. */
    Map<String, String> headers(@Nullable Throwable failure) {
        Map<String, String> headers = new HashMap<>();
        if (failure instanceof SyncException known) {
            known.retryAfter().ifPresent(wait -> headers.put("Retry-After", String.valueOf(wait.toSeconds())));
            if (known.code().status() == 401) {
                headers.put("WWW-Authenticate", "Bearer");
            }
        }
        return headers;
    }

    /** What is explained to the caller needs no stack. */
    private static void log(@Nullable Throwable failure, Problem problem) {
        String message = "request failed, code=%s path=%s reference=%s"
                .formatted(problem.code(), problem.instance(), problem.reference());
        if (failure instanceof SyncException known) {
            LOG.warn(message + " (" + known.detail() + ")");
        } else if (failure instanceof ClosedChannelException) {
            LOG.debug(message + ", for the caller is gone");
        } else {
            LOG.error(message, failure);
        }
    }

    /** The body for an error that is told outside of the resources, on the bare HTTP layer. */
    Object body(Problem problem) {
        return family(problem.instance()).map(shape -> shape.body(problem)).orElse(problem);
    }

    String contentType(Problem problem) {
        return family(problem.instance()).isPresent() ? MediaType.APPLICATION_JSON : Problem.JSON;
    }

    private Optional<ErrorShape> family(String path) {
        return shapes.stream().filter(shape -> shape.serves(path)).findFirst();
    }
}

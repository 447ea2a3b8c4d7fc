package dev.syncline.platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Adds to the API description what any operation can answer beside its own: the errors of the HTTP layer and of the database.
 * The shape is that of the 500 which the resource describes itself (C0-32). Runs while the application is built.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 1)
public class DescribedErrors implements OASFilter {
    private static final String FAILURE = "500";
    private static final String ANY_REFERENCE = "01a203ed-e397-7000-9463-e9336e9bf9de";

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getPaths().getPathItems().forEach(this::complete);
    }

    private void complete(String path, PathItem item) {
        item.getOperations().forEach((method, operation) -> shape(operation).ifPresent(shape -> {
            possible(method, operation).forEach(status -> response(operation, status));
            operation.getResponses().getAPIResponses().forEach((status, response) -> {
                if (status.compareTo("400") >= 0 && Character.isDigit(status.charAt(0))) {
                    fill(response, shape, ofStatus(Integer.parseInt(status)), path);
                }
            });
        }));
    }

    /** What the resource says that its errors look like; none for what is not ours, such as health. */
    private static Optional<Map.Entry<String, MediaType>> shape(Operation operation) {
        return Optional.ofNullable(operation.getResponses().getAPIResponse(FAILURE))
                .map(APIResponse::getContent)
                .map(Content::getMediaTypes)
                .flatMap(types -> types.entrySet().stream()
                        .filter(type -> types.size() == 1 || type.getKey().equals(Problem.JSON))
                        .findFirst());
    }

    private static TreeSet<Integer> possible(PathItem.HttpMethod method, Operation operation) {
        TreeSet<Integer> statuses = new TreeSet<>(List.of(406, 500, 503));
        if (operation.getParameters() != null && !operation.getParameters().isEmpty()) {
            statuses.add(400);
        }
        if (method != PathItem.HttpMethod.GET) {
            statuses.addAll(List.of(403, 413));
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(List.of(400, 415));
        }
        return statuses;
    }

    private static void response(Operation operation, int status) {
        String code = String.valueOf(status);
        if (operation.getResponses().getAPIResponse(code) == null) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            code,
                            OASFactory.createAPIResponse()
                                    .description(ofStatus(status).title()));
        }
    }

    private static void fill(APIResponse response, Map.Entry<String, MediaType> shape, ErrorCode code, String path) {
        if (response.getContent() == null) {
            response.setContent(OASFactory.createContent());
        }
        if (response.getContent().getMediaType(shape.getKey()) == null) {
            response.getContent()
                    .addMediaType(
                            shape.getKey(),
                            OASFactory.createMediaType().schema(shape.getValue().getSchema()));
        }
        MediaType described = response.getContent().getMediaType(shape.getKey());
        if (shape.getKey().equals(Problem.JSON) && described.getExamples() == null) {
            described.addExample(code.slug(), OASFactory.createExample().value(example(code, path)));
        }
    }

    private static Map<String, Object> example(ErrorCode code, String path) {
        Problem problem = Problem.of(code, code.title(), path, ANY_REFERENCE, Map.of());
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", problem.type());
        example.put("title", problem.title());
        example.put("status", problem.status());
        example.put("detail", problem.detail());
        example.put("instance", problem.instance());
        example.put("code", problem.code());
        example.put("nextStep", problem.nextStep());
        example.put("reference", problem.reference());
        return example;
    }

    private static ErrorCode ofStatus(int status) {
        return switch (status) {
            case 400 -> ErrorCode.INVALID_PARAMETER;
            case 409 -> ErrorCode.RUN_ACTIVE;
            case 422 -> ErrorCode.IDEMPOTENCY_KEY_REUSED;
            case 503 -> ErrorCode.DATABASE_UNAVAILABLE;
            default -> ErrorCode.ofRefusal(status);
        };
    }
}

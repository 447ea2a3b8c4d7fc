package dev.syncline.identity;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

import dev.syncline.platform.ErrorCode;

/**
 * Writes into the API description what each operation needs of its caller, from the table that the gate uses (C0-32, C0-41).
 * Runs while the application is built, before the errors are completed.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 2)
public class DescribedAccess implements OASFilter {
    private static final String BEARER = "bearer";
    private static final String SESSION = "session";
    private static final String SCHEDULER = "scheduler";
    private static final String WRITE_BACK = "write-back";

    private final AccessTable table = new AccessTable();

    @Override
    public void filterOpenAPI(OpenAPI api) {
        if (api.getComponents() == null) {
            api.setComponents(OASFactory.createComponents());
        }
        api.getComponents()
                .addSecurityScheme(
                        BEARER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("A token of the identity provider that is meant for this service."))
                .addSecurityScheme(
                        SESSION,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name("q_session")
                                .description(
                                        "The session of a browser that has logged in at /login. Writes from another"
                                                + " origin's page need the header X-Requested-With beside it."));
        api.getComponents()
                .addSecurityScheme(
                        SCHEDULER,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.HEADER)
                                .name("X-Internal-Service-Token")
                                .description("The scheduler's secret, beside the header X-Appengine-Cron: true."))
                .addSecurityScheme(
                        WRITE_BACK,
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("The secret of who queues changes and has them written back."));
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) ->
                        table.of(method.name(), path).ifPresent(rule -> describe(operation, rule))));
    }

    private static void describe(Operation operation, AccessRule rule) {
        if (rule.kind() != AccessRule.Kind.ROLE) {
            return;
        }
        if (rule.machines().contains(Machine.SCHEDULER)) {
            operation.addSecurityRequirement(requirement(SCHEDULER));
        }
        if (rule.machines().contains(Machine.WRITE_BACK)) {
            operation.addSecurityRequirement(requirement(WRITE_BACK));
        }
        if (rule.least() != null) {
            operation.addSecurityRequirement(requirement(BEARER));
            operation.addSecurityRequirement(requirement(SESSION));
            operation.addExtension("x-least-role", rule.least().name());
        }
        error(operation, ErrorCode.UNAUTHENTICATED);
        error(operation, ErrorCode.FORBIDDEN);
    }

    private static SecurityRequirement requirement(String scheme) {
        return OASFactory.createSecurityRequirement().addScheme(scheme);
    }

    private static void error(Operation operation, ErrorCode code) {
        String status = String.valueOf(code.status());
        if (operation.getResponses().getAPIResponse(status) == null) {
            operation
                    .getResponses()
                    .addAPIResponse(status, OASFactory.createAPIResponse().description(code.title()));
        }
    }
}

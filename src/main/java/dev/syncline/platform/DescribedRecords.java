package dev.syncline.platform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Says of each field in the API description whether it is always there and whether it may be null, as {@code @Nullable} and
 * {@code @JsonInclude} say it of the record's component (C0-32). Runs while the application is built.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class DescribedRecords implements OASFilter {
    private static final String OURS = "dev.syncline";

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);

    private final Map<String, ClassInfo> records = new HashMap<>();

    /** @param index of the classes of the application */
    public DescribedRecords(IndexView index) {
        index.getKnownClasses().stream()
                .filter(type -> type.isRecord() && type.name().toString().startsWith(OURS))
                .forEach(type -> records.put(schemaName(type), type));
    }

    private static String schemaName(ClassInfo type) {
        return Optional.ofNullable(
                        type.declaredAnnotation(org.eclipse.microprofile.openapi.annotations.media.Schema.class))
                .map(schema -> schema.value("name"))
                .map(name -> name.asString())
                .orElse(type.simpleName());
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getComponents().getSchemas().forEach((name, schema) -> Optional.ofNullable(records.get(name))
                .ifPresent(type -> type.recordComponents().forEach(component -> describe(schema, type, component))));
    }

    private static void describe(Schema schema, ClassInfo type, RecordComponentInfo component) {
        Map<String, Schema> properties =
                Optional.ofNullable(schema.getProperties()).orElse(Map.of());
        String property = names(type, component)
                .filter(properties::containsKey)
                .findFirst()
                .orElse(null);
        if (property == null || isLeftOut(type, component, JsonInclude.Include.NON_EMPTY)) {
            return;
        }
        if (!component.type().hasAnnotation(NULLABLE)) {
            schema.addRequired(property);
        } else if (!isLeftOut(type, component, JsonInclude.Include.NON_NULL)) {
            schema.addProperty(property, orNull(properties.get(property)));
        }
    }

    private static Stream<String> names(ClassInfo type, RecordComponentInfo component) {
        Stream<String> given =
                annotation(type, component, JsonProperty.class)
                        .map(property -> property.value().asString())
                        .stream();
        return Stream.concat(given, Stream.of(component.name(), new SnakeCaseStrategy().translate(component.name())));
    }

    private static boolean isLeftOut(ClassInfo type, RecordComponentInfo component, JsonInclude.Include when) {
        return annotation(type, component, JsonInclude.class)
                .or(() -> Optional.ofNullable(type.declaredAnnotation(JsonInclude.class)))
                .map(include -> include.value())
                .filter(include -> include.asEnum().equals(when.name()))
                .isPresent();
    }

    /** What stands at a component is the field's, unless the annotation was made for components. */
    private static Optional<AnnotationInstance> annotation(
            ClassInfo type, RecordComponentInfo component, Class<? extends java.lang.annotation.Annotation> kind) {
        return Optional.ofNullable(type.field(component.name()).annotation(kind));
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() == null) {
            return schema.getType() == null || schema.getType().contains(SchemaType.NULL)
                    ? schema
                    : schema.addType(SchemaType.NULL);
        }
        Schema nothing = OASFactory.createSchema().type(List.of(SchemaType.NULL));
        return OASFactory.createSchema().anyOf(List.of(schema, nothing));
    }
}

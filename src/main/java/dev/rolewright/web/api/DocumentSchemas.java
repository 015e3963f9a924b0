package dev.rolewright.web.api;

import static java.util.stream.Collectors.groupingBy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

/// Says in the schemas of the API document what the records say and nobody reads there: which of their
/// members may be null, and which hold whatever JSON it is.
final class DocumentSchemas {

    private static final String OURS = "dev.rolewright";
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName UNWRAPPED = DotName.createSimple(JsonUnwrapped.class);

    private final IndexView index;
    private final Map<String, List<ClassInfo>> named;

    DocumentSchemas(IndexView index) {
        this.index = index;
        this.named = index.getKnownClasses().stream()
                .map(ClassInfo::name)
                .filter(name -> name.toString().startsWith(OURS))
                .distinct() // some are known twice
                .map(index::getClassByName)
                .filter(type -> type.simpleName() != null)
                .collect(groupingBy(ClassInfo::simpleName));
    }

    void mend(Components components) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        if (components.getSchemas() != null) {
            schemas.putAll(components.getSchemas());
        }
        schemas.remove(JsonNodeType.class.getSimpleName());
        schemas.computeIfPresent(
                JsonNode.class.getSimpleName(),
                (_, _) -> OASFactory.createSchema().description("Any JSON."));
        schemas.forEach((name, schema) -> {
            if (schema.getProperties() != null) {
                Map<String, Schema> told = new LinkedHashMap<>(schema.getProperties());
                members(name, schema)
                        .forEach((member, type) -> told.computeIfPresent(member, (_, it) -> told(type, it)));
                schema.setProperties(told);
            }
        });
        components.setSchemas(schemas);
    }

    /// The members of the class that a schema is of. Of classes that share a name, all but one have a number
    /// behind it in the document, so their members tell which of them is meant.
    private Map<String, Type> members(String name, Schema schema) {
        return named.getOrDefault(name.replaceFirst("\\d+$", ""), List.of()).stream()
                .map(this::members)
                .filter(members ->
                        members.keySet().equals(schema.getProperties().keySet()))
                .reduce((one, other) -> {
                    throw new IllegalStateException("Two classes have the name and the members of " + name + ".");
                })
                .orElseThrow(() -> new IllegalStateException("No class has the members of " + name + "."));
    }

    private Map<String, Type> members(ClassInfo type) {
        Map<String, Type> members = new HashMap<>();
        for (FieldInfo field : type.fields()) {
            ClassInfo inner = field.hasAnnotation(UNWRAPPED)
                    ? index.getClassByName(field.type().name())
                    : null;
            if (inner != null) {
                members.putAll(members(inner));
            } else if (!Modifier.isStatic(field.flags())) {
                members.put(field.name(), field.type());
            }
        }
        return members;
    }

    private static Schema told(Type type, Schema schema) {
        if (type.kind() == Type.Kind.PARAMETERIZED_TYPE) {
            Type held = type.asParameterizedType().arguments().getLast();
            if (schema.getItems() != null) {
                schema.setItems(told(held, schema.getItems()));
            } else if (schema.getAdditionalPropertiesSchema() != null) {
                schema.setAdditionalPropertiesSchema(told(held, schema.getAdditionalPropertiesSchema()));
            }
        }
        boolean optional = type.name().toString().startsWith("java.util.Optional");
        return optional || type.hasAnnotation(NULLABLE) ? orNull(schema) : schema;
    }

    private static Schema orNull(Schema schema) {
        if (schema.getRef() != null) {
            return OASFactory.createSchema()
                    .addAnyOf(schema)
                    .addAnyOf(OASFactory.createSchema().addType(Schema.SchemaType.NULL));
        }
        return schema.getType() == null || schema.getType().contains(Schema.SchemaType.NULL)
                ? schema
                : schema.addType(Schema.SchemaType.NULL);
    }
}

package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.Attribute.Type;
import dev.rolewright.scim.schema.Attribute.Uniqueness;
import dev.rolewright.scim.schema.ResourceType.Extension;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every schema and resource type this installation knows: the contents of `scim-schemas/` and of a
/// company's own files.
///
/// A file holds schemas, resource types or an array of them. A schema that says `"extends": "User"` is attached to that
/// type as an extension; `"required": true` makes every resource of the type carry it.
public final class Catalog {

    private static final Set<String> TYPE_KEYS =
            Set.of("schemas", "id", "name", "endpoint", "description", "schema", "meta");

    private static final Pattern ENDPOINT = Pattern.compile("/[A-Za-z][A-Za-z0-9-]*");

    /// What the protocol itself keeps below the base URL (RFC 7644 §3.2).
    private static final Set<String> RESERVED =
            Set.of("/me", "/bulk", "/schemas", "/resourcetypes", "/serviceproviderconfig");

    private final List<Schema> schemas;
    private final List<ResourceType> types;

    private Catalog(List<Schema> schemas, List<ResourceType> types) {
        this.schemas = List.copyOf(schemas);
        this.types = List.copyOf(types);
    }

    /// The catalog these files describe.
    ///
    /// @param files contents by file name; the names appear in the sentences about what is wrong
    /// @throws IllegalArgumentException naming file and attribute when a file is not sound
    public static Catalog read(Map<String, JsonNode> files) {
        Map<String, Schema> schemas = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        List<JsonFile> extensions = new ArrayList<>();
        List<JsonFile> types = new ArrayList<>();
        for (JsonFile file : objects(files)) {
            if (file.has("endpoint")) {
                types.add(file);
                continue;
            }
            Schema schema = SchemaReader.read(file);
            file.check(schemas.put(schema.id(), schema) == null, "another file defines the schema " + schema.id());
            file.check(file.has("extends") || !file.has("required"), "required needs extends beside it");
            if (file.has("extends")) {
                extensions.add(file);
            }
        }
        checkUnambiguous(schemas.values());
        return new Catalog(List.copyOf(schemas.values()), types(types, schemas, extensions));
    }

    /// The kinds of resources, as the files list them.
    public List<ResourceType> types() {
        return types;
    }

    /// The type of that name, as in `meta.resourceType`.
    public Optional<ResourceType> type(String name) {
        return types.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /// Every schema in the order of its URN, without the common attributes of RFC 7643 §3.1, which no schema lists.
    public List<Schema> schemas() {
        return schemas;
    }

    /// The schema of that URN, compared without case.
    public Optional<Schema> schema(String urn) {
        return schemas.stream()
                .filter(schema -> schema.id().equalsIgnoreCase(urn))
                .findFirst();
    }

    private static List<JsonFile> objects(Map<String, JsonNode> files) {
        List<JsonFile> objects = new ArrayList<>();
        new TreeMap<>(files).forEach((name, content) -> {
            if (content instanceof ArrayNode array) {
                array.forEach(element -> objects.add(new JsonFile(name, element)));
            } else {
                objects.add(new JsonFile(name, content));
            }
        });
        return objects;
    }

    /// With `urn:a:b` and `urn:a:b:c` both schemas, nobody could tell what the path `urn:a:b:c` means.
    private static void checkUnambiguous(Collection<Schema> schemas) {
        for (Schema outer : schemas) {
            for (Schema inner : schemas) {
                if (inner.id()
                        .regionMatches(true, 0, outer.id() + ":", 0, outer.id().length() + 1)) {
                    throw new IllegalArgumentException("the schema " + inner.id() + " continues the URN " + outer.id()
                            + " of another; paths could not tell them apart");
                }
            }
        }
    }

    private static List<ResourceType> types(
            List<JsonFile> files, Map<String, Schema> schemas, List<JsonFile> extensionFiles) {
        List<ResourceType> types = new ArrayList<>();
        for (JsonFile file : files) {
            ResourceType type = type(file, schemas, extensionFiles);
            for (ResourceType other : types) {
                file.check(
                        !other.name().equalsIgnoreCase(type.name()),
                        "another resource type has the name " + type.name());
                file.check(
                        !other.endpoint().equalsIgnoreCase(type.endpoint()),
                        "another resource type has the endpoint " + type.endpoint());
            }
            types.add(type);
        }
        for (JsonFile file : extensionFiles) {
            for (String extended : extended(file)) {
                file.check(
                        types.stream().anyMatch(type -> type.name().equals(extended)),
                        "extends " + extended + ", which is no resource type");
            }
        }
        return types;
    }

    private static ResourceType type(JsonFile file, Map<String, Schema> schemas, List<JsonFile> extensionFiles) {
        file.onlyKeys(TYPE_KEYS);
        String endpoint = file.text("endpoint");
        file.check(ENDPOINT.matcher(endpoint).matches(), "endpoint must be one path segment such as /Devices");
        file.check(!RESERVED.contains(endpoint.toLowerCase(Locale.ROOT)), "endpoint is taken by the protocol");
        Schema core = schemas.get(file.text("schema"));
        if (core == null) {
            throw new IllegalArgumentException(file.place() + ": no file defines the schema " + file.text("schema"));
        }
        List<Extension> extensions = new ArrayList<>();
        for (JsonFile extensionFile : extensionFiles) {
            if (extended(extensionFile).contains(file.text("name"))) {
                Schema schema = Objects.requireNonNull(schemas.get(extensionFile.text("id")));
                checkStored(extensionFile, schema.attributes());
                checkOneManager(extensionFile, schema, extensions);
                extensions.add(new Extension(schema, extensionFile.flag("required", false)));
            }
        }
        List<Attribute> attributes = Stream.concat(CommonAttributes.ALL.stream(), core.attributes().stream())
                .toList();
        for (Attribute common : CommonAttributes.ALL) {
            file.check(core.attribute(common.name()).isEmpty(), core.id() + " must not define " + common.name());
        }
        checkStored(file, core.attributes());
        return new ResourceType(
                file.text("name"),
                endpoint,
                file.text("description"),
                new Schema(core.id(), core.name(), core.description(), attributes),
                extensions);
    }

    private static List<String> extended(JsonFile file) {
        return file.json().path("extends").isTextual() ? List.of(file.text("extends")) : file.texts("extends");
    }

    private static void checkOneManager(JsonFile file, Schema schema, List<Extension> others) {
        for (Extension other : others) {
            file.check(
                    !ResourceType.managed(schema) || !ResourceType.managed(other.schema()),
                    "has a manager, and so has " + other.schema().id() + "; there can be one");
        }
    }

    /// What a schema of stored resources may not ask for, although RFC 7643 §7 could express it.
    private static void checkStored(JsonFile file, List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            String name = attribute.name();
            file.check(
                    attribute.uniqueness() == Uniqueness.NONE
                            || (attribute.type() == Type.STRING && !attribute.multiValued()),
                    name + ": uniqueness belongs to attributes with one text");
            file.check(
                    !attribute.required() || attribute.mutability() != Mutability.READ_ONLY,
                    name + ": a client cannot be required to give what is readOnly");
            for (Attribute sub : attribute.subAttributes()) {
                file.check(
                        !sub.complex() && !sub.multiValued(),
                        name + "." + sub.name() + ": a sub-attribute holds one simple value");
                file.check(
                        sub.uniqueness() == Uniqueness.NONE,
                        name + "." + sub.name() + ": uniqueness belongs to attributes with one text");
                file.check(
                        !sub.name().equals("primary") || sub.type() == Type.BOOLEAN,
                        name + ".primary: must be a boolean (RFC 7643 §2.4)");
            }
        }
    }
}

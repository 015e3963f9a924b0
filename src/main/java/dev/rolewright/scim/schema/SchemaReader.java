package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.Attribute.Returned;
import dev.rolewright.scim.schema.Attribute.Type;
import dev.rolewright.scim.schema.Attribute.Uniqueness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// One JSON object of `scim-schemas/` as a schema (RFC 7643 §7). What an author may leave out has the default of
/// RFC 7643 §2.2; what an author may have misspelt is refused, with the file and the attribute named.
final class SchemaReader {

    /// attrName of RFC 7643 §2.1, and `$ref`, which the RFC uses without its own grammar allowing it.
    private static final Pattern NAME = Pattern.compile("\\$?[A-Za-z][A-Za-z0-9$_-]*");

    private static final Pattern URN = Pattern.compile("urn:[A-Za-z0-9][A-Za-z0-9-]*(:[A-Za-z0-9._-]+)+");

    private static final Set<String> SCHEMA_KEYS =
            Set.of("schemas", "id", "name", "description", "attributes", "meta", "extends", "required");

    private static final Set<String> ATTRIBUTE_KEYS = Set.of(
            "name",
            "type",
            "multiValued",
            "description",
            "required",
            "canonicalValues",
            "caseExact",
            "mutability",
            "returned",
            "uniqueness",
            "referenceTypes",
            "subAttributes");

    private static final Map<String, Type> TYPES = Words.all(Type.values());
    private static final Map<String, Mutability> MUTABILITIES = Words.all(Mutability.values());
    private static final Map<String, Returned> RETURNED = Words.all(Returned.values());
    private static final Map<String, Uniqueness> UNIQUENESS = Words.all(Uniqueness.values());

    private SchemaReader() {}

    static Schema read(JsonFile file) {
        file.onlyKeys(SCHEMA_KEYS);
        String urn = file.text("id");
        file.check(URN.matcher(urn).matches(), "id must be a URN such as urn:example:scim:2.0:Staff");
        return new Schema(urn, file.text("name"), file.text("description"), attributes(file, "attributes"));
    }

    private static List<Attribute> attributes(JsonFile owner, String key) {
        List<Attribute> attributes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode node : owner.array(key)) {
            JsonFile file = owner.inside(node);
            Attribute attribute = attribute(file);
            file.check(
                    names.add(attribute.name().toLowerCase(Locale.ROOT)),
                    "there is another attribute of that name; names ignore case");
            attributes.add(attribute);
        }
        owner.check(!attributes.isEmpty(), key + " must not be empty");
        return attributes;
    }

    private static Attribute attribute(JsonFile file) {
        file.onlyKeys(ATTRIBUTE_KEYS);
        file.check(
                NAME.matcher(file.text("name")).matches(), "name must be a letter followed by letters, digits, - or _");
        Type type = file.oneOf("type", TYPES, Type.STRING);
        // URLs and encoded bytes are exact by nature (RFC 7643 §2.3.6, §2.3.7).
        boolean exact = type == Type.REFERENCE || type == Type.BINARY;
        Attribute attribute = new Attribute(
                file.text("name"),
                type,
                file.flag("multiValued", false),
                file.text("description"),
                file.flag("required", false),
                file.flag("caseExact", exact),
                file.oneOf("mutability", MUTABILITIES, Mutability.READ_WRITE),
                file.oneOf("returned", RETURNED, Returned.DEFAULT),
                file.oneOf("uniqueness", UNIQUENESS, Uniqueness.NONE),
                file.texts("canonicalValues"),
                file.texts("referenceTypes"),
                type == Type.COMPLEX ? attributes(file, "subAttributes") : List.of());
        check(file, attribute, exact);
        return attribute;
    }

    private static void check(JsonFile file, Attribute attribute, boolean exact) {
        Type type = attribute.type();
        file.check(type == Type.COMPLEX || !file.has("subAttributes"), "only a complex attribute has subAttributes");
        file.check(
                (type == Type.REFERENCE) != attribute.referenceTypes().isEmpty(),
                "referenceTypes belong to every attribute of type reference and to no other");
        file.check(
                type == Type.STRING || attribute.canonicalValues().isEmpty(),
                "canonicalValues belong to attributes of type string");
        file.check(attribute.caseExact() || !exact, "an attribute of this type is always caseExact");
        file.check(
                !attribute.caseExact() || exact || type == Type.STRING,
                "caseExact belongs to attributes that hold text");
        file.check(
                attribute.mutability() != Mutability.WRITE_ONLY || attribute.returned() == Returned.NEVER,
                "a writeOnly attribute has returned never");
    }
}

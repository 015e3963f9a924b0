package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.Attribute.Type;
import dev.rolewright.scim.schema.Attribute.Uniqueness;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The rules of a whole document: what is required is there, at most one value is primary, and what resources are found
/// by fits into an index.
final class Soundness {

    /// PostgreSQL refuses an index entry of 2,704 bytes or more; this leaves room for the key's other columns.
    private static final int MAX_KEY_BYTES = 2_000;

    /// No character of UTF-16 grows beyond this when it is folded and written in UTF-8.
    private static final int MAX_BYTES_PER_CHARACTER = 6;

    private static final String EMPLOYEE_NUMBER = "employeeNumber";

    private Soundness() {}

    static void check(ResourceType type, ObjectNode document) {
        check(type, document, null);
    }

    /// @param before the document before a change; where both say the same, nothing is refused
    static void check(ResourceType type, ObjectNode document, @Nullable ObjectNode before) {
        for (Attribute attribute : type.core().attributes()) {
            check(attribute, key(attribute), document, before, Where.of(attribute.name()));
        }
        for (ResourceType.Extension extension : type.extensions()) {
            Schema schema = extension.schema();
            Where where = Where.of(schema.id());
            if (document.get(schema.id()) instanceof ObjectNode values) {
                ObjectNode old = before != null && before.get(schema.id()) instanceof ObjectNode object ? object : null;
                for (Attribute attribute : schema.attributes()) {
                    check(attribute, extensionKey(schema, attribute), values, old, where.attribute(attribute.name()));
                }
            } else if (extension.required() && (before == null || before.has(schema.id()))) {
                throw where.invalid("is required");
            }
        }
    }

    private static void check(
            Attribute attribute, boolean key, ObjectNode values, @Nullable ObjectNode before, Where where) {
        JsonNode value = values.get(attribute.name());
        if (value == null) {
            if (required(attribute) && (before == null || before.has(attribute.name()))) {
                throw where.invalid("is required");
            }
        } else if (before == null || !value.equals(before.get(attribute.name()))) {
            checkValue(attribute, key, value, where);
        }
    }

    private static void checkValue(Attribute attribute, boolean key, JsonNode value, Where where) {
        if (attribute.multiValued()) {
            checkPrimary(attribute, value, where);
            for (int i = 0; i < value.size(); i++) {
                checkParts(attribute, value.get(i), where.at(i));
            }
            return;
        }
        if (attribute.required() && value.isTextual() && value.textValue().isBlank()) {
            throw where.invalid("must not be empty");
        }
        if (key) {
            key(value.textValue(), where);
        }
        checkParts(attribute, value, where);
    }

    private static void checkParts(Attribute attribute, JsonNode value, Where where) {
        for (Attribute sub : attribute.subAttributes()) {
            JsonNode part = value.get(sub.name());
            if (part == null) {
                if (required(sub)) {
                    throw where.sub(sub.name()).invalid("is required");
                }
            } else if (part.isTextual()) {
                if (sub.required() && part.textValue().isBlank()) {
                    throw where.sub(sub.name()).invalid("must not be empty");
                }
                if (sub.name().equals("value") && sub.type() == Type.STRING) {
                    key(part.textValue(), where.sub(sub.name()));
                }
            }
        }
    }

    private static void checkPrimary(Attribute attribute, JsonNode elements, Where where) {
        if (attribute.complex() && Primaries.count(elements) > 1) {
            throw where.invalid("only one value may be primary");
        }
    }

    /// The text, if an index can hold it.
    static String key(String text, Where where) {
        if (text.length() > MAX_KEY_BYTES / MAX_BYTES_PER_CHARACTER
                && Folding.fold(text).getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
            throw where.invalid("must not be longer than " + MAX_KEY_BYTES + " bytes");
        }
        return text;
    }

    /// The plain texts of the core are what resources are looked up and sorted by.
    private static boolean key(Attribute attribute) {
        return attribute.type() == Type.STRING && !attribute.multiValued();
    }

    /// Of an extension only what nobody else may have, and what HR systems know people by. A company's own
    /// attribute of that name is in no index.
    private static boolean extensionKey(Schema schema, Attribute attribute) {
        return attribute.uniqueness() != Uniqueness.NONE
                || (key(attribute)
                        && schema.id().equalsIgnoreCase(Schema.ENTERPRISE)
                        && attribute.name().equals(EMPLOYEE_NUMBER));
    }

    private static boolean required(Attribute attribute) {
        return attribute.required() && attribute.mutability() != Mutability.READ_ONLY;
    }
}

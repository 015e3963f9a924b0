package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.StorableText;
import dev.rolewright.scim.schema.Attribute.Mutability;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One value held against its attribute: has it the type (RFC 7643 §2.3), and how is it written?
///
/// Null stands for "nothing": null itself, an empty array, an empty object (RFC 7643 §2.5).
final class Values {

    /// Nothing a directory holds is longer; it keeps one value from filling the store.
    static final int MAX_LENGTH = 65_536;

    /// Decimals beyond a double's range or with more digits than any quantity has would grow when they are printed.
    private static final int MAX_MAGNITUDE = 308;

    private static final int MAX_DIGITS = 40;

    private Values() {}

    /// All that the attribute holds: an array when it is multi-valued.
    static @Nullable JsonNode all(Attribute attribute, JsonNode value, Where where) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (!attribute.multiValued()) {
            return single(attribute, value, where);
        }
        if (!(value instanceof ArrayNode array)) {
            throw where.invalid("must be an array");
        }
        // Once is enough: RFC 7643 §2.4 wants no value returned twice.
        Set<JsonNode> elements = new LinkedHashSet<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode element = element(attribute, array.get(i), where.at(i));
            if (element != null) {
                elements.add(element);
            }
        }
        return elements.isEmpty() ? null : JsonNodeFactory.instance.arrayNode().addAll(elements);
    }

    /// One of the values of a multi-valued attribute.
    static @Nullable JsonNode element(Attribute attribute, JsonNode value, Where where) {
        if (value.isNull()) {
            throw where.invalid("must not be null");
        }
        return single(attribute, value, where);
    }

    private static @Nullable JsonNode single(Attribute attribute, JsonNode value, Where where) {
        return switch (attribute.type()) {
            case STRING -> text(value, where);
            case BOOLEAN -> flag(value, where);
            case DECIMAL -> decimal(value, where);
            case INTEGER -> integer(value, where);
            case DATE_TIME -> dateTime(value, where);
            case BINARY -> binary(value, where);
            case REFERENCE -> reference(value, where);
            case COMPLEX -> complex(attribute, value, where);
        };
    }

    static JsonNode text(JsonNode value, Where where) {
        if (!value.isTextual()) {
            throw where.invalid("must be a string");
        }
        String text = value.textValue();
        if (text.length() > MAX_LENGTH) {
            throw where.invalid("must not be longer than " + MAX_LENGTH + " characters");
        }
        if (!StorableText.is(text)) {
            throw where.invalid("must not contain U+0000 or half a surrogate pair");
        }
        return value;
    }

    private static JsonNode flag(JsonNode value, Where where) {
        if (!value.isBoolean()) {
            throw where.invalid("must be true or false");
        }
        return value;
    }

    private static JsonNode integer(JsonNode value, Where where) {
        if (!value.isIntegralNumber()) {
            throw where.invalid("must be a whole number");
        }
        if (!value.canConvertToLong()) {
            throw where.invalid("must fit into 64 bits");
        }
        return whole(value.bigIntegerValue());
    }

    private static JsonNode decimal(JsonNode value, Where where) {
        if (!value.isNumber()) {
            throw where.invalid("must be a number");
        }
        BigDecimal number = value.decimalValue().stripTrailingZeros();
        long magnitude = (long) number.precision() - number.scale();
        if (number.precision() > MAX_DIGITS || Math.abs(magnitude) > MAX_MAGNITUDE) {
            throw where.invalid("must have at most " + MAX_DIGITS + " digits and the range of a double");
        }
        return number.scale() <= 0 ? whole(number.toBigIntegerExact()) : DecimalNode.valueOf(number);
    }

    /// The node a parser makes of the same digits, so that what was stored equals what comes in.
    private static JsonNode whole(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(number.intValue());
        }
        return number.bitLength() < Long.SIZE ? LongNode.valueOf(number.longValue()) : BigIntegerNode.valueOf(number);
    }

    private static JsonNode dateTime(JsonNode value, Where where) {
        if (!value.isTextual() || DateTimes.canonical(value.textValue()).isEmpty()) {
            throw where.invalid("must be a dateTime with a time zone, such as 2026-11-21T00:20:27Z");
        }
        return value;
    }

    private static JsonNode binary(JsonNode value, Where where) {
        return Binaries.canonical(text(value, where).textValue())
                .map(TextNode::valueOf)
                .orElseThrow(() -> where.invalid("must be base64"));
    }

    private static JsonNode reference(JsonNode value, Where where) {
        try {
            URI unused = new URI(text(value, where).textValue());
            return value;
        } catch (URISyntaxException e) {
            throw where.invalid("must be a URI");
        }
    }

    private static @Nullable JsonNode complex(Attribute attribute, JsonNode value, Where where) {
        if (!(value instanceof ObjectNode object)) {
            throw where.invalid("must be an object");
        }
        ObjectNode canonical = JsonNodeFactory.instance.objectNode();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Attribute sub = attribute
                    .sub(field.getKey())
                    .orElseThrow(() -> where.sub(ScimProblem.shown(field.getKey()))
                            .problem(ScimProblem.Type.invalidSyntax, "no such sub-attribute is defined"));
            Where place = where.sub(sub.name());
            if (!seen.add(sub.name())) {
                throw place.problem(ScimProblem.Type.invalidSyntax, "is there twice; names ignore case");
            }
            if (sub.mutability() == Mutability.READ_ONLY) {
                continue;
            }
            JsonNode part = all(sub, field.getValue(), place);
            if (part != null) {
                canonical.set(sub.name(), part);
            }
        }
        return canonical.isEmpty() ? null : canonical;
    }
}

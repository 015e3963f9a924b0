package dev.rolewright.web.scim;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import dev.rolewright.scim.StorableText;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the JSON object of a request, whatever was sent: bounded in every direction, no member twice,
/// nothing after it.
///
/// It also refuses what is JSON but what no store can keep: U+0000, half a surrogate pair, numbers of absurd magnitude.
/// Sentences say where in the body the fault is and never repeat a value.
final class BodyReader {

    /// What is set aside before anything arrived; a client that only announces much gets no more.
    private static final int FIRST_BUFFER = 16 * 1024;
    private static final int MAX_MAGNITUDE = 400;

    private final int maxBytes;
    private final int maxDepth;
    private final JsonFactory factory;

    BodyReader(ScimConfig.Limits limits) {
        maxBytes = limits.bodyBytes();
        maxDepth = limits.depth();
        factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth() + 1)
                        .maxStringLength(limits.stringLength())
                        .maxNumberLength(limits.numberLength())
                        .maxNameLength(limits.nameLength())
                        .build())
                .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .build();
    }

    /// Reads a body to its end.
    ///
    /// @param announced the `Content-Length`, or a negative number when the client did not say
    ObjectNode read(InputStream body, long announced) throws IOException {
        if (announced > maxBytes) {
            throw tooLarge(maxBytes);
        }
        byte[] bytes = new byte[(int) Math.min(announced >= 0 ? announced : maxBytes, FIRST_BUFFER)];
        int length = 0;
        while (true) {
            int read = body.readNBytes(bytes, length, bytes.length - length);
            length += read;
            if (length < bytes.length) {
                return parse(bytes, length);
            }
            int next = body.read();
            if (next < 0) {
                return parse(bytes, length);
            }
            if (length >= maxBytes) {
                throw tooLarge(maxBytes);
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes, Math.max(FIRST_BUFFER, 2L * length)));
            bytes[length++] = (byte) next;
        }
    }

    /// Parses a body that is already in memory.
    ObjectNode parse(byte[] bytes, int length) {
        try (JsonParser parser = factory.createParser(bytes, 0, length)) {
            return object(parser);
        } catch (StreamConstraintsException e) {
            throw syntax("has a string, a name or a number that is longer than allowed", e.getLocation());
        } catch (JsonProcessingException e) {
            throw syntax("is not valid JSON", e.getLocation());
        } catch (IOException e) {
            throw ScimProblem.of(Type.invalidSyntax, "The request body is not text in UTF-8.");
        }
    }

    private ObjectNode object(JsonParser parser) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw ScimProblem.of(Type.invalidSyntax, "The request body is empty; a JSON object is expected.");
        }
        if (first != JsonToken.START_OBJECT) {
            throw syntax("is not a JSON object", parser.currentTokenLocation());
        }
        ObjectNode object = members(parser, 1);
        if (parser.nextToken() != null) {
            throw syntax("goes on after its JSON object", parser.currentTokenLocation());
        }
        return object;
    }

    private ObjectNode members(JsonParser parser, int depth) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            requireStorable(name, parser);
            parser.nextToken();
            if (object.replace(name, value(parser, depth)) != null) {
                throw syntax("has a member twice", parser.currentTokenLocation());
            }
        }
        return object;
    }

    private ArrayNode elements(JsonParser parser, int depth) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, depth));
        }
        return array;
    }

    private JsonNode value(JsonParser parser, int depth) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser, deeper(parser, depth));
            case START_ARRAY -> elements(parser, deeper(parser, depth));
            case VALUE_STRING -> nodes.textNode(requireStorable(parser.getText(), parser));
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            default -> throw syntax("is not valid JSON", parser.currentTokenLocation());
        };
    }

    private int deeper(JsonParser parser, int depth) {
        if (depth >= maxDepth) {
            throw syntax("nests deeper than " + maxDepth + " levels", parser.currentTokenLocation());
        }
        return depth + 1;
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.getNumberType()) {
            case INT -> nodes.numberNode(parser.getIntValue());
            case LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(parser.getBigIntegerValue());
        };
    }

    private static JsonNode decimal(JsonParser parser) throws IOException {
        BigDecimal number;
        try {
            number = parser.getDecimalValue();
        } catch (NumberFormatException overflow) { // an exponent of ten digits, which no BigDecimal has room for
            throw outOfRange(parser);
        }
        if (Math.abs((long) number.scale()) > MAX_MAGNITUDE) {
            throw outOfRange(parser);
        }
        return DecimalNode.valueOf(number);
    }

    private static ScimProblem outOfRange(JsonParser parser) {
        return syntax("has a number whose exponent is out of range", parser.currentTokenLocation());
    }

    private static String requireStorable(String text, JsonParser parser) {
        if (!StorableText.is(text)) {
            throw syntax(
                    "has a character that cannot be kept (U+0000 or half a surrogate pair)",
                    parser.currentTokenLocation());
        }
        return text;
    }

    static ScimProblem tooLarge(int maxBytes) {
        return ScimProblem.of(413, "The request body exceeds maxPayloadSize (" + maxBytes + " bytes).");
    }

    private static ScimProblem syntax(String fault, @Nullable JsonLocation where) {
        String place = where == null ? "" : " at line " + where.getLineNr() + ", column " + where.getColumnNr();
        return ScimProblem.of(Type.invalidSyntax, "The request body " + fault + place + ".");
    }
}

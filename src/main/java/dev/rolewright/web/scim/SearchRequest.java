package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Paging;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client asks of a search, whether in the URL or in the body of a `/.search` (RFC 7644 §3.4.2,
/// §3.4.3, RFC 9865).
///
/// Both ways share every rule: a count below zero is zero and above the largest page is the largest page, a start index
/// below one is one, and an empty cursor asks for the first page. A cursor together with a start index asks for two
/// different ways of paging and is refused.
record SearchRequest(
        @Nullable String filter,
        @Nullable String sortBy,
        boolean descending,
        Paging paging,
        @Nullable String attributes,
        @Nullable String excludedAttributes) {

    static final String SCHEMA = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,40}");
    private static final BigInteger LARGEST = BigInteger.valueOf(Integer.MAX_VALUE);

    /// The parameters of a URL.
    static SearchRequest of(QueryString query, ScimConfig.Limits limits) {
        return of(
                query.value("filter"),
                query.value("sortBy"),
                query.value("sortOrder"),
                query.value("startIndex").map(text -> integer("startIndex", text, Type.invalidValue)),
                query.value("count").map(text -> integer("count", text, countType(query.value("cursor")))),
                query.value("cursor"),
                query.value("attributes"),
                query.value("excludedAttributes"),
                limits);
    }

    /// The body of a `/.search`.
    static SearchRequest of(ObjectNode body, ScimConfig.Limits limits) {
        Messages message = Messages.of(
                body,
                SCHEMA,
                "schemas",
                "filter",
                "sortBy",
                "sortOrder",
                "startIndex",
                "count",
                "cursor",
                "attributes",
                "excludedAttributes");
        Optional<String> cursor = text(message, "cursor");
        return of(
                text(message, "filter"),
                text(message, "sortBy"),
                text(message, "sortOrder"),
                message.member("startIndex").map(value -> integer("startIndex", value, Type.invalidValue)),
                message.member("count").map(value -> integer("count", value, countType(cursor))),
                cursor,
                names(message, "attributes"),
                names(message, "excludedAttributes"),
                limits);
    }

    private static SearchRequest of(
            Optional<String> filter,
            Optional<String> sortBy,
            Optional<String> sortOrder,
            Optional<BigInteger> startIndex,
            Optional<BigInteger> count,
            Optional<String> cursor,
            Optional<String> attributes,
            Optional<String> excludedAttributes,
            ScimConfig.Limits limits) {
        int size = Math.min(
                limits.maxPageSize(), count.map(SearchRequest::notNegative).orElse(limits.defaultPageSize()));
        return new SearchRequest(
                filter.orElse(null),
                sortBy.filter(text -> !text.isBlank()).orElse(null),
                descending(sortOrder),
                paging(startIndex, cursor, size),
                attributes.filter(text -> !text.isBlank()).orElse(null),
                excludedAttributes.filter(text -> !text.isBlank()).orElse(null));
    }

    private static Paging paging(Optional<BigInteger> startIndex, Optional<String> cursor, int size) {
        if (cursor.isEmpty()) {
            return new Paging.Index(
                    Math.max(1, startIndex.map(SearchRequest::notNegative).orElse(1)), size);
        }
        if (startIndex.isPresent()) {
            throw ScimProblem.of(Type.invalidCursor, "cursor and startIndex exclude each other.");
        }
        return new Paging.Cursor(cursor.get().isEmpty() ? null : cursor.get(), size);
    }

    private static boolean descending(Optional<String> sortOrder) {
        return switch (sortOrder.orElse("").toLowerCase(Locale.ROOT)) {
            case "", "ascending" -> false;
            case "descending" -> true;
            default -> throw ScimProblem.of(Type.invalidValue, "sortOrder: must be ascending or descending.");
        };
    }

    private static int notNegative(BigInteger number) {
        return number.max(BigInteger.ZERO).min(LARGEST).intValue();
    }

    /// RFC 9865 §2.1 gives a wrong count a keyword of its own.
    private static Type countType(Optional<String> cursor) {
        return cursor.isPresent() ? Type.invalidCount : Type.invalidValue;
    }

    private static BigInteger integer(String name, String text, Type type) {
        if (!INTEGER.matcher(text.strip()).matches()) {
            throw ScimProblem.of(type, name + ": must be an integer.");
        }
        return new BigInteger(text.strip());
    }

    /// Some clients put numbers into strings.
    private static BigInteger integer(String name, JsonNode value, Type type) {
        if (value.isTextual()) {
            return integer(name, value.textValue(), type);
        }
        if (!value.isIntegralNumber()) {
            throw ScimProblem.of(type, name + ": must be an integer.");
        }
        return value.bigIntegerValue();
    }

    private static Optional<String> text(Messages message, String name) {
        Optional<JsonNode> value = message.member(name);
        if (value.isPresent() && !value.get().isTextual()) {
            throw ScimProblem.of(Type.invalidSyntax, name + ": must be a string.");
        }
        return value.map(JsonNode::textValue);
    }

    /// A list of attribute names; some clients send the comma-separated text of the URL form.
    private static Optional<String> names(Messages message, String name) {
        JsonNode value = message.member(name).orElse(null);
        if (value == null || value.isTextual()) {
            return text(message, name);
        }
        StringJoiner names = new StringJoiner(",");
        if (!value.isArray()) {
            throw ScimProblem.of(Type.invalidSyntax, name + ": must be an array of strings.");
        }
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw ScimProblem.of(Type.invalidSyntax, name + ": must be an array of strings.");
            }
            names.add(element.textValue());
        }
        return Optional.of(names.toString());
    }
}

package dev.rolewright.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.filter.Resolver;
import dev.rolewright.scim.schema.Attribute.Returned;
import dev.rolewright.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// How a login's name is made from a person's attributes: plain text, and attributes in braces. `.local` and
/// `.domain` behind an attribute mean what stands before and behind its last `@`.
///
/// @param text as the contract has it
public record LoginTemplate(String text, List<Part> parts) {

    private static final Pattern PIECE = Pattern.compile("\\{([^{}]*)}|([^{}]+)");

    public sealed interface Part {}

    record Plain(String text) implements Part {}

    record Value(Resolved path, Cut cut) implements Part {}

    enum Cut {
        WHOLE,
        LOCAL,
        DOMAIN
    }

    public LoginTemplate {
        parts = List.copyOf(parts);
    }

    /// @throws IllegalArgumentException with a sentence that says what is wrong with the template
    public static LoginTemplate parse(String text, ResourceType user) {
        List<Part> parts = new ArrayList<>();
        Matcher piece = PIECE.matcher(text);
        int end = 0;
        while (piece.find() && piece.start() == end) {
            end = piece.end();
            parts.add(piece.group(2) == null ? value(piece.group(1), user) : new Plain(piece.group(2)));
        }
        if (end < text.length()) {
            throw new IllegalArgumentException("A brace of the template \"" + text + "\" has no partner.");
        }
        if (parts.stream().noneMatch(Value.class::isInstance)) {
            throw new IllegalArgumentException("The template \"" + text + "\" would name everybody alike.");
        }
        return new LoginTemplate(text, parts);
    }

    private static Part value(String written, ResourceType user) {
        Cut cut = written.endsWith(".local") ? Cut.LOCAL : written.endsWith(".domain") ? Cut.DOMAIN : Cut.WHOLE;
        String path = cut == Cut.WHOLE ? written : written.substring(0, written.lastIndexOf('.'));
        try {
            return Resolver.resolve(user, AttributePath.parse(path))
                    .flatMap(Resolved::comparable)
                    .filter(found -> found.leaf().returned() != Returned.NEVER && isInSnapshot(found))
                    .map(found -> new Value(found, cut))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "A user has no attribute \"" + path + "\" that a name could be made from."));
        } catch (ScimProblem e) {
            throw new IllegalArgumentException("\"" + path + "\" is not the path of an attribute.", e);
        }
    }

    // Of what we add to a person ourselves a snapshot has only what never depends on others. A name made from the rest
    // would say nothing of anybody.
    private static boolean isInSnapshot(Resolved path) {
        return !RuleReader.isDerived(path)
                || path.top().equals("id")
                || path.top().equals("meta");
    }

    /// The top attributes and extensions that it reads.
    Stream<String> attributes() {
        return parts.stream().flatMap(part -> switch (part) {
            case Plain _ -> Stream.of();
            case Value(Resolved path, var _) -> Stream.of(path.top());
        });
    }

    /// The name that the template gives a person, not yet folded; empty when an attribute has no value.
    Optional<String> fill(ObjectNode person) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            Optional<String> piece = fill(part, person);
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            filled.append(piece.get());
        }
        return Optional.of(filled.toString());
    }

    private static Optional<String> fill(Part part, ObjectNode person) {
        return switch (part) {
            case Plain(String plain) -> Optional.of(plain);
            case Value(Resolved path, Cut cut) -> read(path, person).map(value -> cut(value, cut));
        };
    }

    private static Optional<String> read(Resolved path, ObjectNode person) {
        JsonNode holder = path.extension() == null ? person : person.path(path.extension());
        JsonNode top = one(holder.path(path.attribute().name()));
        JsonNode value = path.sub() == null ? top : one(top.path(path.sub().name()));
        return value.isValueNode() && !value.isNull()
                ? Optional.of(value.asText()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    /// Of several values the primary one, else the first.
    private static JsonNode one(JsonNode node) {
        return node.isArray()
                ? StreamSupport.stream(node.spliterator(), false)
                        .filter(element -> element.path("primary").asBoolean())
                        .findFirst()
                        .orElse(node.isEmpty() ? MissingNode.getInstance() : node.get(0))
                : node;
    }

    private static String cut(String value, Cut cut) {
        int at = value.lastIndexOf('@');
        return switch (cut) {
            case WHOLE -> value;
            case LOCAL -> at < 0 ? value : value.substring(0, at);
            case DOMAIN -> at < 0 ? "" : value.substring(at + 1);
        };
    }
}

package dev.rolewright.scim.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.filter.Resolver;
import dev.rolewright.scim.schema.Attribute.Type;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Repairs what only the schemas show: a boolean in quotes, digits without them, an extension's
/// attribute without its URN.
final class TypedFilter {

    private final Collection<ResourceType> types;
    private final Noted noted;

    TypedFilter(Collection<ResourceType> types, Noted noted) {
        this.types = types;
        this.noted = noted;
    }

    /// The filter as a text again; unchanged when there is nothing to repair, or no filter at all.
    String repair(String text) {
        Filter filter;
        try {
            filter = FilterParser.parse(text, FilterLimits.WIDEST);
        } catch (ScimProblem noFilter) {
            return text;
        }
        Filter repaired = search(filter, text);
        return repaired.equals(filter) ? text : FilterPrinter.print(repaired);
    }

    private Filter search(Filter filter, String text) {
        return switch (filter) {
            case Filter.And(Filter left, Filter right) -> new Filter.And(search(left, text), search(right, text));
            case Filter.Or(Filter left, Filter right) -> new Filter.Or(search(left, text), search(right, text));
            case Filter.Not(Filter inner) -> new Filter.Not(search(inner, text));
            case Filter.Present(AttributePath path) -> new Filter.Present(qualified(path));
            case Comparison(AttributePath path, Filter.Operator operator, JsonNode literal) ->
                typed(new Comparison(qualified(path), operator, literal), this::resolved, text);
            case Filter.ValuePath(AttributePath path, Filter inner) -> {
                AttributePath holder = qualified(path);
                yield new Filter.ValuePath(
                        holder,
                        resolved(holder)
                                .map(found -> element(inner, found, text))
                                .orElse(inner));
            }
        };
    }

    /// The filter between the brackets behind that attribute.
    Filter element(Filter filter, Resolved holder, String text) {
        return switch (filter) {
            case Filter.And(Filter left, Filter right) ->
                new Filter.And(element(left, holder, text), element(right, holder, text));
            case Filter.Or(Filter left, Filter right) ->
                new Filter.Or(element(left, holder, text), element(right, holder, text));
            case Filter.Not(Filter inner) -> new Filter.Not(element(inner, holder, text));
            case Filter.Present present -> present;
            case Filter.ValuePath nested -> nested;
            case Comparison comparison -> typed(comparison, path -> Resolver.resolveElement(holder, path), text);
        };
    }

    private Comparison typed(Comparison comparison, Function<AttributePath, Optional<Resolved>> resolver, String text) {
        Optional<Type> type = resolver.apply(comparison.path())
                .flatMap(Resolved::comparable)
                .map(path -> path.leaf().type());
        JsonNode literal = comparison.literal();
        if (type.isPresent() && type.get() == Type.BOOLEAN) {
            Optional<Boolean> meant = Values.booleanOf(literal);
            meant.ifPresent(truth -> noted.add(Quirk.STRING_BOOLEAN_IN_FILTER));
            return meant.map(truth -> with(comparison, BooleanNode.valueOf(truth)))
                    .orElse(comparison);
        }
        if (type.isPresent()
                && type.get() == Type.STRING
                && literal.isIntegralNumber()
                && text.contains(literal.asText())) {
            noted.add(Quirk.UNQUOTED_FILTER_VALUE);
            return with(comparison, TextNode.valueOf(literal.asText()));
        }
        return comparison;
    }

    private static Comparison with(Comparison comparison, JsonNode literal) {
        return new Comparison(comparison.path(), comparison.operator(), literal);
    }

    private Optional<Resolved> resolved(AttributePath path) {
        return types.stream()
                .flatMap(type -> Resolver.resolve(type, path).stream())
                .findFirst();
    }

    /// The path with the URN of the only extension that has it, when no core does.
    private AttributePath qualified(AttributePath path) {
        if (path.urn() != null || resolved(path).isPresent()) {
            return path;
        }
        Set<AttributePath> meant = new LinkedHashSet<>();
        for (ResourceType type : types) {
            for (Extension extension : type.extensions()) {
                AttributePath candidate = new AttributePath(extension.schema().id(), path.name(), path.sub());
                if (Resolver.resolve(type, candidate).isPresent()) {
                    meant.add(candidate);
                }
            }
        }
        if (meant.size() != 1) {
            return path;
        }
        noted.add(Quirk.BARE_EXTENSION_ATTRIBUTE);
        return meant.iterator().next();
    }
}

package dev.rolewright.scim.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.filter.Resolver;
import dev.rolewright.scim.patch.PatchPath;
import dev.rolewright.scim.schema.Attribute.Type;
import dev.rolewright.scim.schema.ResourceType;
import java.util.Optional;

/// Normalises the path of a PATCH operation.
final class PathDialect {

    /// As much as may be configured at all: the parser behind holds a path against the limits that are.
    private static final FilterLimits WIDEST = new FilterLimits(Integer.MAX_VALUE, 1_000, 100);

    private final ResourceType type;
    private final Noted noted;

    PathDialect(ResourceType type, Noted noted) {
        this.type = type;
        this.noted = noted;
    }

    /// The text with its URN and its selector repaired.
    String repair(String path) {
        String mended = new Urns(type, noted).mend(path);
        if (mended.indexOf('[') < 0) {
            return mended;
        }
        String repaired = FilterDialect.repair(mended, noted);
        Optional<PatchPath> parsed = parse(repaired);
        if (parsed.isEmpty() || parsed.get().selector() == null) {
            return repaired;
        }
        Filter selector = parsed.get().selector();
        Optional<Resolved> holder = Resolver.resolve(type, parsed.get().attribute());
        Filter typed = holder.isEmpty() ? selector : typed(selector, holder.get());
        if (typed.equals(selector)) {
            return repaired;
        }
        return FilterPrinter.print(
                new PatchPath(parsed.get().attribute(), typed, parsed.get().subOfMatch()));
    }

    /// The path, unless it is none.
    static Optional<PatchPath> parse(String path) {
        try {
            return Optional.of(FilterParser.parsePatchPath(path, WIDEST));
        } catch (ScimProblem noPath) {
            return Optional.empty();
        }
    }

    /// The same selector with booleans where strings spell them.
    private Filter typed(Filter filter, Resolved holder) {
        return switch (filter) {
            case Filter.And(Filter left, Filter right) -> new Filter.And(typed(left, holder), typed(right, holder));
            case Filter.Or(Filter left, Filter right) -> new Filter.Or(typed(left, holder), typed(right, holder));
            case Filter.Not(Filter inner) -> new Filter.Not(typed(inner, holder));
            case Filter.Present present -> present;
            case Filter.ValuePath nested -> nested;
            case Filter.Comparison(AttributePath path, Filter.Operator operator, JsonNode literal) ->
                Resolver.resolveElement(holder, path)
                        .filter(resolved -> resolved.leaf().type() == Type.BOOLEAN)
                        .flatMap(resolved -> Values.booleanOf(literal))
                        .<Filter>map(meant -> {
                            noted.add(Quirk.STRING_BOOLEAN_IN_FILTER);
                            return new Filter.Comparison(path, operator, BooleanNode.valueOf(meant));
                        })
                        .orElse(filter);
        };
    }
}

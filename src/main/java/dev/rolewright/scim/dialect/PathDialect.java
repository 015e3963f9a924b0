package dev.rolewright.scim.dialect;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.filter.PatchPath;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.filter.Resolver;
import dev.rolewright.scim.schema.ResourceType;
import java.util.List;
import java.util.Optional;

/// Normalises the path of a PATCH operation.
final class PathDialect {

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
        TypedFilter elements = new TypedFilter(List.of(type), noted);
        Filter typed = holder.isEmpty() ? selector : elements.element(selector, holder.get(), repaired);
        if (typed.equals(selector)) {
            return repaired;
        }
        return FilterPrinter.print(
                new PatchPath(parsed.get().attribute(), typed, parsed.get().subOfMatch()));
    }

    /// The path, unless it is none.
    static Optional<PatchPath> parse(String path) {
        try {
            return Optional.of(FilterParser.parsePatchPath(path, FilterLimits.WIDEST));
        } catch (ScimProblem noPath) {
            return Optional.empty();
        }
    }
}

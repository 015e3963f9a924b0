package dev.rolewright.scim.filter;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Bound.Present;
import dev.rolewright.scim.filter.Filter.And;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Not;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.filter.Filter.Or;
import dev.rolewright.scim.filter.Filter.ValuePath;
import dev.rolewright.scim.schema.Attribute.Returned;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.Schema;
import java.util.List;
import java.util.Optional;

/// Holds a filter against the schemas: finds every attribute, checks that operator and literal fit its type,
/// and brings literals into the form in which values are compared. What does not fit is an `invalidFilter`
/// that names the attribute.
public final class Binder {

    /// What a path means at this place of the filter, and what the place is called in an error.
    private interface Scope {
        Optional<Resolved> resolve(AttributePath path);

        /// The extension meant by a bare URN.
        Optional<Schema> extension(AttributePath path);

        String owner();
    }

    private final Scope scope;
    private final boolean lenient;

    private Binder(Scope scope, boolean lenient) {
        this.scope = scope;
        this.lenient = lenient;
    }

    /// The filter of a search in one type; an attribute the type does not have is refused.
    public static Bound bind(Filter filter, ResourceType type) {
        return new Binder(new TypeScope(type), false).bind(filter);
    }

    /// The filter of a search over several types: an attribute this type does not have has no value (RFC 7644
    /// §3.4.2.1), so `eq` and `pr` are false and `ne` is true.
    public static Bound bindAcross(Filter filter, ResourceType type) {
        return new Binder(new TypeScope(type), true).bind(filter);
    }

    /// The filter between the brackets of a PATCH path, for {@link Matcher#matchesElement}.
    public static Bound bindSelector(Filter selector, Resolved holder) {
        return new Binder(elementsOf(holder), false).bind(selector);
    }

    private Bound bind(Filter filter) {
        return switch (filter) {
            case And and -> Connectives.and(bindAll(and.chain()));
            case Or or -> Connectives.or(bindAll(or.chain()));
            case Not(Filter inner) -> Connectives.not(bind(inner));
            case Filter.Present(AttributePath path) -> present(path);
            case Comparison comparison -> comparison(comparison);
            case ValuePath(AttributePath path, Filter inner) -> element(path, inner);
        };
    }

    /// In a list before they are joined: what is joined may not need every part, but every part has to fit.
    private List<Bound> bindAll(List<Filter> filters) {
        return filters.stream().map(this::bind).toList();
    }

    private Bound comparison(Comparison comparison) {
        Operator operator = comparison.operator();
        if (comparison.literal().isNull()) {
            return switch (operator) {
                case EQ -> Connectives.not(present(comparison.path()));
                case NE -> present(comparison.path());
                case CO, SW, EW, GT, GE, LT, LE ->
                    throw Operands.misfit(comparison, "null is only compared with eq and ne");
            };
        }
        Bound some = find(comparison.path())
                .map(path -> Operands.compare(comparison, comparable(comparison, path)))
                .orElse(Connectives.FALSE);
        return operator == Operator.NE ? Connectives.not(some) : some;
    }

    private static Resolved comparable(Comparison comparison, Resolved path) {
        return path.comparable()
                .orElseThrow(() -> Operands.misfit(comparison, "it is complex, name one of its sub-attributes"));
    }

    private Bound present(AttributePath path) {
        Optional<Schema> extension = scope.extension(path);
        if (extension.isPresent()) {
            return presentExtension(extension.get());
        }
        return find(path).<Bound>map(Present::new).orElse(Connectives.FALSE);
    }

    /// An extension is present when one of its attributes is.
    private static Bound presentExtension(Schema extension) {
        return Connectives.or(extension.attributes().stream()
                .filter(attribute -> attribute.returned() != Returned.NEVER)
                .<Bound>map(attribute -> new Present(new Resolved(extension.id(), attribute, null)))
                .toList());
    }

    private Bound element(AttributePath path, Filter inner) {
        Optional<Resolved> found = find(path);
        if (found.isEmpty()) {
            return Connectives.FALSE;
        }
        Resolved holder = found.get();
        return Connectives.element(holder, new Binder(elementsOf(holder), lenient).bind(inner));
    }

    /// Empty only where an unknown attribute counts as one without a value.
    private Optional<Resolved> find(AttributePath path) {
        Optional<Resolved> found = scope.resolve(path);
        if (found.isEmpty() && !lenient) {
            throw invalid(scope.owner() + " has no attribute " + ScimProblem.shown(path.toString()));
        }
        found.ifPresent(Binder::searchable);
        return found;
    }

    /// A value that is never shown must not be guessed through filters either.
    private static void searchable(Resolved path) {
        if (path.attribute().returned() == Returned.NEVER || path.leaf().returned() == Returned.NEVER) {
            throw invalid(path + " is never returned and cannot be searched by");
        }
    }

    private static Scope elementsOf(Resolved holder) {
        if (holder.sub() != null
                || !(holder.attribute().complex() || holder.attribute().multiValued())) {
            throw invalid(holder + " has no elements a value filter could choose from");
        }
        return new ElementScope(holder);
    }

    private static ScimProblem invalid(String detail) {
        return ScimProblem.of(ScimProblem.Type.invalidFilter, detail);
    }

    private record TypeScope(ResourceType type) implements Scope {

        @Override
        public Optional<Resolved> resolve(AttributePath path) {
            return Resolver.resolve(type, path);
        }

        @Override
        public Optional<Schema> extension(AttributePath path) {
            return Resolver.extension(type, path).map(ResourceType.Extension::schema);
        }

        @Override
        public String owner() {
            return type.name();
        }
    }

    private record ElementScope(Resolved holder) implements Scope {

        @Override
        public Optional<Resolved> resolve(AttributePath path) {
            return Resolver.resolveElement(holder, path);
        }

        @Override
        public Optional<Schema> extension(AttributePath path) {
            return Optional.empty();
        }

        @Override
        public String owner() {
            return "an element of " + holder;
        }
    }
}

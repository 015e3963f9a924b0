package dev.rolewright.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.Filter.And;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Not;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.filter.Filter.Or;
import dev.rolewright.scim.filter.Filter.Present;
import dev.rolewright.scim.filter.Filter.ValuePath;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Returned;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Filters made up from a type's schemas, every one of which binds; the same seed gives the same filters.
public final class GeneratedFilters {

    private static final List<Operator> EQUALITY = List.of(Operator.EQ, Operator.NE);

    private static final List<Operator> ORDER =
            List.of(Operator.EQ, Operator.NE, Operator.GT, Operator.GE, Operator.LT, Operator.LE);

    private static final List<Operator> PIECES =
            List.of(Operator.EQ, Operator.NE, Operator.CO, Operator.SW, Operator.EW);

    private static final List<Operator> ALL = List.of(Operator.values());

    private final Random random;
    private final Vocabulary vocabulary;
    private final List<Resolved> comparable;
    private final List<Resolved> presentable;
    private final List<Resolved> elements;

    /// @param wanted which paths may appear: top attributes (in `pr` and in front of
    ///     brackets) and sub-attributes
    public GeneratedFilters(long seed, ResourceType type, Vocabulary vocabulary, Predicate<Resolved> wanted) {
        this.random = new Random(seed);
        this.vocabulary = vocabulary;
        List<Resolved> paths = paths(type).filter(wanted).toList();
        this.presentable = paths;
        this.comparable =
                paths.stream().filter(path -> path.comparable().isPresent()).toList();
        this.elements = paths.stream()
                .filter(path -> path.sub() == null)
                .filter(path -> path.attribute().complex() || path.attribute().multiValued())
                .toList();
    }

    /// Every path of the type that a filter may name.
    public static Stream<Resolved> paths(ResourceType type) {
        Stream<Resolved> core = paths(null, type.core().attributes());
        Stream<Resolved> extensions = type.extensions().stream()
                .map(Extension::schema)
                .flatMap(schema -> paths(schema.id(), schema.attributes()));
        return Stream.concat(core, extensions);
    }

    private static Stream<Resolved> paths(@Nullable String extension, List<Attribute> attributes) {
        return attributes.stream()
                .filter(attribute -> attribute.returned() != Returned.NEVER)
                .flatMap(attribute -> Stream.concat(
                        Stream.of(new Resolved(extension, attribute, null)),
                        subs(attribute).map(sub -> new Resolved(extension, attribute, sub))));
    }

    private static Stream<Attribute> subs(Attribute attribute) {
        return attribute.subAttributes().stream().filter(sub -> sub.returned() != Returned.NEVER);
    }

    /// A filter nested at most that deep; 0 is a single clause or value path.
    public Filter filter(int depth) {
        return tree(depth, this::leaf);
    }

    /// A single clause on that path.
    public Filter clause(Resolved path) {
        return clause(spelling(path), path.comparable().orElse(path));
    }

    private Filter tree(int depth, Supplier<Filter> leaf) {
        return switch (depth == 0 ? 9 : random.nextInt(10)) {
            case 0, 1, 2 -> new And(tree(depth - 1, leaf), tree(depth - 1, leaf));
            case 3, 4, 5 -> new Or(tree(depth - 1, leaf), tree(depth - 1, leaf));
            case 6, 7 -> new Not(tree(depth - 1, leaf));
            default -> leaf.get();
        };
    }

    private Filter leaf() {
        int kind = random.nextInt(10);
        if (kind < 2) {
            return new Present(spelling(Vocabulary.pick(presentable, random)));
        }
        if (kind < 5 && !elements.isEmpty()) {
            return valuePath(Vocabulary.pick(elements, random));
        }
        return clause(Vocabulary.pick(comparable, random));
    }

    private Filter valuePath(Resolved holder) {
        Attribute attribute = holder.attribute();
        if (!attribute.complex()) {
            return new ValuePath(spelling(holder), tree(2, () -> elementClause("value", attribute)));
        }
        List<Attribute> subs = subs(attribute).toList();
        return new ValuePath(spelling(holder), tree(2, () -> {
            Attribute sub = Vocabulary.pick(subs, random);
            return elementClause(sub.name(), sub);
        }));
    }

    private Filter elementClause(String name, Attribute attribute) {
        AttributePath path = AttributePath.of(anyCase(name));
        return random.nextInt(6) == 0 ? new Present(path) : clause(path, new Resolved(null, attribute, null));
    }

    private Filter clause(AttributePath path, Resolved meant) {
        Attribute leaf = meant.leaf();
        if (leaf.complex() || random.nextInt(12) == 0) {
            return new Comparison(path, Vocabulary.pick(EQUALITY, random), NullNode.getInstance());
        }
        Operator operator = Vocabulary.pick(operators(leaf.type()), random);
        return new Comparison(path, operator, literal(leaf, operator));
    }

    private static List<Operator> operators(Attribute.Type type) {
        return switch (type) {
            case STRING, REFERENCE, DATE_TIME -> ALL;
            case BINARY -> PIECES;
            case INTEGER, DECIMAL -> ORDER;
            case BOOLEAN -> EQUALITY;
            case COMPLEX -> List.of();
        };
    }

    private JsonNode literal(Attribute leaf, Operator operator) {
        boolean piece = operator == Operator.CO || operator == Operator.SW || operator == Operator.EW;
        return switch (leaf.type()) {
            case STRING -> TextNode.valueOf(piece ? piece(text(leaf)) : text(leaf));
            case REFERENCE -> TextNode.valueOf(piece ? piece(vocabulary.url(random)) : vocabulary.url(random));
            case BINARY -> TextNode.valueOf(piece ? piece(vocabulary.binary(random)) : vocabulary.binary(random));
            case DATE_TIME ->
                TextNode.valueOf(piece ? piece(vocabulary.dateTime(random)) : vocabulary.dateTime(random));
            case INTEGER, DECIMAL -> number(new BigDecimal(vocabulary.number(random)));
            case BOOLEAN -> BooleanNode.valueOf(random.nextBoolean());
            case COMPLEX -> NullNode.getInstance();
        };
    }

    /// Whole numbers as integer nodes: the node the parser makes of them.
    private static JsonNode number(BigDecimal value) {
        BigDecimal shortest = value.stripTrailingZeros();
        if (shortest.scale() > 0) {
            return DecimalNode.valueOf(shortest);
        }
        long whole = shortest.longValue();
        if (shortest.compareTo(BigDecimal.valueOf(whole)) != 0) {
            return JsonNodeFactory.instance.numberNode(shortest.toBigIntegerExact());
        }
        return (int) whole == whole
                ? JsonNodeFactory.instance.numberNode((int) whole)
                : JsonNodeFactory.instance.numberNode(whole);
    }

    private String text(Attribute leaf) {
        return leaf.canonicalValues().isEmpty() || random.nextInt(3) == 0
                ? vocabulary.text(random)
                : anyCase(Vocabulary.pick(leaf.canonicalValues(), random));
    }

    /// Some characters of the text, never half a pair.
    private String piece(String text) {
        int length = text.codePointCount(0, text.length());
        int from = random.nextInt(length + 1);
        int to = random.nextInt(from, length + 1);
        return text.substring(text.offsetByCodePoints(0, from), text.offsetByCodePoints(0, to));
    }

    private AttributePath spelling(Resolved path) {
        String sub = Optional.ofNullable(path.sub())
                .map(Attribute::name)
                .map(this::anyCase)
                .orElse(null);
        return new AttributePath(path.extension(), anyCase(path.attribute().name()), sub);
    }

    private String anyCase(String name) {
        return switch (random.nextInt(6)) {
            case 0 -> name.toLowerCase(Locale.ROOT);
            case 1 -> name.toUpperCase(Locale.ROOT);
            default -> name;
        };
    }
}

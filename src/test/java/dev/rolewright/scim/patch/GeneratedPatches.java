package dev.rolewright.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.GeneratedPeople;
import dev.rolewright.scim.Vocabulary;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.filter.PatchPath;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.Attribute.Returned;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Documents and operations on them, made up from a type's schemas; the same seed gives the same ones. About half of
/// the selectors match something.
final class GeneratedPatches {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;
    private final ResourceType type;
    private final GeneratedPeople people;
    private final List<Resolved> attributes = new ArrayList<>();

    GeneratedPatches(long seed, ResourceType type, Vocabulary vocabulary) {
        this.random = new Random(seed);
        this.type = type;
        this.people = new GeneratedPeople(seed, type, vocabulary);
        type.core().attributes().forEach(attribute -> offer(null, attribute));
        type.extensions()
                .forEach(extension -> extension
                        .schema()
                        .attributes()
                        .forEach(attribute -> offer(extension.schema().id(), attribute)));
    }

    private void offer(@Nullable String extension, Attribute attribute) {
        if (attribute.mutability() == Mutability.READ_WRITE
                && attribute.returned() != Returned.NEVER
                && !List.of("schemas", "userName").contains(attribute.name())) {
            attributes.add(new Resolved(extension, attribute, null));
        }
    }

    /// A canonical document.
    ObjectNode document() {
        return Intake.check(type, people.body());
    }

    /// One operation in the strict language, which may or may not fit that document.
    ObjectNode operation(ObjectNode document) {
        while (true) {
            ObjectNode donor = document();
            Resolved target = pick(attributes);
            JsonNode value = value(donor, target);
            if (value != null) {
                return switch (random.nextInt(6)) {
                    case 0 -> pathless(donor);
                    case 1, 2 -> whole(target, value);
                    default -> target.attribute().multiValued() ? inside(document, target, value) : part(target, value);
                };
            }
        }
    }

    private ObjectNode pathless(ObjectNode donor) {
        ObjectNode values = NODES.objectNode();
        List<Map.Entry<String, JsonNode>> offered = new ArrayList<>(donor.properties());
        offered.removeIf(entry -> entry.getKey().equals("userName"));
        for (int i = 1 + random.nextInt(3); i > 0 && !offered.isEmpty(); i--) {
            Map.Entry<String, JsonNode> entry = pick(offered);
            values.set(entry.getKey(), entry.getValue());
        }
        values.put("nickName", "N" + random.nextInt(9));
        return operation(random.nextBoolean() ? "add" : "replace", null, values);
    }

    private ObjectNode whole(Resolved target, JsonNode value) {
        // Suspension is never undone by leaving something out: active can be set, not removed.
        String op = target.attribute().name().equals("active") ? "replace" : op();
        return operation(op, path(target, null, null), op.equals("remove") ? null : value);
    }

    private ObjectNode part(Resolved target, JsonNode value) {
        if (!target.attribute().complex()) {
            return whole(target, value);
        }
        Map.Entry<String, JsonNode> part = pick(new ArrayList<>(value.properties()));
        String op = op();
        return operation(op, path(target, null, part.getKey()), op.equals("remove") ? null : part.getValue());
    }

    private ObjectNode inside(ObjectNode document, Resolved target, JsonNode donated) {
        JsonNode stored = value(document, target);
        JsonNode known = stored != null && random.nextInt(4) > 0 ? pick(list(stored)) : pick(list(donated));
        JsonNode value = pick(list(donated));
        Optional<Filter> selector = selector(target, known);
        if (selector.isEmpty() || random.nextInt(6) == 0) {
            return operation(
                    "remove", path(target, null, null), NODES.arrayNode().add(known));
        }
        String op = op();
        if (!value.isObject() || random.nextInt(3) == 0) {
            return operation(op, path(target, selector.get(), null), op.equals("remove") ? null : value);
        }
        Map.Entry<String, JsonNode> part = pick(new ArrayList<>(value.properties()));
        return operation(op, path(target, selector.get(), part.getKey()), op.equals("remove") ? null : part.getValue());
    }

    /// A filter that this element satisfies, most often a conjunction of `eq`.
    private Optional<Filter> selector(Resolved target, JsonNode element) {
        if (!element.isObject()) {
            return Optional.of(eq("value", element));
        }
        List<Filter> clauses = new ArrayList<>();
        for (Attribute sub : target.attribute().subAttributes()) {
            JsonNode part = element.get(sub.name());
            if (part != null && sub.returned() != Returned.NEVER && random.nextInt(2) == 0) {
                clauses.add(eq(sub.name(), part));
            }
        }
        return clauses.stream().reduce((left, right) -> switch (random.nextInt(8)) {
            case 0 -> new Filter.Or(left, right);
            case 1 -> new Filter.And(left, new Filter.Not(new Filter.Not(right)));
            default -> new Filter.And(left, right);
        });
    }

    private static Filter eq(String name, JsonNode literal) {
        return new Filter.Comparison(AttributePath.of(name), Filter.Operator.EQ, literal);
    }

    private static String path(Resolved target, @Nullable Filter selector, @Nullable String sub) {
        AttributePath attribute =
                new AttributePath(target.extension(), target.attribute().name(), selector == null ? sub : null);
        return FilterPrinter.print(new PatchPath(attribute, selector, selector == null ? null : sub));
    }

    private static @Nullable JsonNode value(ObjectNode document, Resolved target) {
        JsonNode holder = target.extension() == null ? document : document.path(target.extension());
        return holder.get(target.attribute().name());
    }

    private static ObjectNode operation(String op, @Nullable String path, @Nullable JsonNode value) {
        ObjectNode operation = NODES.objectNode().put("op", op);
        if (path != null) {
            operation.put("path", path);
        }
        if (value != null) {
            operation.set("value", value);
        }
        return operation;
    }

    private String op() {
        return pick(List.of("add", "replace", "remove"));
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        ((ArrayNode) array).forEach(list::add);
        return list;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

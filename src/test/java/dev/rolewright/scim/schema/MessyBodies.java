package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// Says the same as a canonical document in another way that the RFCs allow, or breaks it.
final class MessyBodies {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;
    private final ResourceType type;

    MessyBodies(long seed, ResourceType type) {
        this.random = new Random(seed);
        this.type = type;
    }

    /// The same in other words: names in any case and order, URNs in front, noise that counts for nothing.
    ObjectNode sameInOtherWords(ObjectNode document) {
        ObjectNode messy = NODES.objectNode();
        messy.putArray(anyCase("schemas"))
                .add("urn:example:unknown")
                .add(anyCase(type.core().id()));
        for (Map.Entry<String, JsonNode> field : shuffled(document)) {
            var extension = type.extension(field.getKey());
            if (extension.isEmpty()) {
                String prefix = random.nextInt(4) == 0 ? anyCase(type.core().id()) + ":" : "";
                messy.set(prefix + anyCase(field.getKey()), inside(field.getValue()));
                continue;
            }
            String urn = anyCase(field.getKey());
            boolean flat = random.nextBoolean();
            ObjectNode holder = flat ? messy : messy.putObject(urn);
            for (Map.Entry<String, JsonNode> part : shuffled(field.getValue())) {
                holder.set((flat ? urn + ":" : "") + anyCase(part.getKey()), inside(part.getValue()));
            }
        }
        messy.put("urn:example:unknown:x", 1).put("id", "of the client").putNull("meta");
        for (String absent : List.of("title", "nickName", "roles", "name")) {
            if (type.core().attribute(absent).isPresent() && !document.has(absent)) {
                messy.set(
                        anyCase(type.core().id()) + ":" + absent,
                        nothing(type.core().attribute(absent).get()));
            }
        }
        return messy;
    }

    /// One value somewhere replaced by something else, or something put where nothing belongs.
    ObjectNode broken(ObjectNode document, String marker) {
        ObjectNode broken = document.deepCopy();
        List<ObjectNode> objects = new ArrayList<>();
        objects.add(broken);
        collect(broken, objects);
        for (int i = random.nextInt(3); i >= 0; i--) {
            ObjectNode object = objects.get(random.nextInt(objects.size()));
            List<String> names = new ArrayList<>(
                    object.propertyStream().map(Map.Entry::getKey).toList());
            names.add("nonsense");
            names.add(type.core()
                    .attributes()
                    .get(random.nextInt(type.core().attributes().size()))
                    .name());
            object.set(names.get(random.nextInt(names.size())), anything(marker, 0));
        }
        return broken;
    }

    private JsonNode anything(String marker, int depth) {
        return switch (random.nextInt(depth > 3 ? 7 : 10)) {
            case 0 -> NODES.textNode(marker);
            case 1 -> NODES.textNode(marker + '\0');
            case 2 -> NODES.numberNode(random.nextDouble());
            case 3 -> NODES.numberNode(random.nextLong());
            case 4 -> NODES.booleanNode(random.nextBoolean());
            case 5 -> NODES.nullNode();
            case 6 -> NODES.textNode("2026-11-21T00:20:27Z" + marker);
            case 7 -> NODES.arrayNode().add(anything(marker, depth + 1)).add(anything(marker, depth + 1));
            case 8 -> NODES.objectNode().set("value", anything(marker, depth + 1));
            default -> NODES.objectNode().put("primary", true).set("VALUE", anything(marker, depth + 1));
        };
    }

    private JsonNode inside(JsonNode value) {
        if (value instanceof ArrayNode elements) {
            ArrayNode messy = NODES.arrayNode();
            elements.forEach(element -> messy.add(inside(element)));
            return messy;
        }
        if (value instanceof ObjectNode object) {
            ObjectNode messy = NODES.objectNode();
            shuffled(object).forEach(field -> messy.set(anyCase(field.getKey()), inside(field.getValue())));
            return messy;
        }
        return value;
    }

    private JsonNode nothing(Attribute attribute) {
        if (random.nextBoolean()) {
            return NODES.nullNode();
        }
        return attribute.multiValued()
                ? NODES.arrayNode()
                : attribute.complex() ? NODES.objectNode() : NODES.nullNode();
    }

    private List<Map.Entry<String, JsonNode>> shuffled(JsonNode object) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
        Collections.shuffle(fields, random);
        return fields;
    }

    private String anyCase(String name) {
        return switch (random.nextInt(3)) {
            case 0 -> name.toUpperCase(Locale.ROOT);
            case 1 -> name.toLowerCase(Locale.ROOT);
            default -> name;
        };
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        for (JsonNode child : node) {
            if (child instanceof ObjectNode object) {
                objects.add(object);
            }
            collect(child, objects);
        }
    }
}

package dev.rolewright.scim.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.PatchPath;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.filter.Resolver;
import dev.rolewright.scim.patch.PatchLimits;
import dev.rolewright.scim.patch.PatchParser;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Normalises the body of a PATCH, operation by operation.
final class PatchDialect {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final PatchLimits WIDEST =
            new PatchLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, FilterLimits.WIDEST);

    private final ResourceType type;
    private final String id;
    private final Noted noted;
    private final Urns urns;
    private final PathDialect paths;

    PatchDialect(ResourceType type, String id, Noted noted) {
        this.type = type;
        this.id = id;
        this.noted = noted;
        this.urns = new Urns(type, noted);
        this.paths = new PathDialect(type, noted);
    }

    ObjectNode body(ObjectNode body) {
        ObjectNode result = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : body.properties()) {
            boolean operations = entry.getKey().equalsIgnoreCase("Operations")
                    && entry.getValue().isArray();
            result.set(entry.getKey(), operations ? operations(entry.getValue()) : entry.getValue());
        }
        JsonNode schemas = Urns.member(body, "schemas");
        if (schemas == null || schemas.isNull()) {
            noted.add(Quirk.MISSING_SCHEMAS);
            Urns.key(body, "schemas").ifPresent(result::remove);
            result.putArray("schemas").add(PatchParser.URN);
        }
        return result;
    }

    private ArrayNode operations(JsonNode operations) {
        ArrayNode result = NODES.arrayNode(operations.size());
        List<String> origins = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            List<JsonNode> pieces = operations.get(i) instanceof ObjectNode operation
                    ? operation(operation)
                    : List.of(operations.get(i));
            for (JsonNode piece : pieces) {
                result.add(piece);
                origins.add("Operations[" + i + "]");
            }
        }
        if (result.size() > operations.size()) {
            // From here on the parser counts differently from the client: what it could refuse is refused here.
            for (int i = 0; i < result.size(); i++) {
                PatchParser.operation(result.get(i), origins.get(i), WIDEST);
            }
        }
        return result;
    }

    /// One operation, or several where a path-less value has whole paths as keys.
    private List<JsonNode> operation(ObjectNode operation) {
        Optional<Use> use = use(operation);
        JsonNode path = Urns.member(operation, "path");
        JsonNode value = Urns.member(operation, "value");
        if (use.isEmpty()) {
            return List.of(operation);
        }
        if (path != null && path.isTextual()) {
            String repaired = paths.repair(path.textValue());
            put(operation, "path", NODES.textNode(repaired));
            Optional<PatchPath> parsed = PathDialect.parse(repaired);
            if (parsed.isPresent() && value != null) {
                value(operation, parsed.get(), value, use.get());
            }
            return List.of(operation);
        }
        if ((path == null || path.isNull()) && value instanceof ObjectNode members && use.get() != Use.REMOVE) {
            return pathless(operation, members, use.get());
        }
        return List.of(operation);
    }

    private Optional<Use> use(ObjectNode operation) {
        JsonNode op = Urns.member(operation, "op");
        if (op == null || !op.isTextual()) {
            return Optional.empty();
        }
        String lower = op.textValue().toLowerCase(Locale.ROOT);
        Optional<Use> use = switch (lower) {
            case "add" -> Optional.of(Use.ADD);
            case "replace" -> Optional.of(Use.REPLACE);
            case "remove" -> Optional.of(Use.REMOVE);
            default -> Optional.empty();
        };
        if (use.isPresent() && !op.textValue().equals(lower)) {
            noted.add(Quirk.OP_CASE);
            put(operation, "op", NODES.textNode(lower));
        }
        return use;
    }

    private void value(ObjectNode operation, PatchPath path, JsonNode value, Use use) {
        Optional<Extension> extension = Resolver.extension(type, path.attribute());
        if (extension.isPresent() && path.selector() == null) {
            if (value instanceof ObjectNode members) {
                put(operation, "value", keys(use).extension(extension.get().schema(), members));
            }
            return;
        }
        Optional<Resolved> resolved = Resolver.resolve(type, path.attribute());
        if (resolved.isEmpty()) {
            return;
        }
        Attribute attribute = resolved.get().attribute();
        if (attribute.mutability() == Mutability.WRITE_ONLY) {
            noted.add(Quirk.PASSWORD);
        }
        boolean set = attribute.multiValued()
                && path.selector() == null
                && resolved.get().sub() == null;
        if (use == Use.REMOVE && (value.isNull() || (value.isArray() && value.isEmpty()))) {
            emptyRemove(operation, set, value);
            return;
        }
        if (use == Use.REMOVE) {
            noted.add(Quirk.REMOVE_WITH_VALUE);
        }
        put(operation, "value", shaped(path, resolved.get(), set, value, use));
    }

    /// A null beside the path of one thing says nothing; beside a whole set it could mean all or none and stays.
    private void emptyRemove(ObjectNode operation, boolean set, JsonNode value) {
        if (value.isNull() && !set) {
            noted.add(Quirk.NULL_IGNORED);
            Urns.key(operation, "value").ifPresent(operation::remove);
        }
    }

    private JsonNode shaped(PatchPath path, Resolved resolved, boolean set, JsonNode value, Use use) {
        Values values = new Values(noted, use);
        if (set) {
            return values.whole(resolved.attribute(), value);
        }
        if (path.selector() == null) {
            return values.single(resolved.leaf(), value);
        }
        if (path.subOfMatch() == null) {
            return values.single(resolved.attribute(), value);
        }
        return resolved.attribute()
                .sub(path.subOfMatch())
                .map(sub -> values.single(sub, value))
                .orElse(value);
    }

    private List<JsonNode> pathless(ObjectNode operation, ObjectNode members, Use use) {
        List<JsonNode> pieces = new ArrayList<>();
        List<Map.Entry<String, JsonNode>> plain = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            if (ownId(member) || ownSchemas(member)) {
                continue;
            }
            if (wholePath(member.getKey(), use)) {
                noted.add(Quirk.SELECTOR_KEY);
                flush(operation, plain, use, pieces);
                ObjectNode own = piece(operation, member.getValue());
                put(own, "path", NODES.textNode(member.getKey()));
                pieces.addAll(operation(own));
            } else {
                plain.add(new SimpleImmutableEntry<>(member.getKey(), member.getValue()));
            }
        }
        flush(operation, plain, use, pieces);
        return pieces.isEmpty() ? List.of(piece(operation, NODES.objectNode())) : pieces;
    }

    private void flush(ObjectNode operation, List<Map.Entry<String, JsonNode>> plain, Use use, List<JsonNode> pieces) {
        if (!plain.isEmpty()) {
            pieces.add(piece(operation, keys(use).object(plain)));
            plain.clear();
        }
    }

    /// The operation with another value, and whatever else a client put into it for the parser to refuse.
    private static ObjectNode piece(ObjectNode operation, JsonNode value) {
        ObjectNode piece = NODES.objectNode();
        for (Map.Entry<String, JsonNode> entry : operation.properties()) {
            piece.set(entry.getKey(), entry.getKey().equalsIgnoreCase("value") ? value : entry.getValue());
        }
        return piece;
    }

    private boolean ownId(Map.Entry<String, JsonNode> member) {
        boolean own = member.getKey().equalsIgnoreCase("id")
                && member.getValue().isTextual()
                && member.getValue().textValue().equals(id);
        if (own) {
            noted.add(Quirk.ID_IN_VALUE);
        }
        return own;
    }

    private boolean ownSchemas(Map.Entry<String, JsonNode> member) {
        boolean own = member.getKey().equalsIgnoreCase("schemas") && urns.allKnown(member.getValue());
        if (own) {
            noted.add(Quirk.SCHEMAS_IN_VALUE);
        }
        return own;
    }

    /// True for a key that only an operation of its own can say.
    private boolean wholePath(String key, Use use) {
        if (key.indexOf('[') >= 0) {
            return true;
        }
        return keys(use)
                .path(key)
                .filter(path -> path.sub() != null && path.attribute().multiValued())
                .isPresent();
    }

    private Keys keys(Use use) {
        return new Keys(type, noted, use);
    }

    /// Sets a member under whatever spelling the client chose for its name.
    private static void put(ObjectNode operation, String name, JsonNode value) {
        operation.set(Urns.key(operation, name).orElse(name), value);
    }
}

package dev.rolewright.scim.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.filter.Resolver;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import dev.rolewright.scim.schema.Schema;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Puts the members of an object - a whole resource or the value of a path-less operation - where the RFC has them:
/// attributes by plain name, extensions under their URN, sub-attributes inside their attribute.
final class Keys {

    private final ResourceType type;
    private final Noted noted;
    private final Use use;
    private final Urns urns;
    private final Values values;

    Keys(ResourceType type, Noted noted, Use use) {
        this.type = type;
        this.noted = noted;
        this.use = use;
        this.urns = new Urns(type, noted);
        this.values = new Values(noted, use);
    }

    /// The same members under the names the RFC gives them. Plain names first, so that what a qualified one adds to
    /// them does not depend on the order in which a client happens to write.
    ObjectNode object(Collection<Map.Entry<String, JsonNode>> members) {
        ObjectNode target = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : members) {
            plain(member.getKey(), member.getValue(), target);
        }
        for (Map.Entry<String, JsonNode> member : members) {
            qualified(member.getKey(), member.getValue(), target);
        }
        return target;
    }

    /// The attributes of one extension.
    ObjectNode extension(Schema schema, ObjectNode members) {
        ObjectNode target = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            schema.attribute(member.getKey())
                    .ifPresent(attribute -> set(target, attribute.name(), whole(attribute, member.getValue())));
        }
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            if (schema.attribute(member.getKey()).isEmpty()) {
                Optional<Resolved> path = path(schema.id() + ":" + member.getKey());
                if (path.isEmpty() || !put(path.get(), member.getValue(), target)) {
                    unknown(member.getKey(), member.getValue(), target);
                }
            }
        }
        return target;
    }

    /// The attribute a key with a URN or a dot means.
    Optional<Resolved> path(String key) {
        try {
            return Resolver.resolve(type, AttributePath.parse(urns.mend(key)));
        } catch (ScimProblem noPath) {
            return Optional.empty();
        }
    }

    private void plain(String key, JsonNode value, ObjectNode target) {
        Optional<Attribute> attribute = type.core().attribute(key);
        if (attribute.isPresent()) {
            set(target, attribute.get().name(), whole(attribute.get(), value));
            return;
        }
        Optional<Extension> extension = type.extension(urns.mend(key));
        if (extension.isPresent()) {
            Schema schema = extension.get().schema();
            set(target, schema.id(), value instanceof ObjectNode object ? extension(schema, object) : value);
        }
    }

    private void qualified(String key, JsonNode value, ObjectNode target) {
        if (type.core().attribute(key).isPresent()
                || type.extension(urns.mend(key)).isPresent()) {
            return;
        }
        if (key.equalsIgnoreCase(type.core().id()) && value instanceof ObjectNode object) {
            noted.add(Quirk.URN_KEY);
            object(object.properties()).properties().forEach(member -> set(target, member.getKey(), member.getValue()));
            return;
        }
        Optional<Resolved> path = path(key);
        if (path.isEmpty() || !put(path.get(), value, holder(path.get(), target))) {
            unknown(key, value, target);
        } else if (key.indexOf(':') >= 0) {
            noted.add(Quirk.URN_KEY);
        }
    }

    private static ObjectNode holder(Resolved path, ObjectNode target) {
        return path.extension() == null ? target : inside(target, path.extension());
    }

    /// Puts the value of a path into the object that holds its schema's attributes; false when only an operation of
    /// its own could say it.
    private boolean put(Resolved path, JsonNode value, ObjectNode holder) {
        Attribute attribute = path.attribute();
        if (path.sub() == null) {
            set(holder, attribute.name(), whole(attribute, value));
            return true;
        }
        if (attribute.multiValued()) {
            return false;
        }
        noted.add(Quirk.DOTTED_KEY);
        set(inside(holder, attribute.name()), path.sub().name(), values.single(path.sub(), value));
        return true;
    }

    /// Keeps an unknown member for the strict core to refuse, or drops it where whole resources may carry such.
    private void unknown(String key, JsonNode value, ObjectNode target) {
        if (use == Use.RESOURCE) {
            noted.add(key.indexOf(':') >= 0 ? Quirk.FOREIGN_EXTENSION : Quirk.UNKNOWN_ATTRIBUTE);
        } else {
            set(target, key, value);
        }
    }

    private JsonNode whole(Attribute attribute, JsonNode value) {
        if (attribute.mutability() == Mutability.WRITE_ONLY) {
            noted.add(Quirk.PASSWORD);
        }
        if (use == Use.RESOURCE && attribute.mutability() == Mutability.READ_ONLY) {
            noted.add(Quirk.READ_ONLY_ECHO);
            return value;
        }
        return values.whole(attribute, value);
    }

    private static ObjectNode inside(ObjectNode holder, String name) {
        JsonNode present = holder.get(name);
        if (present == null) {
            return holder.putObject(name);
        }
        if (present instanceof ObjectNode object) {
            return object;
        }
        throw twice(name);
    }

    private static void set(ObjectNode target, String name, JsonNode value) {
        if (target.has(name)) {
            throw twice(name);
        }
        target.set(name, value);
    }

    private static ScimProblem twice(String name) {
        return ScimProblem.of(Type.invalidSyntax, name + ": given twice, in different spellings");
    }
}

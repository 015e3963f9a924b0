package dev.rolewright.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import dev.rolewright.scim.schema.Attribute.Returned;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A set of attribute names held against a type, as in the parameters `attributes` and `excludedAttributes`
/// (RFC 7644 §3.9, §3.10).
///
/// @param paths what is named, spelled as the schemas spell it
/// @param above what has something below it named
record AttributeNames(Set<String> paths, Set<String> above) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9$._:-]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9$_-]+");

    /// What a name stands for: a whole schema, an attribute of it or a sub-attribute.
    record Target(
            Schema schema,
            @Nullable Attribute attribute,
            @Nullable Attribute sub) {

        String path() {
            return attribute == null ? schema.id() : AttributeNames.path(schema, attribute, sub);
        }
    }

    static String path(Schema schema, Attribute attribute, @Nullable Attribute sub) {
        String path = schema.id() + ":" + attribute.name();
        return sub == null ? path : path + "." + sub.name();
    }

    /// The names in a comma-separated list. One that this type does not have stands for nothing: a search may span
    /// several types (RFC 7644 §3.4.3).
    ///
    /// @param parameter names the list in a refusal
    static AttributeNames parse(ResourceType type, String list, String parameter) {
        Set<String> paths = new HashSet<>();
        Set<String> above = new HashSet<>();
        for (String item : list.split(",", -1)) {
            String name = item.strip();
            if (name.isEmpty()) {
                continue;
            }
            if (!NAME.matcher(name).matches()) {
                throw ScimProblem.of(
                        Type.invalidValue, parameter + ": " + ScimProblem.shown(name) + " cannot name an attribute");
            }
            target(type, name).ifPresent(target -> add(target, paths, above));
        }
        return new AttributeNames(paths, above);
    }

    /// The attributes with `returned: request` that a body mentions, be it as a key or in the path of a PATCH.
    static AttributeNames onRequestIn(ResourceType type, ObjectNode body) {
        List<Target> onRequest = onRequest(type);
        Set<String> paths = new HashSet<>();
        Set<String> above = new HashSet<>();
        if (!onRequest.isEmpty()) {
            Set<String> words = new HashSet<>();
            collect(body, words);
            for (Target target : onRequest) {
                if (mentions(words, target.attribute()) && mentions(words, target.sub())) {
                    add(target, paths, above);
                }
            }
        }
        return new AttributeNames(paths, above);
    }

    private static List<Target> onRequest(ResourceType type) {
        List<Target> targets = new ArrayList<>();
        addOnRequest(type.core(), targets);
        type.extensions().forEach(extension -> addOnRequest(extension.schema(), targets));
        return targets;
    }

    private static void addOnRequest(Schema schema, List<Target> targets) {
        for (Attribute attribute : schema.attributes()) {
            if (attribute.returned() == Returned.REQUEST) {
                targets.add(new Target(schema, attribute, null));
            }
            for (Attribute sub : attribute.subAttributes()) {
                if (sub.returned() == Returned.REQUEST) {
                    targets.add(new Target(schema, attribute, sub));
                }
            }
        }
    }

    private static boolean mentions(Set<String> words, @Nullable Attribute attribute) {
        return attribute == null || words.contains(attribute.name().toLowerCase(Locale.ROOT));
    }

    private static void collect(JsonNode node, Set<String> words) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            words(field.getKey(), words);
            if (field.getKey().equalsIgnoreCase("path")) {
                words(field.getValue().asText(), words);
            }
        }
        node.forEach(child -> collect(child, words));
    }

    private static void words(String text, Set<String> words) {
        words.addAll(List.of(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT))));
    }

    static Optional<Target> target(ResourceType type, String name) {
        for (ResourceType.Extension extension : type.extensions()) {
            Schema schema = extension.schema();
            if (schema.id().equalsIgnoreCase(name)) {
                return Optional.of(new Target(schema, null, null));
            }
            Optional<String> inside = schema.nameWithin(name);
            if (inside.isPresent()) {
                return target(schema, inside.get());
            }
        }
        Schema core = type.core();
        if (core.id().equalsIgnoreCase(name)) {
            return Optional.of(new Target(core, null, null));
        }
        return target(core, core.nameWithin(name).orElse(name));
    }

    private static Optional<Target> target(Schema schema, String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return schema.attribute(name).map(attribute -> new Target(schema, attribute, null));
        }
        return schema.attribute(name.substring(0, dot))
                .flatMap(attribute ->
                        attribute.sub(name.substring(dot + 1)).map(sub -> new Target(schema, attribute, sub)));
    }

    private static void add(Target target, Set<String> paths, Set<String> above) {
        paths.add(target.path());
        if (target.attribute() != null) {
            above.add(target.schema().id());
            if (target.sub() != null) {
                above.add(path(target.schema(), target.attribute(), null));
            }
        }
    }
}

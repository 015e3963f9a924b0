package dev.rolewright.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import dev.rolewright.scim.filter.PatchPath;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.filter.Resolver;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.scim.schema.ResourceType.Extension;
import dev.rolewright.scim.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Applies the operations of a PATCH to a document (RFC 7644 §3.5.2): in order, all or none.
///
/// The document is canonical and stays as it is; the result is canonical again. `members` are no part of a document:
/// {@link MemberChanges} takes them out first.
public final class Patcher {

    private final ResourceType type;
    private final ObjectNode document;

    private Patcher(ResourceType type, ObjectNode document) {
        this.type = type;
        this.document = document;
    }

    public static ObjectNode apply(ResourceType type, ObjectNode document, List<PatchOp> operations) {
        Patcher patcher = new Patcher(type, document.deepCopy());
        operations.forEach(patcher::apply);
        return Intake.check(type, patcher.document, document);
    }

    private void apply(PatchOp operation) {
        switch (operation) {
            case PatchOp.Add(PatchPath path, JsonNode value) -> set(path, value, false);
            case PatchOp.Replace(PatchPath path, JsonNode value) -> set(path, value, true);
            case PatchOp.AddAll(ObjectNode values) -> setAll(values, false);
            case PatchOp.ReplaceAll(ObjectNode values) -> setAll(values, true);
            case PatchOp.Remove(PatchPath path, @Nullable JsonNode elements) -> remove(path, elements);
        }
    }

    private void setAll(ObjectNode values, boolean replace) {
        boolean something = false;
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            String name = entry.getKey();
            Optional<Attribute> attribute = type.core().attribute(name);
            if (attribute.isPresent()) {
                something |= whole(slot(null, attribute.get()), entry.getValue(), replace);
            } else {
                something |=
                        extension(type.extension(name).orElseThrow(() -> unknown(name)), entry.getValue(), replace);
            }
        }
        if (!something) {
            throw invalid("value", "holds nothing to add");
        }
    }

    private void set(PatchPath path, JsonNode value, boolean replace) {
        Optional<Extension> extension = extension(path);
        if (extension.isPresent()) {
            extension(extension.get(), value, replace);
            return;
        }
        Resolved target = resolve(path);
        Slot slot = slot(target.extension(), target.attribute());
        Attribute sub = sub(path, target);
        if (path.selector() == null && sub == null) {
            whole(slot, value, replace);
        } else if (value.isNull() && replace) {
            remove(slot, path, sub);
        } else if (!slot.attribute().multiValued()) {
            merge(
                    slot,
                    JsonNodeFactory.instance
                            .objectNode()
                            .set(Objects.requireNonNull(sub).name(), value),
                    replace);
        } else if (sub != null) {
            new Elements(slot).set(selection(path, slot), sub, value);
        } else if (replace) {
            new Elements(slot).replace(selection(path, slot), value);
        } else {
            new Elements(slot).add(selection(path, slot), value);
        }
    }

    private void remove(PatchPath path, @Nullable JsonNode given) {
        Optional<Extension> extension = extension(path);
        if (extension.isPresent()) {
            if (given != null) {
                throw invalid(extension.get().schema().id(), "is removed as a whole, without a value");
            }
            remove(extension.get());
            return;
        }
        Resolved target = resolve(path);
        Slot slot = slot(target.extension(), target.attribute());
        Attribute sub = sub(path, target);
        if (given != null) {
            removeOnly(slot, path, sub, given);
        } else {
            remove(slot, path, sub);
        }
    }

    /// Removes what the operation lists and nothing else. Where there is one value and it is another, nobody
    /// can tell what the client believes, so nothing happens silently.
    private void removeOnly(Slot slot, PatchPath path, @Nullable Attribute sub, JsonNode given) {
        if (slot.attribute().multiValued() && sub == null) {
            if (path.selector() != null) {
                throw invalid(slot.where(), "a filter and a value both say which ones; send one of them");
            }
            new Elements(slot).remove(given);
            return;
        }
        Attribute leaf = sub == null ? slot.attribute() : sub;
        String where = sub == null ? slot.where() : slot.where(sub);
        JsonNode wanted =
                Intake.value(leaf, given, where).orElseThrow(() -> invalid(where, "needs a value, or none at all"));
        if (slot.attribute().multiValued()) {
            new Elements(slot).clear(selection(path, slot), Objects.requireNonNull(sub), wanted);
            return;
        }
        JsonNode stored = slot.current() == null || sub == null
                ? slot.current()
                : slot.current().get(sub.name());
        if (stored == null) {
            return;
        }
        if (!Likeness.alike(leaf, wanted, stored)) {
            throw invalid(where, "holds another value than the one to be removed");
        }
        remove(slot, path, sub);
    }

    private static void remove(Slot slot, PatchPath path, @Nullable Attribute sub) {
        boolean many = slot.attribute().multiValued();
        if (many && sub != null) {
            new Elements(slot).clear(selection(path, slot), sub, null);
        } else if (many && path.selector() != null) {
            new Elements(slot).remove(selection(path, slot));
        } else if (sub != null) {
            merge(slot, JsonNodeFactory.instance.objectNode().putNull(sub.name()), true);
        } else {
            slot.clear();
        }
    }

    /// Adds to or replaces all that an attribute holds; false for a null that adds nothing.
    private static boolean whole(Slot slot, JsonNode value, boolean replace) {
        Attribute attribute = slot.attribute();
        if (value.isNull()) {
            if (replace) {
                slot.clear();
            }
            return replace;
        }
        if (attribute.multiValued() && replace) {
            new Elements(slot).replace(value);
        } else if (attribute.multiValued()) {
            new Elements(slot).add(value);
        } else if (attribute.complex()) {
            merge(slot, value, replace);
        } else {
            slot.put(Intake.value(attribute, value, slot.where()).orElseThrow());
        }
        return true;
    }

    /// Sets the parts of a single complex value that are given; those given as null go, the others stay.
    private static void merge(Slot slot, JsonNode value, boolean replace) {
        Attribute attribute = slot.attribute();
        Optional<JsonNode> canonical = Intake.value(attribute, value, slot.where());
        ObjectNode parts = slot.parts();
        boolean something = false;
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            Attribute sub = attribute.sub(entry.getKey()).orElseThrow();
            if (replace && entry.getValue().isNull()) {
                slot.clear(parts, sub);
                something = true;
            } else if (!entry.getValue().isNull() && sub.mutability() != Mutability.READ_ONLY) {
                slot.put(parts, sub, canonical.orElseThrow().get(sub.name()));
                something = true;
            }
        }
        if (!something) {
            throw nothing(slot, value);
        }
        if (parts.isEmpty()) {
            slot.clear();
        } else {
            slot.put(parts);
        }
    }

    private static ScimProblem nothing(Slot slot, JsonNode value) {
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            Attribute sub = slot.attribute().sub(entry.getKey()).orElseThrow();
            Slot.checkWritable(sub, slot.where(sub));
        }
        return invalid(slot.where(), "holds nothing that could be set");
    }

    private boolean extension(Extension extension, JsonNode value, boolean replace) {
        Schema schema = extension.schema();
        if (value.isNull()) {
            if (replace) {
                remove(extension);
            }
            return replace;
        }
        if (!(value instanceof ObjectNode values)) {
            throw invalid(schema.id(), "must be an object");
        }
        boolean something = false;
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            Attribute attribute =
                    schema.attribute(entry.getKey()).orElseThrow(() -> unknown(schema.id() + ":" + entry.getKey()));
            something |= whole(slot(schema.id(), attribute), entry.getValue(), replace);
        }
        if (!something) {
            throw invalid(schema.id(), "holds nothing that could be set");
        }
        return true;
    }

    private void remove(Extension extension) {
        Schema schema = extension.schema();
        if (extension.required()) {
            throw ScimProblem.of(Type.mutability, schema.id() + ": is required and cannot be removed");
        }
        for (Attribute attribute : schema.attributes()) {
            if (document.path(schema.id()).has(attribute.name())) {
                slot(schema.id(), attribute).checkErasable();
            }
        }
        document.remove(schema.id());
    }

    private Slot slot(@Nullable String extension, Attribute attribute) {
        if (extension == null && MemberChanges.isMembers(attribute.name())) {
            throw new IllegalArgumentException("members are no part of a document; MemberChanges takes them out first");
        }
        return Slot.of(document, extension, attribute);
    }

    private static Selection selection(PatchPath path, Slot slot) {
        return Selection.of(path.selector(), new Resolved(slot.extension(), slot.attribute(), null));
    }

    private Optional<Extension> extension(PatchPath path) {
        return path.selector() == null ? Resolver.extension(type, path.attribute()) : Optional.empty();
    }

    private Resolved resolve(PatchPath path) {
        Resolved target = Resolver.resolve(type, path.attribute())
                .orElseThrow(() -> unknown(path.attribute().toString()));
        if (path.selector() != null && !target.attribute().multiValued()) {
            throw ScimProblem.of(
                    Type.invalidPath, target + ": has one value only, a filter has nothing to choose from");
        }
        return target;
    }

    /// The sub-attribute a path ends in, wherever it stands in it.
    private static @Nullable Attribute sub(PatchPath path, Resolved target) {
        String name = path.subOfMatch();
        if (name == null) {
            return target.sub();
        }
        return target.attribute()
                .sub(name)
                .orElseThrow(() -> ScimProblem.of(
                        Type.invalidPath, target + "." + ScimProblem.shown(name) + ": no such sub-attribute"));
    }

    private ScimProblem unknown(String name) {
        return ScimProblem.of(
                Type.invalidPath, ScimProblem.shown(name) + ": " + type.name() + " has no such attribute");
    }

    private static ScimProblem invalid(String where, String rule) {
        return ScimProblem.of(Type.invalidValue, where + ": " + rule);
    }
}

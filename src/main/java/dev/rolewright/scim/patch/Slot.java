package dev.rolewright.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.schema.Attribute;
import dev.rolewright.scim.schema.Attribute.Mutability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The place of one attribute in a document: what is there, and what may be put there.
///
/// @param document the document that is being changed
/// @param extension the URN of the extension the attribute belongs to, or null for the core
record Slot(ObjectNode document, @Nullable String extension, Attribute attribute) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// A slot a client may write to. What it only reads, and `schemas`, which follows from the data, are refused.
    static Slot of(ObjectNode document, @Nullable String extension, Attribute attribute) {
        Slot slot = new Slot(document, extension, attribute);
        checkWritable(attribute, slot.where());
        if (extension == null && attribute.name().equals("schemas")) {
            throw mutability(slot.where(), "follows from the data a resource has");
        }
        return slot;
    }

    String where() {
        return new Resolved(extension, attribute, null).toString();
    }

    String where(Attribute sub) {
        return where() + "." + sub.name();
    }

    /// True for what is accepted and kept nowhere, such as a password.
    private boolean forgetful() {
        return attribute.mutability() == Mutability.WRITE_ONLY;
    }

    @Nullable
    JsonNode current() {
        JsonNode holder = extension == null ? document : document.path(extension);
        return holder.get(attribute.name());
    }

    /// The values of a multi-valued attribute.
    ArrayNode elements() {
        return current() instanceof ArrayNode array ? array : NODES.arrayNode();
    }

    /// The parts of a complex attribute, as a copy.
    ObjectNode parts() {
        return current() instanceof ObjectNode object ? object.deepCopy() : NODES.objectNode();
    }

    void put(JsonNode value) {
        if (forgetful()) {
            return;
        }
        JsonNode current = current();
        if (current != null && !current.equals(value)) {
            checkChangeable(attribute, where());
        }
        ObjectNode holder = extension == null ? document : document.withObjectProperty(extension);
        holder.set(attribute.name(), value);
    }

    void put(List<JsonNode> elements) {
        if (elements.isEmpty()) {
            clear();
        } else {
            put(NODES.arrayNode(elements.size()).addAll(elements));
        }
    }

    /// Leaves nothing. An extension without attributes is dropped when the whole is checked.
    void clear() {
        checkRemovable(attribute, where());
        if (current() == null) {
            return;
        }
        checkChangeable(attribute, where());
        ObjectNode holder = extension == null ? document : document.withObjectProperty(extension);
        holder.remove(attribute.name());
    }

    /// Whether all of the attribute may go together with its extension: then even what the extension requires may.
    void checkErasable() {
        checkChangeable(attribute, where());
    }

    /// Sets one part of a complex value.
    void put(ObjectNode parts, Attribute sub, JsonNode value) {
        JsonNode current = parts.get(sub.name());
        if (current != null && !current.equals(value)) {
            checkChangeable(sub, where(sub));
        }
        parts.set(sub.name(), value);
    }

    /// Removes one part of a complex value.
    void clear(ObjectNode parts, Attribute sub) {
        checkWritable(sub, where(sub));
        checkRemovable(sub, where(sub));
        if (parts.has(sub.name())) {
            checkChangeable(sub, where(sub));
            parts.remove(sub.name());
        }
    }

    static void checkWritable(Attribute written, String where) {
        if (written.mutability() == Mutability.READ_ONLY) {
            throw mutability(where, "is read-only");
        }
    }

    private static void checkRemovable(Attribute removed, String where) {
        if (removed.required()) {
            throw mutability(where, "is required and cannot be removed");
        }
    }

    private static void checkChangeable(Attribute changed, String where) {
        if (changed.mutability() == Mutability.IMMUTABLE) {
            throw mutability(where, "is immutable and has a value already");
        }
    }

    private static ScimProblem mutability(String where, String rule) {
        return ScimProblem.of(Type.mutability, where + ": " + rule);
    }
}

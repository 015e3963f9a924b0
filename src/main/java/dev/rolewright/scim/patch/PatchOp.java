package dev.rolewright.scim.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.filter.PatchPath;
import org.jspecify.annotations.Nullable;

/// One operation of a PATCH request, syntactically sound (RFC 7644 §3.5.2).
public sealed interface PatchOp {

    record Add(PatchPath path, JsonNode value) implements PatchOp {}

    /// `add` without a path: every member of the object is added.
    record AddAll(ObjectNode values) implements PatchOp {}

    record Replace(PatchPath path, JsonNode value) implements PatchOp {}

    /// `replace` without a path: every member of the object replaces its attribute.
    record ReplaceAll(ObjectNode values) implements PatchOp {}

    /// `remove`; a value is what the dialect layer understood as "only these elements" and null otherwise.
    record Remove(PatchPath path, @Nullable JsonNode elements) implements PatchOp {}
}

package dev.rolewright.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.audit.AuditEvent;
import dev.rolewright.model.Caller;
import dev.rolewright.scim.patch.MemberChange;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A change of one resource, before anybody knows what it holds.
///
/// @param document makes the document after out of the one before, which stays as it is; null when only members change
/// @param members what happens to a group's members
/// @param event how the trail remembers the change of the document
record Change(
        Caller caller,
        Shape shape,
        UUID id,
        Precondition precondition,
        @Nullable UnaryOperator<ObjectNode> document,
        List<MemberChange> members,
        EventOf event) {

    interface EventOf {
        AuditEvent make(Caller caller, String type, UUID id, List<String> changed);
    }

    int sourceId() {
        return caller.sourceId();
    }

    AuditEvent event(List<String> changed) {
        return event.make(caller, shape.type().name(), id, changed);
    }
}

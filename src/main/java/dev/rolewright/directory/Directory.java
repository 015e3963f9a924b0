package dev.rolewright.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;
import dev.rolewright.scim.patch.PatchOp;
import dev.rolewright.scim.schema.ResourceType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// People, groups and their memberships: every read and every change a push can ask for.
///
/// Each change is one transaction with its audit row. Refusals are {@link dev.rolewright.scim.ScimProblem}s: 404 for an
/// id this source does not have, 409 `uniqueness`, 412 for a precondition that does not hold.
@ApplicationScoped
public class Directory {

    /// Keeps a new resource.
    ///
    /// @param id from {@link Ids#next()}
    /// @param canonical what {@link dev.rolewright.scim.schema.Intake} made of the body; a group's `members`
    ///     become rows
    public Entry create(Caller caller, ResourceType type, UUID id, ObjectNode canonical) {
        throw new UnsupportedOperationException("not yet");
    }

    public Optional<Entry> find(int sourceId, ResourceType type, String id, View view) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Replaces a resource (RFC 7644 §3.5.1). A body without `members` leaves a group's members alone; an empty
    /// array
    /// removes them.
    ///
    /// @param body as the client sent it, after the dialect layer
    public Entry replace(Caller caller, ResourceType type, String id, ObjectNode body, Precondition precondition) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Applies operations in their order, all or none (RFC 7644 §3.5.2). What is already so changes nothing, not
    /// even
    /// the version.
    public Entry patch(
            Caller caller, ResourceType type, String id, List<PatchOp> operations, Precondition precondition) {
        throw new UnsupportedOperationException("not yet");
    }

    /// Deletes a resource with its memberships.
    public void delete(Caller caller, ResourceType type, String id, Precondition precondition) {
        throw new UnsupportedOperationException("not yet");
    }

    public ResultPage search(int sourceId, Query query) {
        throw new UnsupportedOperationException("not yet");
    }

    /// The direct members of these groups, group by group in the order given, each group's by id.
    public Members members(int sourceId, List<UUID> groups) {
        throw new UnsupportedOperationException("not yet");
    }
}

package dev.rolewright.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.audit.ResourceEvent;
import dev.rolewright.model.Caller;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.patch.Member;
import dev.rolewright.scim.patch.MemberChange;
import dev.rolewright.scim.patch.MemberChanges;
import dev.rolewright.scim.patch.PatchOp;
import dev.rolewright.scim.patch.Patcher;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/// People, groups and their memberships: every read and every change a push can ask for.
///
/// Each change is one transaction with its audit row. Refusals are {@link ScimProblem}s: 404 for an id this source does
/// not have, 409 `uniqueness`, 412 for a precondition that does not hold.
@ApplicationScoped
public class Directory {

    private static final Logger LOG = Logger.getLogger(Directory.class);

    private final Resources resources;
    private final Changes changes;
    private final Memberships memberships;
    private final Searches searches;
    private final Bell bell;
    private final MeterRegistry meters;

    Directory(
            Resources resources,
            Changes changes,
            Memberships memberships,
            Searches searches,
            Bell bell,
            MeterRegistry meters) {
        this.resources = resources;
        this.changes = changes;
        this.memberships = memberships;
        this.searches = searches;
        this.bell = bell;
        this.meters = meters;
    }

    /// Keeps a new resource.
    ///
    /// @param id from {@link Ids#next()}
    /// @param canonical what {@link Intake} made of the body; a group's `members` become rows
    public Entry create(Caller caller, ResourceType type, UUID id, ObjectNode canonical) {
        Shape shape = Shape.of(type);
        ObjectNode document = canonical.deepCopy();
        List<Member> members = shape.members() && document.remove(Shape.MEMBERS) instanceof JsonNode named
                ? MemberChanges.read(named)
                : List.of();
        Entry entry = changes.create(caller, shape, id, document, members);
        changed(caller, type, id.toString(), "created");
        return entry;
    }

    public Optional<Entry> find(int sourceId, ResourceType type, String id, View view) {
        return References.id(id).flatMap(key -> resources.find(sourceId, Shape.of(type), key, view));
    }

    /// Replaces a resource (RFC 7644 §3.5.1). A body without `members` leaves a group's members alone;
    /// an empty array removes them.
    ///
    /// @param body as the client sent it, after the dialect layer
    public Entry replace(Caller caller, ResourceType type, String id, ObjectNode body, Precondition precondition) {
        Shape shape = Shape.of(type);
        Entry entry = changes.change(new Change(
                caller,
                shape,
                key(type, id),
                precondition,
                before -> withoutMembers(shape, Intake.replace(type, body, before)),
                shape.members() ? members(body) : List.of(),
                ResourceEvent.Replaced::new));
        changed(caller, type, id, "replaced");
        return entry;
    }

    /// Applies operations in their order, all or none (RFC 7644 §3.5.2). What is already so changes
    /// nothing, not even the version.
    public Entry patch(
            Caller caller, ResourceType type, String id, List<PatchOp> operations, Precondition precondition) {
        MemberChanges.Split split = MemberChanges.split(type, operations);
        List<PatchOp> others = split.others();
        Entry entry = changes.change(new Change(
                caller,
                Shape.of(type),
                key(type, id),
                precondition,
                others.isEmpty() ? null : before -> Patcher.apply(type, before, others),
                split.members(),
                ResourceEvent.Patched::new));
        changed(caller, type, id, "patched");
        return entry;
    }

    /// Deletes a resource with its memberships.
    public void delete(Caller caller, ResourceType type, String id, Precondition precondition) {
        changes.delete(caller, Shape.of(type), key(type, id), precondition);
        changed(caller, type, id, "deleted");
    }

    public ResultPage search(int sourceId, Query query) {
        return searches.search(sourceId, query);
    }

    /// The direct members of these groups in the order {@link #members} has them, unless they are more than are
    /// worth holding at once.
    public Optional<List<MemberRef>> fewMembers(int sourceId, List<UUID> groups) {
        return memberships.few(sourceId, groups);
    }

    /// The direct members of these groups, group by group in the order given, each group's by id.
    public Members members(int sourceId, List<UUID> groups) {
        return memberships.stream(sourceId, groups);
    }

    /// What a PUT says about the members: nothing, or who they are.
    private static List<MemberChange> members(ObjectNode body) {
        for (Map.Entry<String, JsonNode> entry : body.properties()) {
            if (entry.getKey().equalsIgnoreCase(Shape.MEMBERS)) {
                List<Member> named = entry.getValue().isNull() ? List.of() : MemberChanges.read(entry.getValue());
                return List.of(named.isEmpty() ? new MemberChange.Clear() : new MemberChange.ReplaceAll(named));
            }
        }
        return List.of();
    }

    private static ObjectNode withoutMembers(Shape shape, ObjectNode document) {
        if (shape.members()) {
            document.remove(Shape.MEMBERS);
        }
        return document;
    }

    private static UUID key(ResourceType type, String id) {
        return References.id(id).orElseThrow(() -> ScimProblem.notFound(type.name(), id));
    }

    /// Counts a change that was accepted, also one after which everything is as it was, and tells who listens.
    private void changed(Caller caller, ResourceType type, String id, String change) {
        meters.counter("directory_changes", "change", change, "type", type.name())
                .increment();
        LOG.infof("%s %s was %s by source %s", type.name(), id, change, caller.source());
        bell.ring();
    }
}

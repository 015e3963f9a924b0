package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;
import java.util.List;
import java.util.UUID;

/// What happens to a person or a group that an identity provider has sent.
public sealed interface ResourceEvent extends AuditEvent {

    String type();

    UUID id();

    @Override
    default Subject subject() {
        return new Subject(type(), id().toString());
    }

    /// @param attributes the attributes the new resource has
    record Created(Caller caller, String type, UUID id, List<String> attributes) implements ResourceEvent {
        public Created {
            attributes = List.copyOf(attributes);
        }

        @Override
        public String action() {
            return "resource.created";
        }

        @Override
        public ObjectNode detail() {
            return Detail.with("attributes", attributes);
        }
    }

    /// @param changed the attributes whose value is another than before
    record Replaced(Caller caller, String type, UUID id, List<String> changed) implements ResourceEvent {
        public Replaced {
            changed = List.copyOf(changed);
        }

        @Override
        public String action() {
            return "resource.replaced";
        }

        @Override
        public ObjectNode detail() {
            return Detail.with("changed", changed);
        }
    }

    /// @param changed the attributes whose value is another than before
    record Patched(Caller caller, String type, UUID id, List<String> changed) implements ResourceEvent {
        public Patched {
            changed = List.copyOf(changed);
        }

        @Override
        public String action() {
            return "resource.patched";
        }

        @Override
        public ObjectNode detail() {
            return Detail.with("changed", changed);
        }
    }

    record Deleted(Caller caller, String type, UUID id) implements ResourceEvent {
        @Override
        public String action() {
            return "resource.deleted";
        }
    }

    /// The set of a group's members is another than before.
    ///
    /// @param added who is a member now and was not
    /// @param removed who was a member and is not any more
    /// @param awaited references kept until somebody with that id or externalId appears
    /// @param forgotten such references that are no longer kept
    record MembersChanged(
            Caller caller,
            String type,
            UUID id,
            List<UUID> added,
            List<UUID> removed,
            List<String> awaited,
            List<String> forgotten)
            implements ResourceEvent {
        public MembersChanged {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            awaited = List.copyOf(awaited);
            forgotten = List.copyOf(forgotten);
        }

        /// The event of a statement that finds out itself who was added and who removed.
        public MembersChanged(Caller caller, String type, UUID id) {
            this(caller, type, id, List.of(), List.of(), List.of(), List.of());
        }

        @Override
        public String action() {
            return "members.changed";
        }

        @Override
        public ObjectNode detail() {
            ObjectNode detail = JsonNodeFactory.instance.objectNode();
            put(detail, "added", added);
            put(detail, "removed", removed);
            put(detail, "awaited", awaited);
            put(detail, "forgotten", forgotten);
            return detail;
        }

        private static void put(ObjectNode detail, String key, List<?> names) {
            if (!names.isEmpty()) {
                detail.set(key, Detail.list(names));
            }
        }
    }

    /// A reference that waited for its target has found it.
    ///
    /// @param type the type of the resource that holds the reference
    /// @param id that resource
    /// @param attribute the attribute that refers
    /// @param target what it refers to
    record ReferenceResolved(Caller caller, String type, UUID id, String attribute, UUID target)
            implements ResourceEvent {
        @Override
        public String action() {
            return "reference.resolved";
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("attribute", attribute)
                    .put("target", target.toString());
        }
    }
}

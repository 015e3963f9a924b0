package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that happened and must be remembered: who did what to which subject.
///
/// An event names attributes, people and groups by name or id; it never carries an attribute's value or a secret.
public sealed interface AuditEvent {

    /// Who did it, on whose behalf, in which request.
    Caller caller();

    Subject subject();

    /// What happened, as `subject.verb`.
    String action();

    /// More about it, apart from the quirks of the request.
    default ObjectNode detail() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// What an event is about.
    record Subject(String type, String id) {}

    /// @param attributes the attributes the new resource has
    record ResourceCreated(Caller caller, String type, UUID id, List<String> attributes) implements AuditEvent {
        public ResourceCreated {
            attributes = List.copyOf(attributes);
        }

        @Override
        public Subject subject() {
            return new Subject(type, id.toString());
        }

        @Override
        public String action() {
            return "resource.created";
        }

        @Override
        public ObjectNode detail() {
            return list("attributes", attributes);
        }
    }

    /// @param changed the attributes whose value is another than before
    record ResourceReplaced(Caller caller, String type, UUID id, List<String> changed) implements AuditEvent {
        public ResourceReplaced {
            changed = List.copyOf(changed);
        }

        @Override
        public Subject subject() {
            return new Subject(type, id.toString());
        }

        @Override
        public String action() {
            return "resource.replaced";
        }

        @Override
        public ObjectNode detail() {
            return list("changed", changed);
        }
    }

    /// @param changed the attributes whose value is another than before
    record ResourcePatched(Caller caller, String type, UUID id, List<String> changed) implements AuditEvent {
        public ResourcePatched {
            changed = List.copyOf(changed);
        }

        @Override
        public Subject subject() {
            return new Subject(type, id.toString());
        }

        @Override
        public String action() {
            return "resource.patched";
        }

        @Override
        public ObjectNode detail() {
            return list("changed", changed);
        }
    }

    record ResourceDeleted(Caller caller, String type, UUID id) implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject(type, id.toString());
        }

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
            implements AuditEvent {
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
        public Subject subject() {
            return new Subject(type, id.toString());
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
    }

    /// A reference that waited for its target has found it.
    ///
    /// @param type the type of the resource that holds the reference
    /// @param id that resource
    /// @param attribute the attribute that refers
    /// @param target what it refers to
    record ReferenceResolved(Caller caller, String type, UUID id, String attribute, UUID target) implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject(type, id.toString());
        }

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

    record SourceCreated(Caller caller, String name) implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject("Source", name);
        }

        @Override
        public String action() {
            return "source.created";
        }
    }

    record SourceClosed(Caller caller, String name) implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject("Source", name);
        }

        @Override
        public String action() {
            return "source.closed";
        }
    }

    record SourceOpened(Caller caller, String name) implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject("Source", name);
        }

        @Override
        public String action() {
            return "source.opened";
        }
    }

    /// @param token the token's public id, never the token
    record TokenCreated(
            Caller caller,
            String token,
            String name,
            @Nullable Instant expires) implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject("Token", token);
        }

        @Override
        public String action() {
            return "token.created";
        }

        @Override
        public ObjectNode detail() {
            ObjectNode detail = JsonNodeFactory.instance.objectNode().put("name", name);
            if (expires != null) {
                detail.put("expires", expires.toString());
            }
            return detail;
        }
    }

    /// @param token the token's public id, never the token
    record TokenRevoked(Caller caller, String token, String name) implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject("Token", token);
        }

        @Override
        public String action() {
            return "token.revoked";
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance.objectNode().put("name", name);
        }
    }

    /// Somebody asks for a pass over a target.
    ///
    /// @param person whom it is to be about; empty means the whole target
    record PassRequested(Caller caller, TargetName target, Optional<PersonId> person) implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject("Target", target.value());
        }

        @Override
        public String action() {
            return "pass.requested";
        }

        @Override
        public ObjectNode detail() {
            ObjectNode detail = JsonNodeFactory.instance.objectNode();
            person.ifPresent(id -> detail.put("person", id.toString()));
            return detail;
        }
    }

    /// A pass is about to perform a plan, which is kept beside the trail.
    ///
    /// @param digest of the plan's steps and of the server they are for
    record PassBegan(Caller caller, TargetName target, long pass, String digest, int steps, int held)
            implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject("Target", target.value());
        }

        @Override
        public String action() {
            return "pass.began";
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("pass", pass)
                    .put("digest", digest)
                    .put("steps", steps)
                    .put("held", held);
        }
    }

    /// What became of one step.
    ///
    /// @param why it failed or was skipped; empty when it was done
    record StepEnded(Caller caller, TargetName target, long pass, Step step, End end, String why)
            implements AuditEvent {

        public enum End {
            DONE,
            FAILED,
            SKIPPED
        }

        @Override
        public Subject subject() {
            return switch (step) {
                case Step.OfLogin of ->
                    new Subject("Person", of.account().person().toString());
                case Step.OfRole of -> new Subject("Role", of.role().value());
                case Step.OfTable of ->
                    new Subject("Table", of.table().schema() + "." + of.table().table());
            };
        }

        @Override
        public String action() {
            return switch (end) {
                case DONE -> "step.done";
                case FAILED -> "step.failed";
                case SKIPPED -> "step.skipped";
            };
        }

        @Override
        public ObjectNode detail() {
            ObjectNode detail = JsonNodeFactory.instance
                    .objectNode()
                    .put("target", target.value())
                    .put("pass", pass)
                    .put("step", step.sign().mark() + " " + step.label());
            if (!why.isEmpty()) {
                detail.put("why", why);
            }
            return detail;
        }
    }

    /// A plan would take more than the contract allows at once, so it waits for a human.
    ///
    /// @param digest of what waits; a release signs it
    /// @param why which limits it passes
    record HoldOpened(Caller caller, TargetName target, long hold, String digest, int steps, List<String> why)
            implements AuditEvent {
        public HoldOpened {
            why = List.copyOf(why);
        }

        @Override
        public Subject subject() {
            return new Subject("Target", target.value());
        }

        @Override
        public String action() {
            return "hold.opened";
        }

        @Override
        public ObjectNode detail() {
            return list("why", why).put("hold", hold).put("digest", digest).put("steps", steps);
        }
    }

    /// A human lets what is held be performed.
    record HoldReleased(Caller caller, TargetName target, long hold, String digest, String reason)
            implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject("Target", target.value());
        }

        @Override
        public String action() {
            return "hold.released";
        }

        @Override
        public ObjectNode detail() {
            return held(hold, digest).put("reason", reason);
        }
    }

    /// A human does not want what is held to be performed.
    record HoldRefused(Caller caller, TargetName target, long hold, String digest, String reason)
            implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject("Target", target.value());
        }

        @Override
        public String action() {
            return "hold.refused";
        }

        @Override
        public ObjectNode detail() {
            return held(hold, digest).put("reason", reason);
        }
    }

    /// A hold is over.
    record HoldEnded(Caller caller, TargetName target, long hold, String digest, End how) implements AuditEvent {

        public enum End {
            /// It was released, and a look at the whole target went through with it.
            DONE,
            /// Another plan took its place, or nothing is to be held any more.
            REPLACED,
            /// Nobody decided in time, or nothing came of the decision.
            EXPIRED
        }

        @Override
        public Subject subject() {
            return new Subject("Target", target.value());
        }

        @Override
        public String action() {
            return "hold.ended";
        }

        @Override
        public ObjectNode detail() {
            return held(hold, digest).put("how", how.name().toLowerCase(Locale.ROOT));
        }
    }

    /// A target was asked again whether somebody has lost what was taken.
    ///
    /// @param receipt the number of the receipt, which says what was checked
    record RevocationChecked(Caller caller, TargetName target, PersonId person, long receipt, Verdict verdict)
            implements AuditEvent {

        public enum Verdict {
            PROVEN,
            NOT_PROVEN,
            /// It was given back in between.
            OVERTAKEN
        }

        @Override
        public Subject subject() {
            return new Subject("Person", person.toString());
        }

        @Override
        public String action() {
            return switch (verdict) {
                case PROVEN -> "revocation.proven";
                case NOT_PROVEN -> "revocation.not-proven";
                case OVERTAKEN -> "revocation.overtaken";
            };
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("target", target.value())
                    .put("receipt", receipt);
        }
    }

    /// Another version of the contract holds.
    ///
    /// @param before the version that held, or 0
    /// @param digest of what the contract says
    /// @param origin where its text comes from
    record ContractActivated(Caller caller, long number, long before, String digest, String origin)
            implements AuditEvent {
        @Override
        public Subject subject() {
            return new Subject("Contract", Long.toString(number));
        }

        @Override
        public String action() {
            return "contract.activated";
        }

        @Override
        public ObjectNode detail() {
            ObjectNode detail = JsonNodeFactory.instance.objectNode();
            if (before > 0) {
                detail.put("before", before);
            }
            return detail.put("digest", digest).put("origin", origin);
        }
    }

    /// A text that was to be the contract is not sound, so what held goes on to hold.
    ///
    /// @param origin where the text is
    /// @param errors how many were found
    /// @param places of the first of them
    record ContractRefused(Caller caller, String origin, int errors, List<String> places) implements AuditEvent {
        public ContractRefused {
            places = List.copyOf(places);
        }

        @Override
        public Subject subject() {
            return new Subject("Contract", origin);
        }

        @Override
        public String action() {
            return "contract.refused";
        }

        @Override
        public ObjectNode detail() {
            return list("places", places).put("errors", errors);
        }
    }

    private static ObjectNode held(long hold, String digest) {
        return JsonNodeFactory.instance.objectNode().put("hold", hold).put("digest", digest);
    }

    private static ObjectNode list(String key, List<String> names) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        names.forEach(detail.putArray(key)::add);
        return detail;
    }

    private static void put(ObjectNode detail, String key, List<?> names) {
        if (!names.isEmpty()) {
            ArrayNode array = detail.putArray(key);
            names.forEach(name -> array.add(name.toString()));
        }
    }
}

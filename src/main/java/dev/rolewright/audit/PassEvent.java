package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Step;
import java.util.Optional;

/// What a pass over a target does there, from the wish for it to the proof afterwards.
public sealed interface PassEvent extends AuditEvent {

    TargetName target();

    /// The target, unless an event knows better what of the target it is about.
    @Override
    default Subject subject() {
        return new Subject("Target", target().value());
    }

    /// Somebody asks for a pass over a target.
    ///
    /// @param person whom it is to be about; empty means the whole target
    record Requested(Caller caller, TargetName target, Optional<PersonId> person) implements PassEvent {
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

    /// A human says that a target is on another server than before.
    ///
    /// @param from the identity of the server that it was on; empty when it was not yet on any, as one whose server
    /// another target has
    /// @param to that of the other one
    /// @param copyOf when the other server is a copy, which keeps the identity: the target that is on the
    /// original, or on another copy of it
    record Moved(
            Caller caller,
            TargetName target,
            Optional<String> from,
            String to,
            Optional<TargetName> copyOf,
            String reason)
            implements PassEvent {
        @Override
        public String action() {
            return "target.moved";
        }

        @Override
        public ObjectNode detail() {
            ObjectNode detail = JsonNodeFactory.instance.objectNode();
            from.ifPresent(server -> detail.put("from", server));
            detail.put("to", to);
            copyOf.ifPresent(original -> detail.put("copyOf", original.value()));
            return detail.put("reason", reason);
        }
    }

    /// A human says that the directory is up to date again, after the store was brought back from an older copy.
    ///
    /// @param pass the last one that the target knew and the store did not
    record CaughtUp(Caller caller, TargetName target, long pass, String reason) implements PassEvent {
        @Override
        public String action() {
            return "target.caught-up";
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance.objectNode().put("pass", pass).put("reason", reason);
        }
    }

    /// A pass is about to perform a plan, which is kept beside the trail.
    ///
    /// @param digest of the plan's steps and of the server they are for
    record Began(Caller caller, TargetName target, long pass, String digest, int steps, int held) implements PassEvent {
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
    record StepEnded(Caller caller, TargetName target, long pass, Step step, End end, String why) implements PassEvent {

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

    /// A target was asked again whether somebody has lost what was taken.
    ///
    /// @param receipt the number of the receipt, which says what was checked
    record RevocationChecked(Caller caller, TargetName target, PersonId person, long receipt, Verdict verdict)
            implements PassEvent {

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
}

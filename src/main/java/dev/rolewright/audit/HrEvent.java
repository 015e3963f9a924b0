package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;

/// What HR systems say, and what becomes of it.
public sealed interface HrEvent extends AuditEvent {

    /// The HR system.
    String sender();

    /// Its own name for what it said.
    String event();

    @Override
    default ObjectNode detail() {
        return JsonNodeFactory.instance.objectNode().put("sender", sender()).put("event", event());
    }

    /// An HR system said something for the first time.
    record Received(Caller caller, String sender, String event, String kind) implements HrEvent {
        @Override
        public Subject subject() {
            return new Subject("HrEvent", sender + "/" + event);
        }

        @Override
        public String action() {
            return "hr.received";
        }

        @Override
        public ObjectNode detail() {
            return HrEvent.super.detail().put("kind", kind);
        }
    }

    /// What was said is of this person, be it at once or since the directory knows somebody of that name.
    record Applied(Caller caller, String sender, String event, PersonId person) implements HrEvent {
        @Override
        public Subject subject() {
            return new Subject("User", person.toString());
        }

        @Override
        public String action() {
            return "hr.applied";
        }
    }

    /// What was said before about a later time took effect.
    ///
    /// @param ends whether a fence ended; otherwise one began
    record Due(Caller caller, String sender, String event, PersonId person, boolean ends) implements HrEvent {
        @Override
        public Subject subject() {
            return new Subject("User", person.toString());
        }

        @Override
        public String action() {
            return ends ? "hr.freed" : "hr.fenced";
        }
    }
}

package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import java.time.Instant;
import java.util.List;

/// What becomes of somebody's password on targets, and of the links by which it is handed over.
public sealed interface CredentialEvent extends AuditEvent {

    PersonId person();

    @Override
    default Subject subject() {
        return new Subject("Person", person().toString());
    }

    /// Somebody made a link for a person.
    ///
    /// @param pickup the link's number, never the link
    record LinkMade(Caller caller, PersonId person, long pickup, Instant expires) implements CredentialEvent {
        @Override
        public String action() {
            return "pickup.made";
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance.objectNode().put("pickup", pickup).put("expires", expires.toString());
        }
    }

    /// A link leads nowhere any more, and nobody has used it up.
    record LinkWithdrawn(Caller caller, PersonId person, long pickup) implements CredentialEvent {
        @Override
        public String action() {
            return "pickup.withdrawn";
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance.objectNode().put("pickup", pickup);
        }
    }

    /// Somebody asks for the person's passwords and is going to get them.
    record Asked(Caller caller, PersonId person) implements CredentialEvent {
        @Override
        public String action() {
            return "password.asked";
        }
    }

    /// A password was set on a target and shown.
    ///
    /// @param sessions how many went on that were open before
    record Given(Caller caller, PersonId person, TargetName target, LoginName login, Instant ends, int sessions)
            implements CredentialEvent {
        @Override
        public String action() {
            return "password.given";
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("target", target.value())
                    .put("login", login.value())
                    .put("ends", ends.toString())
                    .put("sessions", sessions);
        }
    }

    /// A target did not take a password.
    record NotGiven(Caller caller, PersonId person, TargetName target, String why) implements CredentialEvent {
        @Override
        public String action() {
            return "password.not-given";
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("target", target.value())
                    .put("why", why);
        }
    }

    /// Somebody wants the person's passwords ended, whatever end they had.
    ///
    /// @param sessions whether what is open ends, too
    record EndAsked(Caller caller, PersonId person, List<TargetName> targets, boolean sessions)
            implements CredentialEvent {
        @Override
        public String action() {
            return "password.end-asked";
        }

        @Override
        public ObjectNode detail() {
            ObjectNode detail = JsonNodeFactory.instance.objectNode().put("sessions", sessions);
            targets.forEach(target -> detail.withArray("targets").add(target.value()));
            return detail;
        }
    }

    /// A password has ended, and so have the sessions of the login that were to end with it.
    record Ended(Caller caller, PersonId person, TargetName target) implements CredentialEvent {
        @Override
        public String action() {
            return "password.ended";
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance.objectNode().put("target", target.value());
        }
    }
}

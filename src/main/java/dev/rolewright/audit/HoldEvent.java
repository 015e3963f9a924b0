package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;
import dev.rolewright.model.TargetName;
import java.util.List;
import java.util.Locale;

/// What becomes of a plan that waits for a human.
public sealed interface HoldEvent extends AuditEvent {

    TargetName target();

    long hold();

    /// Of what waits; a release signs it.
    String digest();

    @Override
    default Subject subject() {
        return new Subject("Target", target().value());
    }

    @Override
    default ObjectNode detail() {
        return AuditEvent.super.detail().put("hold", hold()).put("digest", digest());
    }

    /// A plan would take more than the contract allows at once, so it waits for a human.
    ///
    /// @param why which limits it passes
    record Opened(Caller caller, TargetName target, long hold, String digest, int steps, List<String> why)
            implements HoldEvent {
        public Opened {
            why = List.copyOf(why);
        }

        @Override
        public String action() {
            return "hold.opened";
        }

        @Override
        public ObjectNode detail() {
            ObjectNode detail = HoldEvent.super.detail().put("steps", steps);
            return detail.set("why", Detail.list(why));
        }
    }

    /// A human lets what is held be performed.
    record Released(Caller caller, TargetName target, long hold, String digest, String reason) implements HoldEvent {
        @Override
        public String action() {
            return "hold.released";
        }

        @Override
        public ObjectNode detail() {
            return HoldEvent.super.detail().put("reason", reason);
        }
    }

    /// A human does not want what is held to be performed.
    record Refused(Caller caller, TargetName target, long hold, String digest, String reason) implements HoldEvent {
        @Override
        public String action() {
            return "hold.refused";
        }

        @Override
        public ObjectNode detail() {
            return HoldEvent.super.detail().put("reason", reason);
        }
    }

    /// A hold is over.
    record Ended(Caller caller, TargetName target, long hold, String digest, End how) implements HoldEvent {

        public enum End {
            /// It was released, and a look at the whole target went through with it.
            DONE,
            /// Another plan took its place, or nothing is to be held any more.
            REPLACED,
            /// Nobody decided in time, or nothing came of the decision.
            EXPIRED
        }

        @Override
        public String action() {
            return "hold.ended";
        }

        @Override
        public ObjectNode detail() {
            return HoldEvent.super.detail().put("how", how.name().toLowerCase(Locale.ROOT));
        }
    }
}

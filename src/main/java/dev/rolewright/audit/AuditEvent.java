package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;

/// Something that happened and must be remembered: who did what to which subject.
///
/// An event names attributes, people and groups by name or id; it never carries an attribute's value or a secret.
public sealed interface AuditEvent
        permits ResourceEvent,
                SourceEvent,
                TokenEvent,
                PassEvent,
                HoldEvent,
                ContractEvent,
                HrEvent,
                FeedEvent,
                CredentialEvent {

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
}

package dev.rolewright.audit;

import dev.rolewright.model.Caller;

/// What happens to a source, which is what one identity provider sends.
public sealed interface SourceEvent extends AuditEvent {

    String name();

    @Override
    default Subject subject() {
        return new Subject("Source", name());
    }

    record Created(Caller caller, String name) implements SourceEvent {
        @Override
        public String action() {
            return "source.created";
        }
    }

    record Closed(Caller caller, String name) implements SourceEvent {
        @Override
        public String action() {
            return "source.closed";
        }
    }

    record Opened(Caller caller, String name) implements SourceEvent {
        @Override
        public String action() {
            return "source.opened";
        }
    }
}

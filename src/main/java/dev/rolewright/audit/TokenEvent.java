package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Caller;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What happens to a token that opens our doors.
public sealed interface TokenEvent extends AuditEvent {

    /// The token's public id, never the token.
    String token();

    @Override
    default Subject subject() {
        return new Subject("Token", token());
    }

    record Created(
            Caller caller,
            String token,
            String name,
            @Nullable Instant expires) implements TokenEvent {
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

    record Revoked(Caller caller, String token, String name) implements TokenEvent {
        @Override
        public String action() {
            return "token.revoked";
        }

        @Override
        public ObjectNode detail() {
            return JsonNodeFactory.instance.objectNode().put("name", name);
        }
    }
}

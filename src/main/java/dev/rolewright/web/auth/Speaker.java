package dev.rolewright.web.auth;

import dev.rolewright.model.Caller;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who speaks SCIM in one request, as the guard at the door has made sure.
///
/// @param sourceId the source the token belongs to; the path named the same one
/// @param actor the token's name or the JWT's subject, for the audit trail; never a secret
/// @param person the person the token stands for, whose own record `/Me` is; null for the token of an identity provider
public record Speaker(
        int sourceId, String source, String actor, @Nullable PersonKey person) {

    private static final String PROPERTY = Speaker.class.getName();

    /// What identifies a person inside the source.
    ///
    /// @param attribute `id`, `userName` or `externalId`
    public record PersonKey(String attribute, String value) {}

    /// Gives the speaker of a request that has come through the guard.
    ///
    /// @throws IllegalStateException when it has not; no such request reaches a SCIM resource
    public static Speaker of(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof Speaker speaker) {
            return speaker;
        }
        throw new IllegalStateException("no speaker: the request did not pass the guard");
    }

    /// The same, in the words of the rooms behind the door.
    public Caller caller(String requestId, List<String> quirks) {
        return new Caller(sourceId, source, actor, requestId, quirks);
    }

    void enter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }
}

package dev.rolewright.web.auth;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/// The HR system that speaks in one request, as the guard at the door has made sure.
public record Sender(String name) {

    private static final String PROPERTY = Sender.class.getName();

    /// Gives the sender of a request that has come through the guard.
    ///
    /// @throws IllegalStateException when it has not; no such request reaches an HR resource
    public static Sender of(ContainerRequestContext request) {
        return in(request)
                .orElseThrow(() -> new IllegalStateException("no sender: the request did not pass the guard"));
    }

    /// Gives the sender of any request; nobody when it came to another door, or was not let in.
    public static Optional<Sender> in(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof Sender sender ? Optional.of(sender) : Optional.empty();
    }

    void enter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }
}

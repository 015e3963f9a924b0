package dev.rolewright.web.auth;

import jakarta.ws.rs.container.ContainerRequestContext;

/// The HR system that speaks in one request, as the guard at the door has made sure.
public record Sender(String name) {

    private static final String PROPERTY = Sender.class.getName();

    /// Gives the sender of a request that has come through the guard.
    ///
    /// @throws IllegalStateException when it has not; no such request reaches an HR resource
    public static Sender of(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof Sender sender) {
            return sender;
        }
        throw new IllegalStateException("no sender: the request did not pass the guard");
    }

    void enter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }
}

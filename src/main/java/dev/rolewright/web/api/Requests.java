package dev.rolewright.web.api;

import dev.rolewright.model.Caller;
import dev.rolewright.model.Ruling;
import dev.rolewright.source.Author;
import dev.rolewright.web.Parameters;
import dev.rolewright.web.RequestIds;
import dev.rolewright.web.auth.Admin;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.InputStream;

/// What the rooms want to know of a request.
final class Requests {

    private Requests() {}

    static Caller caller(ContainerRequestContext request) {
        return Caller.ofNoSource(Admin.of(request).name(), request.getHeaderString(RequestIds.HEADER));
    }

    /// What somebody does about something that waits for a human.
    interface Decision<T> {
        T make(long id, Ruling ruling, Caller caller);
    }

    /// @param what waits, as the address calls it
    static <T> T decide(
            String what, String id, InputStream body, ContainerRequestContext request, Decision<T> decision) {
        return decision.make(Parameters.number(what, id), Body.ruling(body), caller(request));
    }

    static Author author(ContainerRequestContext request) {
        return new Author(Admin.of(request).name(), request.getHeaderString(RequestIds.HEADER));
    }
}

package dev.rolewright.web.api;

import dev.rolewright.model.Caller;
import dev.rolewright.source.Author;
import dev.rolewright.web.RequestIds;
import dev.rolewright.web.auth.Admin;
import jakarta.ws.rs.container.ContainerRequestContext;

/// What the rooms want to know of a request.
final class Requests {

    private Requests() {}

    static Caller caller(ContainerRequestContext request) {
        return Caller.ofNoSource(Admin.of(request).name(), request.getHeaderString(RequestIds.HEADER));
    }

    static Author author(ContainerRequestContext request) {
        return new Author(Admin.of(request).name(), request.getHeaderString(RequestIds.HEADER));
    }
}

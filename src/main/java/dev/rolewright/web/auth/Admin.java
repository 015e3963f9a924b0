package dev.rolewright.web.auth;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.EnumSet;
import java.util.Set;

/// Who uses the admin door in one request.
///
/// @param name for the audit trail; never a secret
public record Admin(String name, Set<Role> roles) {

    private static final String PROPERTY = Admin.class.getName();

    /// What somebody may do at the admin door.
    public enum Role {
        /// Everything but decisions.
        ADMIN,
        /// Read everything, change nothing.
        AUDITOR,
        /// Read everything; change nothing but what [ForApprovers] marks.
        APPROVER
    }

    public Admin {
        roles = Set.copyOf(roles);
    }

    static Admin byToken() {
        return new Admin("admin", EnumSet.allOf(Role.class));
    }

    boolean mayChange() {
        return roles.contains(Role.ADMIN);
    }

    boolean mayDecide() {
        return roles.contains(Role.APPROVER);
    }

    /// Gives the admin of a request that has come through the guard.
    public static Admin of(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof Admin admin) {
            return admin;
        }
        throw new IllegalStateException("no admin: the request did not pass the guard");
    }

    void enter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }
}

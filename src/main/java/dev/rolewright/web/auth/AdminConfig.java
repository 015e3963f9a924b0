package dev.rolewright.web.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/// Who may use `/api` and the API documentation.
@ConfigMapping(prefix = "rolewright.admin")
public interface AdminConfig {

    /// The admin token (`ROLEWRIGHT_ADMIN_TOKEN`). Without it, and without [#jwt()], the door stays shut.
    Optional<String> token();

    AdminIssuerConfig jwt();

    /// An OIDC provider whose tokens carry roles.
    interface AdminIssuerConfig extends IssuerConfig {

        /// Where the roles are in the token; a dot leads into an object, as in `realm_access.roles`.
        @WithDefault("roles")
        String roleClaim();

        RoleNames role();
    }

    /// What the provider calls our roles.
    interface RoleNames {

        @WithDefault("rolewright-admin")
        String admin();

        @WithDefault("rolewright-auditor")
        String auditor();

        @WithDefault("rolewright-approver")
        String approver();
    }
}

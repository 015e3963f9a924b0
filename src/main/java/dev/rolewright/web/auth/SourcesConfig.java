package dev.rolewright.web.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Per source, by its name: the issuer whose JWTs open it besides its own bearer tokens.
@ConfigMapping(prefix = "rolewright.source")
public interface SourcesConfig {

    @WithParentName
    Map<String, SourceConfig> byName();

    /// `rolewright.source.<name>.…`
    interface SourceConfig {

        SourceIssuerConfig jwt();
    }

    /// `rolewright.source.<name>.jwt.…`
    interface SourceIssuerConfig extends IssuerConfig {

        /// The subjects (`sub`) that are the identity provider itself. Empty means every token of the issuer
        /// is, unless [#personClaim()] is set: then only the subjects listed here are.
        Optional<Set<String>> subjects();

        /// The claim that says which person a token belongs to. Such a token opens `/Me`, `/api/me`
        /// and the discovery endpoints only; a token that has neither the claim nor a subject
        /// listed above opens nothing.
        Optional<String> personClaim();

        /// The attribute of the person that the claim is compared with: `id`, `userName` or `externalId`.
        @WithDefault("userName")
        String personAttribute();
    }
}

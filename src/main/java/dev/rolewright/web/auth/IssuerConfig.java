package dev.rolewright.web.auth;

import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// An OAuth2 or OIDC issuer whose JWTs are trusted.
interface IssuerConfig {

    /// The exact `iss` of its tokens. Without it no JWT is accepted.
    Optional<String> issuer();

    /// One of these must be in `aud`: without it, a token made for another application would open our door.
    Optional<Set<String>> audience();

    /// Where its public keys are, over https (http only on this very machine).
    Optional<URI> jwksUrl();

    /// The same as a file, for an issuer that cannot be reached.
    Optional<Path> jwksFile();

    /// Claims that must have exactly this text, such as the tenant or the client's id.
    Map<String, String> claims();

    /// How far the issuer's clock may be off.
    @WithDefault("60s")
    Duration clockSkew();
}

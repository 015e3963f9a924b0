package dev.rolewright.web.auth;

import dev.rolewright.credential.Secret;
import dev.rolewright.source.Keyring;
import dev.rolewright.source.Source;
import dev.rolewright.source.SourceToken;
import dev.rolewright.web.auth.SourcesConfig.SourceIssuerConfig;
import dev.rolewright.web.auth.Speaker.PersonKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/// Lets identity providers in: by a bearer token of the source they speak for, or by a JWT of the issuer it trusts.
///
/// An unknown source is refused with the same words as a wrong token, so that names of sources cannot be found out.
@ApplicationScoped
class ScimDoor {

    private final Keyring keyring;
    private final Issuers issuers;

    ScimDoor(Keyring keyring, Issuers issuers) {
        this.keyring = keyring;
        this.issuers = issuers;
    }

    /// @param sourceName as in the URL
    Verdict<Speaker> admit(String sourceName, @Nullable String authorization) {
        Optional<Secret> shown = Presented.secret(authorization);
        if (shown.isEmpty()) {
            return Verdict.refused(Refusal.nothingShown());
        }
        try {
            return admit(keyring.source(sourceName), shown.get());
        } catch (Keyring.StoreAway away) {
            return Verdict.refused(Refusal.storeAway());
        }
    }

    private Verdict<Speaker> admit(Optional<Source> source, Secret shown) {
        Optional<Speaker> speaker = keyring.token(shown)
                .flatMap(token -> source.flatMap(s -> byToken(s, token)))
                .or(() -> source.flatMap(s -> byJwt(s, shown)));
        if (speaker.isEmpty()) {
            return Verdict.refused(Refusal.notAccepted());
        }
        return source.filter(Source::isClosed).isPresent()
                ? Verdict.refused(
                        Refusal.notAllowed("The source " + speaker.get().source() + " is closed."))
                : Verdict.admitted(speaker.get());
    }

    private static Optional<Speaker> byToken(Source source, SourceToken token) {
        if (token.sourceId() != source.id()) {
            return Optional.empty();
        }
        UUID person = token.person();
        return Optional.of(new Speaker(
                source.id(),
                source.name(),
                token.name(),
                person == null ? null : new PersonKey("id", person.toString())));
    }

    private Optional<Speaker> byJwt(Source source, Secret shown) {
        return issuers.of(source)
                .flatMap(trusted ->
                        trusted.issuer().check(shown).flatMap(claims -> speaker(source, trusted.config(), claims)));
    }

    /// What a token of the issuer that a source trusts makes of its bearer.
    static Optional<Speaker> speaker(Source source, SourceIssuerConfig config, JwtClaims claims) {
        String actor = Issuer.actor(claims);
        Optional<String> person = config.personClaim()
                .map(claims::getClaimValue)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(value -> !value.isBlank());
        boolean listed = config.subjects()
                .map(subjects -> subjects.contains(Issuer.subject(claims)))
                .orElse(config.personClaim().isEmpty());
        if (listed) {
            return Optional.of(new Speaker(source.id(), source.name(), actor, null));
        }
        return person.map(value ->
                new Speaker(source.id(), source.name(), actor, new PersonKey(config.personAttribute(), value)));
    }
}

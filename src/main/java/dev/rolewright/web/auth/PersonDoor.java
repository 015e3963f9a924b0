package dev.rolewright.web.auth;

import dev.rolewright.credential.Secret;
import dev.rolewright.source.Keyring;
import dev.rolewright.source.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets people in who come for themselves: by a token that their OIDC provider has just given them. The tokens that
/// administrators make for a person do not open it; they live long, and an administrator has seen them.
///
/// Which source somebody is of follows from the token: it is the one that trusts its issuer and
/// says which claim names a person. Where several do, nobody can tell whose person it is.
@ApplicationScoped
class PersonDoor {

    private final Issuers issuers;
    private final Keyring keyring;

    PersonDoor(Issuers issuers, Keyring keyring) {
        this.issuers = issuers;
        this.keyring = keyring;
    }

    Verdict<Speaker> admit(@Nullable String authorization) {
        if (issuers.ofPersons().isEmpty()) {
            return Verdict.refused(Refusal.notAllowed(
                    "This door is closed: no source has an issuer and a person-claim (rolewright.source.<name>.jwt)."));
        }
        Optional<Secret> shown = Presented.secret(authorization);
        if (shown.isEmpty()) {
            return Verdict.refused(Refusal.nothingShown());
        }
        try {
            List<Speaker> found = issuers.ofPersons().entrySet().stream()
                    .flatMap(trusted -> trusted.getValue().issuer().check(shown.get()).stream()
                            .flatMap(claims -> keyring.source(trusted.getKey()).stream()
                                    .filter(source -> !source.isClosed())
                                    .flatMap((Source source) ->
                                            ScimDoor.speaker(
                                                    source, trusted.getValue().config(), claims)
                                                    .stream())))
                    .filter(speaker -> speaker.person() != null)
                    .toList();
            if (found.size() > 1) {
                return Verdict.refused(Refusal.notAllowed(
                        "Several sources trust this issuer with people; whose you are is not clear."));
            }
            return found.isEmpty() ? Verdict.refused(Refusal.notAccepted()) : Verdict.admitted(found.getFirst());
        } catch (Keyring.StoreAway away) {
            return Verdict.refused(Refusal.storeAway());
        }
    }
}

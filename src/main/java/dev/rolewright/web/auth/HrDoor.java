package dev.rolewright.web.auth;

import dev.rolewright.credential.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Lets HR systems in, each by its own token. What they say is believed only when it is signed, too: [SignedWords].
@ApplicationScoped
class HrDoor {

    private final SenderSecrets secrets;

    HrDoor(SenderSecrets secrets) {
        this.secrets = secrets;
    }

    Verdict<Sender> admit(@Nullable String authorization) {
        if (secrets.isEmpty()) {
            return Verdict.refused(
                    Refusal.notAllowed("The HR door is closed: no rolewright.hr.sender.<name>.token is configured."));
        }
        Optional<Secret> shown = Presented.secret(authorization);
        if (shown.isEmpty()) {
            return Verdict.refused(Refusal.nothingShown());
        }
        return secrets.owner(shown.get())
                .map(name -> Verdict.admitted(new Sender(name)))
                .orElseGet(() -> Verdict.refused(Refusal.notAccepted()));
    }
}

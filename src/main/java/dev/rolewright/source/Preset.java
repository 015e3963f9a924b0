package dev.rolewright.source;

import dev.rolewright.credential.BearerToken;
import dev.rolewright.credential.Fingerprint;
import dev.rolewright.credential.PresetSecret;
import dev.rolewright.credential.Secret;
import dev.rolewright.model.Danger;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The token that configuration presets for the default source, in the form of any other.
///
/// It is made with the start, which one that anybody can guess stops. It has no row: it ends when the configuration no
/// longer names it, and then leaves no hash of a text that somebody
/// may have chosen by hand.
@Startup
@ApplicationScoped
class Preset implements Danger.Witness {

    static final long ID = 0;
    private static final String NAME = "ROLEWRIGHT_SCIM_TOKEN";

    private final Optional<Secret> secret;
    private final Instant since = Clock.systemUTC().instant();

    Preset(PresetConfig config) {
        this.secret = PresetSecret.read(NAME, config.token());
    }

    @Override
    public List<Danger> dangers() {
        return secret.flatMap(it -> PresetSecret.weakness(NAME, it)).stream().toList();
    }

    Optional<Fingerprint> fingerprint() {
        return secret.map(Fingerprint::of);
    }

    /// The preset token as a token of this source, which only the default source has.
    Optional<SourceToken> token(Source source) {
        return secret.filter(s -> source.name().equals(Source.DEFAULT))
                .map(s -> new SourceToken(
                        ID, source.id(), NAME, BearerToken.hint(s), null, since, "configuration", null, null, null));
    }
}

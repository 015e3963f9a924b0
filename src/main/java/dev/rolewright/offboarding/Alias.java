package dev.rolewright.offboarding;

import dev.rolewright.directory.Identities.Known;
import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import java.util.stream.Stream;

/// A name by which somebody may be known again who was deleted and made anew: any but the SCIM id.
///
/// @param source whose externalId it is, which means nobody elsewhere; [#EVERYWHERE] for other names
record Alias(Identity identity, int source) {

    static final int EVERYWHERE = 0;

    static Stream<Alias> of(Known person) {
        return person.identities().stream()
                .filter(identity -> identity.key() != Key.ID)
                .map(identity -> new Alias(identity, identity.key() == Key.EXTERNAL_ID ? person.source() : EVERYWHERE));
    }
}

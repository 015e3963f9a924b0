package dev.rolewright.scim.schema;

import java.util.Base64;
import java.util.Optional;

/// Bytes as text (RFC 7643 §2.3.6): base64 of RFC 4648 §4, whose padding a client may leave out.
final class Binaries {

    private Binaries() {}

    /// The one spelling of these bytes, with its padding; empty when the text is not base64.
    static Optional<String> canonical(String text) {
        try {
            return Optional.of(
                    Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package dev.rolewright.credential;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A secret text that prints as `***` wherever it ends up: in a log line, an exception, a record, a JSON document.
///
/// It is a class and not a record on purpose: a record would hand its value to every serializer through its accessor.
/// The one way to the text is [#reveal()], which is easy to search for.
public final class Secret {

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(text);
    }

    /// Hands out the clear text: for the reply that shows a new token once, and for nothing that is kept.
    public String reveal() {
        return text;
    }

    public int length() {
        return text.length();
    }

    /// Compares in a time that does not depend on where the two texts differ.
    public boolean matches(Secret other) {
        return MessageDigest.isEqual(bytes(), other.bytes());
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && matches(secret);
    }

    /// The same for every secret, because a hash code is a small leak; secrets are not meant to be keys of a map.
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}

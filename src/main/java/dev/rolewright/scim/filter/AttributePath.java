package dev.rolewright.scim.filter;

import dev.rolewright.scim.ScimProblem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An attribute as a client wrote it: an optional schema URN, a name and an optional sub-attribute
/// (`attrPath` of RFC 7644 §3.4.2.2). Not yet held against a schema; {@link Resolved} is.
///
/// A URN ends at the last colon, so the dots of its version number are not mistaken for a sub-attribute. That
/// makes a bare extension URN such as `urn:…:enterprise:2.0:User` read as an attribute `User` of a schema
/// `urn:…:enterprise:2.0` (or, when what follows cannot be a name, as the whole URN with an empty name):
/// grammar alone cannot tell. {@link Resolver#extension} knows the schemas and can.
public record AttributePath(
        @Nullable String urn, String name, @Nullable String sub) {

    static final String EXPECTED =
            "an attribute path such as userName, name.familyName or urn:example:schemas:1.0:User:costCenter";

    public static AttributePath of(String name) {
        return new AttributePath(null, name, null);
    }

    public static AttributePath of(String name, String sub) {
        return new AttributePath(null, name, sub);
    }

    /// Reads the whole text as one path: a `sortBy`, one entry of `attributes`, a PATCH path without a value
    /// filter. Anything else is an `invalidPath`.
    public static AttributePath parse(String text) {
        return read(text).orElseThrow(() -> ScimProblem.of(ScimProblem.Type.invalidPath, "expected " + EXPECTED));
    }

    static Optional<AttributePath> read(String text) {
        int colon = text.lastIndexOf(':');
        String urn = colon < 0 ? null : text.substring(0, colon);
        if (urn == null || uri(urn)) {
            int dot = text.indexOf('.', colon + 1);
            String name = text.substring(colon + 1, dot < 0 ? text.length() : dot);
            String sub = dot < 0 ? null : text.substring(dot + 1);
            if (attributeName(name) && (sub == null || attributeName(sub))) {
                return Optional.of(new AttributePath(urn, name, sub));
            }
        }
        return uri(text) ? Optional.of(new AttributePath(text, "", null)) : Optional.empty();
    }

    /// The spelling that parses back to this path.
    @Override
    public String toString() {
        if (urn != null && name.isEmpty()) {
            return urn;
        }
        return (urn == null ? "" : urn + ":") + name + (sub == null ? "" : "." + sub);
    }

    /// `ATTRNAME` of RFC 7643 §2.1, and `$` in front for `$ref`.
    static boolean attributeName(String text) {
        if (text.isEmpty() || !nameStart(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!nameStart(c) && !digit(c) && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    static boolean nameStart(char c) {
        return letter(c) || c == '$';
    }

    static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    /// What a path may hold: names, dots, and the characters of a URI that mean nothing else in a filter.
    static boolean pathCharacter(char c) {
        return letter(c) || digit(c) || "$-_.:/%~+@#?&=!*;,'".indexOf(c) >= 0;
    }

    private static boolean letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /// A scheme, a colon and something behind it (RFC 3986 §3).
    private static boolean uri(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || text.endsWith(":") || !letter(text.charAt(0))) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i < colon ? !letter(c) && !digit(c) && "+-.".indexOf(c) < 0 : !pathCharacter(c)) {
                return false;
            }
        }
        return true;
    }
}

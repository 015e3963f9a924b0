package dev.rolewright.web.scim;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.ScimProblem.Type;
import dev.rolewright.scim.StorableText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The parameters of a URL, decoded strictly: a percent sign that encodes nothing, bytes that are not
/// UTF-8 or a parameter given twice are refused rather than guessed at.
///
/// Only the parameters SCIM knows are looked at; RFC 7644 §3.4.2 wants others ignored, and Entra ID's feature flags
/// arrive among them.
final class QueryString {

    private static final Set<String> KNOWN = Set.of(
            "filter", "sortBy", "sortOrder", "startIndex", "count", "cursor", "attributes", "excludedAttributes");

    private static final QueryString EMPTY = new QueryString(Map.of());

    private final Map<String, String> values;

    private QueryString(Map<String, String> values) {
        this.values = values;
    }

    static QueryString parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return EMPTY;
        }
        Map<String, String> values = new HashMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (KNOWN.contains(name)
                    && values.put(name, equals < 0 ? "" : decode(name, pair.substring(equals + 1))) != null) {
                throw ScimProblem.of(Type.invalidSyntax, "The query parameter " + name + " is given twice.");
            }
        }
        return new QueryString(values);
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    private static String decode(String name, String encoded) {
        if (encoded.indexOf('%') < 0 && encoded.chars().allMatch(c -> c > 0 && c < 128)) {
            return encoded.replace('+', ' ');
        }
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length() * 3);
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = high >= 0 ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (low < 0) {
                    throw malformed(name);
                }
                bytes.put((byte) (high * 16 + low));
                i += 2;
            } else if (c < 128) {
                bytes.put((byte) (c == '+' ? ' ' : c));
            } else {
                throw malformed(name);
            }
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
            if (!StorableText.is(text)) {
                throw malformed(name);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw malformed(name);
        }
    }

    private static ScimProblem malformed(String name) {
        return ScimProblem.of(
                Type.invalidSyntax, "The query parameter " + name + " is not percent-encoded text in UTF-8.");
    }
}

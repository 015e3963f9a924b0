package dev.rolewright.web.auth;

import dev.rolewright.credential.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a client shows at the door: the secret in its `Authorization` header.
///
/// Three forms are understood: `Bearer` with a token, HTTP Basic with the token as the password (whatever the user
/// name), and the bare token, which is what Okta's header authentication sends when the admin typed only that.
final class Presented {

    private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S+)");
    private static final Pattern BASIC = Pattern.compile("(?i)basic +([A-Za-z0-9+/]+={0,2})");
    private static final Pattern BARE = Pattern.compile("[!-~]+");

    private Presented() {}

    /// Reads the header; empty when there is no secret in it.
    static Optional<Secret> secret(@Nullable String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        String header = authorization.strip();
        Matcher bearer = BEARER.matcher(header);
        if (bearer.matches()) {
            return Optional.of(Secret.of(bearer.group(1)));
        }
        Matcher basic = BASIC.matcher(header);
        if (basic.matches()) {
            return password(basic.group(1));
        }
        return BARE.matcher(header).matches() ? Optional.of(Secret.of(header)) : Optional.empty();
    }

    private static Optional<Secret> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 || colon + 1 == pair.length()
                    ? Optional.empty()
                    : Optional.of(Secret.of(pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

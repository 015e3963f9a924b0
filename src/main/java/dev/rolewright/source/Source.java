package dev.rolewright.source;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One connection of one identity provider.
///
/// @param name the part of the URL that names it, `/scim/{name}/v2`; it never changes, because the IdP has it typed in
/// @param closed since when nothing is let into this source any more; null while it is open
public record Source(
        int id, String name, Instant created, @Nullable Instant closed) {

    /// The source behind `/scim/v2`, present from the start.
    public static final String DEFAULT = "default";

    // No underscore: Okta refuses base URLs that hold one. No "v2": it would read like the version in /scim/v2.
    private static final Pattern NAME = Pattern.compile("(?!v[0-9]+$)[a-z][a-z0-9-]{0,62}");

    public Source {
        if (!isName(name)) {
            throw new IllegalArgumentException(NAME_RULE);
        }
    }

    static final String NAME_RULE = "A source name has 1 to 63 lower-case letters, digits and hyphens, begins with a"
            + " letter, and is not a version such as v2.";

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Where the source of that name is reached, after the address of this server.
    public static String scimPath(String name) {
        return name.equals(DEFAULT) ? "/scim/v2" : "/scim/" + name + "/v2";
    }

    public boolean isClosed() {
        return closed != null;
    }
}

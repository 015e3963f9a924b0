package dev.rolewright.engine.postgres.words;

import dev.rolewright.model.RoleName;
import java.util.List;
import java.util.regex.Pattern;

/// The roles of our own on a server. Their names follow from the installation's and from nothing else.
///
/// @param marker every login that carries our mark is a member of it; it holds nothing
/// @param roleMarker the same for contract roles, so that these few are found without reading all logins
/// @param grantor makes roles and grants in its name; nobody logs in as it
/// @param registrar makes keepers, and is how our login becomes one (`Keepers`)
/// @param quarantine owns the code of leavers; it holds nothing and has no members, so that the code can do nothing
public record OwnRoles(
        RoleName marker, RoleName roleMarker, RoleName grantor, RoleName registrar, RoleName quarantine) {

    private static final Pattern INSTALLATION = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

    // The roles of `x_role` would be called like those of `x`.
    private static final Pattern OF_ANOTHER = Pattern.compile("_role$|_keeper_[0-9]");

    static OwnRoles of(String installation) {
        if (!INSTALLATION.matcher(installation).matches()
                || installation.startsWith("pg_")
                || OF_ANOTHER.matcher(installation).find()) {
            throw new IllegalArgumentException(
                    "An installation is named with 1 to 40 of a-z, 0-9, _ and -, a letter first, and not pg_;"
                            + " it does not end in _role or _keeper_ and a number.");
        }
        return new OwnRoles(
                new RoleName(installation + "_marker"),
                new RoleName(installation + "_role_marker"),
                new RoleName(installation + "_grantor"),
                new RoleName(installation + "_registrar"),
                new RoleName(installation + "_quarantine"));
    }

    public List<RoleName> all() {
        return List.of(marker, roleMarker, grantor, registrar, quarantine);
    }
}

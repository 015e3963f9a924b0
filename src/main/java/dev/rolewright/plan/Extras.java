package dev.rolewright.plan;

import dev.rolewright.model.Extra;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.RoleName;
import java.util.Map;
import java.util.Set;

/// What logins and contract roles have of their own by hand. Whoever has nothing, nearly everybody, is not listed.
public record Extras(Map<LoginName, Set<Extra>> logins, Map<RoleName, Set<Extra.OfServer>> roles) {

    public static final Extras NONE = new Extras(Map.of(), Map.of());

    public Extras {
        logins = Map.copyOf(logins);
        roles = Map.copyOf(roles);
    }
}

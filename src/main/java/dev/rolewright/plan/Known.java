package dev.rolewright.plan;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The logins of ours that were seen before, as they were written down: whoever takes a mark away by hand does not take
/// that away.
///
/// A server's own id of a login is never given twice by the same server. So a login is known again by both together,
/// whatever it is called and whatever its mark says.
public record Known(List<Login> logins) {

    public static final Known NOBODY = new Known(List.of());

    /// @param lineage of the server that it was seen on
    /// @param id the server's own id of it
    /// @param suspendedSince empty for one that may be used
    public record Login(String lineage, String id, PersonId person, LoginName name, Optional<Instant> suspendedSince) {}

    public Known {
        logins = List.copyOf(logins);
    }

    /// Those of one server, by their ids, on whatever day they were seen. What two people would have to share
    /// tells nothing of either.
    public Map<String, Login> on(String identity) {
        Map<String, Login> known = new HashMap<>();
        Set<String> disputed = new HashSet<>();
        for (Login login : logins) {
            if (Server.isOf(identity, login.lineage())) {
                Login other = known.putIfAbsent(login.id(), login);
                if (other != null && !other.person().equals(login.person())) {
                    disputed.add(login.id());
                }
            }
        }
        known.keySet().removeAll(disputed);
        return known;
    }
}

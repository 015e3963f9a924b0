package dev.rolewright.plan;

import dev.rolewright.model.LoginName;
import java.util.Map;
import java.util.Set;

/// What is on the server without our mark: told of, never touched.
///
/// @param logins those that somebody made and that can log in, but for our own; all of them when the whole target was
/// looked at
/// @param roles how many there are that cannot
/// @param names the names in use without our mark, so that nothing is created over them: all of them when the
/// whole target was looked at, otherwise those that are, in whatever case, among the scope's names. Something
/// whose mark is damaged is a stranger.
/// @param lost what has the id of a login that is [Known] and nothing else that speaks for it, with its name now
public record Strangers(Set<LoginName> logins, long roles, Set<String> names, Map<String, LoginName> lost) {

    public static final Strangers NONE = new Strangers(Set.of(), 0, Set.of());

    public Strangers {
        logins = Set.copyOf(logins);
        names = Set.copyOf(names);
        lost = Map.copyOf(lost);
    }

    public Strangers(Set<LoginName> logins, long roles, Set<String> names) {
        this(logins, roles, names, Map.of());
    }
}

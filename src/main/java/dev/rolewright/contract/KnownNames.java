package dev.rolewright.contract;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The names that logins of one target have, so that few people can be asked about without reading the names of all.
///
/// Answers do not change during one derivation.
public interface KnownNames {

    /// The names of those who are asked about, by person; a name stays with its person.
    Map<PersonId, LoginName> theirs();

    /// Which of these looks some login of the target has, whoever's it is. It is asked at most a few times,
    /// with the looks of all newcomers at once. A look that a dropped login had counts, where names are not to
    /// be given twice.
    Set<Look> taken(Collection<Look> looks);

    /// All names of a target.
    static KnownNames all(Map<PersonId, LoginName> names) {
        Map<PersonId, LoginName> all = Map.copyOf(names);
        Set<Look> taken = all.values().stream().map(Look::of).collect(Collectors.toUnmodifiableSet());
        return new KnownNames() {
            @Override
            public Map<PersonId, LoginName> theirs() {
                return all;
            }

            @Override
            public Set<Look> taken(Collection<Look> looks) {
                return looks.stream().filter(taken::contains).collect(Collectors.toSet());
            }
        };
    }
}

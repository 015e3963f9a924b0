package dev.rolewright.orphan;

import static java.util.stream.Collectors.toMap;

import dev.rolewright.contract.Look;
import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.orphan.Orphan.Guess;
import dev.rolewright.orphan.Orphan.Match;
import dev.rolewright.orphan.Orphan.Presence;
import dev.rolewright.reconcile.login.Logins;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Whose logins may be that are not ours: whoever goes by that name somewhere.
@ApplicationScoped
class Guesses {

    private final Identities identities;
    private final Logins logins;

    Guesses(Identities identities, Logins logins) {
        this.identities = identities;
        this.logins = logins;
    }

    /// Names that nobody goes by, and those that too many do, have no guess.
    Map<LoginName, List<Guess>> of(Collection<LoginName> names) {
        Map<LoginName, Map<PersonId, Set<Match>>> found = new HashMap<>();
        byLook(names, found);
        byIdentity(names, found);
        Set<PersonId> people = new HashSet<>();
        found.values().forEach(some -> people.addAll(some.keySet()));
        Map<PersonId, Presence> presence = identities.known(people).stream()
                .collect(toMap(Identities.Known::person, it -> it.active() ? Presence.ACTIVE : Presence.INACTIVE));
        Map<LoginName, List<Guess>> guesses = new HashMap<>();
        found.forEach((name, some) -> guesses.put(
                name,
                some.entrySet().stream()
                        .map(each -> new Guess(
                                each.getKey(), each.getValue(), presence.getOrDefault(each.getKey(), Presence.UNKNOWN)))
                        .toList()));
        return guesses;
    }

    private void byLook(Collection<LoginName> names, Map<LoginName, Map<PersonId, Set<Match>>> found) {
        Map<Look, Set<PersonId>> people =
                logins.looking(names.stream().map(Look::of).toList());
        names.forEach(name -> add(found, name, Match.LOGIN_NAME, people.getOrDefault(Look.of(name), Set.of())));
    }

    private void byIdentity(Collection<LoginName> names, Map<LoginName, Map<PersonId, Set<Match>>> found) {
        List<LoginName> sayable =
                names.stream().filter(name -> Identity.isName(name.value())).toList();
        List<Identity> asked = new ArrayList<>();
        sayable.forEach(name -> {
            asked.add(Identity.of(Key.USER_NAME, name.value()));
            asked.add(Identity.of(Key.EMAIL, name.value()));
        });
        Map<Identity, Set<PersonId>> people = identities.people(asked);
        Map<String, Set<PersonId>> beforeAt = identities.beforeAt(asked.stream()
                .filter(it -> it.key() == Key.USER_NAME)
                .map(Identity::value)
                .toList());
        sayable.forEach(name -> {
            Identity userName = Identity.of(Key.USER_NAME, name.value());
            Identity email = Identity.of(Key.EMAIL, name.value());
            add(found, name, Match.USER_NAME, people.getOrDefault(userName, Set.of()));
            add(found, name, Match.USER_NAME_LOCAL_PART, beforeAt.getOrDefault(userName.value(), Set.of()));
            add(found, name, Match.EMAIL, people.getOrDefault(email, Set.of()));
        });
    }

    private static void add(
            Map<LoginName, Map<PersonId, Set<Match>>> found, LoginName name, Match match, Set<PersonId> people) {
        if (people.size() <= Identities.MOST) {
            people.forEach(person -> found.computeIfAbsent(name, _ -> new TreeMap<>())
                    .computeIfAbsent(person, _ -> EnumSet.noneOf(Match.class))
                    .add(match));
        }
    }
}

package dev.rolewright.reconcile.look;

import dev.rolewright.contract.Derivation;
import dev.rolewright.contract.KnownNames;
import dev.rolewright.contract.Look;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Observed;
import dev.rolewright.reconcile.login.LoginRow;
import dev.rolewright.reconcile.login.MarkedLogins;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Which names people have on one target: what is written down, corrected by what was seen.
///
/// A login that was seen once is known by its row, so that a rename by hand is a change to undo. Before that the
/// server knows better: a mark there tells of a login that the store has lost, and a name that a stranger has is
/// given up.
public final class Names implements KnownNames {

    private final Map<PersonId, LoginName> theirs;
    private final Set<Look> seen;
    private final Function<Collection<Look>, Set<Look>> written;

    private Names(Map<PersonId, LoginName> theirs, Set<Look> seen, Function<Collection<Look>, Set<Look>> written) {
        this.theirs = theirs;
        this.seen = seen;
        this.written = written;
    }

    /// @param written which looks are written down for anybody
    public static Names of(Map<PersonId, LoginName> theirs, Function<Collection<Look>, Set<Look>> written) {
        return new Names(theirs, Set.of(), written);
    }

    Names correctedBy(Observed observed, Map<PersonId, LoginRow> rows) {
        Set<PersonId> givenUp = new HashSet<>();
        Map<PersonId, LoginName> found = new HashMap<>();
        Set<Look> looks = new HashSet<>(seen);
        Set<String> others = others(observed);
        rows.forEach((person, row) -> {
            if (!row.isFact() && others.contains(row.name().folded())) {
                givenUp.add(person);
            }
        });
        others.forEach(name -> looks.add(Look.of(new LoginName(name))));
        MarkedLogins.byPerson(observed, theirs).forEach((person, login) -> {
            LoginRow row = rows.get(person);
            if (row == null || !row.isFact()) {
                found.put(person, login.state().name());
                looks.add(Look.of(login.state().name()));
            }
        });
        settle(found, givenUp, rows);
        if (givenUp.isEmpty() && found.isEmpty()) {
            return new Names(theirs, looks, written);
        }
        Map<PersonId, LoginName> corrected = new HashMap<>(theirs);
        corrected.keySet().removeAll(givenUp);
        corrected.putAll(found);
        return new Names(corrected, looks, written);
    }

    /// Whether what was derived from these names before they were corrected is derived from them now, too. Whoever
    /// has a name keeps it; and what a newcomer was given is still the first that is free, unless it was seen.
    boolean confirm(Names others, Derivation derived) {
        return theirs.equals(others.theirs)
                && derived.desired().logins().values().stream()
                        .filter(login -> !theirs.containsKey(login.person()))
                        .noneMatch(login -> seen.contains(Look.of(login.name())));
    }

    /// The name that somebody was found with is nobody else's, but for whoever is known by it and was called
    /// otherwise by hand.
    private void settle(Map<PersonId, LoginName> found, Set<PersonId> givenUp, Map<PersonId, LoginRow> rows) {
        if (found.isEmpty()) {
            return;
        }
        Map<LoginName, PersonId> finders = new HashMap<>();
        found.forEach((person, name) -> finders.put(name, person));
        theirs.forEach((person, name) -> {
            PersonId finder = finders.getOrDefault(name, person);
            LoginRow row = rows.get(person);
            if (finder.equals(person)) {
                return;
            }
            if (row != null && row.isFact()) {
                found.remove(finder);
            } else {
                givenUp.add(person);
            }
        });
    }

    @Override
    public Map<PersonId, LoginName> theirs() {
        return theirs;
    }

    @Override
    public Set<Look> taken(Collection<Look> looks) {
        Set<Look> taken = new HashSet<>(written.apply(looks));
        looks.stream().filter(seen::contains).forEach(taken::add);
        return taken;
    }

    /// Everything on the server that is not a login of ours, in one spelling.
    private static Set<String> others(Observed observed) {
        Set<String> others = new HashSet<>();
        observed.strangers().names().forEach(name -> others.add(new RoleName(name).folded()));
        observed.contractRoles().forEach(role -> others.add(role.folded()));
        observed.server().own().forEach(role -> others.add(role.folded()));
        return others;
    }
}

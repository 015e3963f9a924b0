package dev.rolewright.plan;

import dev.rolewright.model.LoginName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Several logins that change their names at once: who gives a name up goes before who takes it, and names that
/// are exchanged go round over one that nobody has.
final class Renames {

    private final Set<LoginName> occupied;
    private final Predicate<LoginName> taken;
    private final Map<LoginName, Wish> wishes = new TreeMap<>();
    private final List<Step.RenameLogin> steps = new ArrayList<>();
    private final Set<LoginName> refused = new HashSet<>();

    private record Wish(Account account, LoginName to) {}

    /// @param occupied the names of our logins
    /// @param taken whether somebody else has a name
    Renames(Set<LoginName> occupied, Predicate<LoginName> taken) {
        this.occupied = new HashSet<>(occupied);
        this.taken = taken;
    }

    void wish(Account account, LoginName to) {
        wishes.put(account.login(), new Wish(account, to));
    }

    /// The steps in order. Afterwards [#isRefused] knows who had to stay.
    List<Step.RenameLogin> resolve() {
        refuseTheHopeless();
        while (!wishes.isEmpty()) {
            Optional<Wish> next = wishes.values().stream()
                    .filter(wish -> !occupied.contains(wish.to()))
                    .findFirst();
            if (next.isPresent()) {
                wishes.remove(next.get().account().login());
                move(next.get().account(), next.get().to());
            } else {
                stepAside(wishes.values().iterator().next());
            }
        }
        return steps;
    }

    /// Whether a login has to keep its name because the one it should have is not to be had.
    boolean isRefused(LoginName from) {
        return refused.contains(from);
    }

    private boolean isFree(LoginName name) {
        return !taken.test(name) && !occupied.contains(name);
    }

    private void refuseTheHopeless() {
        List<LoginName> hopeless;
        do {
            hopeless = wishes.entrySet().stream()
                    .filter(wish -> taken.test(wish.getValue().to())
                            || (occupied.contains(wish.getValue().to())
                                    && !wishes.containsKey(wish.getValue().to())))
                    .map(Map.Entry::getKey)
                    .toList();
            hopeless.forEach(wishes::remove);
            refused.addAll(hopeless);
        } while (!hopeless.isEmpty());
    }

    private void stepAside(Wish wish) {
        String start = "moving-" + wish.account().person().toString().substring(0, 18);
        LoginName aside = new LoginName(start);
        for (int i = 2; !isFree(aside); i++) {
            aside = new LoginName(start + "-" + i);
        }
        wishes.remove(wish.account().login());
        move(wish.account(), aside);
        wishes.put(aside, new Wish(wish.account().named(aside), wish.to()));
    }

    private void move(Account account, LoginName to) {
        steps.add(new Step.RenameLogin(account, to));
        occupied.remove(account.login());
        occupied.add(to);
    }
}

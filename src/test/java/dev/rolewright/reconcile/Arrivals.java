package dev.rolewright.reconcile;

import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Step;
import dev.rolewright.reconcile.login.KnownLogin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Somebody who is there, and many who come, here one person to a portion. What happens meanwhile is pushed while a
/// certain one of them is made, and is marked before the next.
final class Arrivals {

    static final int MANY = 6;

    final Scene scene;
    final PersonId ada;
    final List<PersonId> people = new ArrayList<>();
    private final Map<PersonId, Runnable> meanwhile = new HashMap<>();

    Arrivals(Premises premises) {
        scene = new Scene(premises, new FakeEngine());
        ada = scene.employed("ada");
        scene.server.opensSessions(ada, 1);
        scene.server.refuses = step -> {
            if (step instanceof Step.CreateLogin(var account, var _) && meanwhile.containsKey(account.person())) {
                meanwhile.remove(account.person()).run();
                scene.rig.fanOut.drain();
            }
            return Optional.empty();
        };
    }

    void hire() {
        for (int i = 0; i < MANY; i++) {
            people.add(scene.idp.hires("n" + i));
        }
        scene.idp.adds(scene.readers, people);
    }

    void whileMaking(int person, Runnable what) {
        meanwhile.put(people.get(person), what);
    }

    /// Whether nothing is left that was to happen.
    boolean isOver() {
        return meanwhile.isEmpty();
    }

    /// What was to happen and did not yet happens now.
    void letRestHappen() {
        List<Runnable> rest = List.copyOf(meanwhile.values());
        meanwhile.clear();
        rest.forEach(Runnable::run);
        scene.rig.fanOut.drain();
    }

    boolean isActive(PersonId person) {
        return scene.server.login(person).orElseThrow().state().isActive();
    }

    boolean isLocked(PersonId person) {
        return scene.known(person)
                .filter(login ->
                        login.state() == KnownLogin.State.LOCKED || login.state() == KnownLogin.State.SUSPENDED)
                .isPresent();
    }

    /// When the login of one of them was made, among all that was done.
    int making(int person) {
        return place(Step.CreateLogin.class, people.get(person));
    }

    /// When something was done first.
    int place(Class<? extends Step> kind, PersonId person) {
        for (int i = 0; i < scene.server.performed.size(); i++) {
            Step step = scene.server.performed.get(i);
            if (kind.isInstance(step) && step.person().equals(Optional.of(person))) {
                return i;
            }
        }
        throw new AssertionError(kind.getSimpleName() + " of " + person + " is missing: " + scene.server.performed);
    }

    /// Of how many the login was made.
    int made() {
        return (int) scene.server.performed.stream()
                .filter(step ->
                        step instanceof Step.CreateLogin(var account, var _) && people.contains(account.person()))
                .count();
    }

    long marks() {
        return number("SELECT count(*) FROM dirty WHERE target = '%s'");
    }

    long marks(PersonId person) {
        return number("SELECT count(*) FROM dirty WHERE target = '%s' AND person = '" + person + "'");
    }

    long proven() {
        return number("SELECT count(*) FROM receipt WHERE verdict AND target = '%s'");
    }

    /// The steps about a person that are told to have ended so.
    long told(String action, PersonId person) {
        return number("SELECT count(*) FROM audit_event WHERE action = '" + action + "' AND subject_id = '" + person
                + "' AND detail ->> 'target' = '%s'");
    }

    long number(String query) {
        return scene.number(query.replace("%s", scene.target.value()));
    }
}

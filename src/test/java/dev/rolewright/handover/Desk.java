package dev.rolewright.handover;

import dev.rolewright.amendment.Offer;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Account;
import dev.rolewright.reconcile.Rig;
import dev.rolewright.reconcile.Scene;
import dev.rolewright.reconcile.work.Crew;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What ends passwords, put together by hand beside a process that reconciles.
final class Desk {

    final PasswordBook book;
    final Endings endings;
    final PasswordEnds ends;
    private final Scene scene;

    Desk(Scene scene) {
        this(scene, scene.rig);
    }

    /// @param rig a process that looks after more than the scene's target
    Desk(Scene scene, Rig rig) {
        this.scene = scene;
        book = new PasswordBook(rig.store);
        endings = new Endings(rig::active, book, rig.sessions, rig.site.trail(), rig.store);
        ends = new PasswordEnds(endings, book, rig.sessions, new Crew(), rig.config, rig.meters);
    }

    /// A contract with one target, where nobody earns anything.
    ///
    /// @param lifecycle how passwords are given there
    static Offer offer(String target, String lifecycle) {
        return new Offer(List.of(new SourceFile("contract.yaml", """
                contract: 1
                environments: {test: {}}
                targets:
                  %1$s: {engine: postgresql, environment: test, databases: [nowhere], drift: revert}
                roles:
                  reader: {kind: read-only, purpose: p, owner: us, target: %1$s}
                lifecycle: {login: "{userName.local}", grace: P30D, %2$s}
                """.formatted(target, lifecycle))), "a test");
    }

    /// Writes down that somebody is being given a password.
    ///
    /// @param sessions whether what it lets in ends with it
    /// @return the number of the row
    long expect(PersonId person, Instant end, boolean sessions) {
        return book.expect(person, List.of(scene.target), end, sessions, Optional.empty())
                .getFirst()
                .id();
    }

    /// Gives somebody a password.
    void given(PersonId person, Instant end, boolean sessions) {
        if (!book.confirm(expect(person, end, sessions))) {
            throw new AssertionError("All passwords were ended meanwhile.");
        }
    }

    /// Ends what is due on the target.
    void turn() {
        Target target = scene.rig.contract(9, scene.text()).contract().target(scene.target);
        boolean more = true;
        while (more) {
            more = endings.turn(target);
        }
    }

    /// Whose password was taken, as often as it was.
    List<PersonId> withdrawn() {
        return List.copyOf(scene.server.withdrawn).stream().map(Account::person).toList();
    }
}

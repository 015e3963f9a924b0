package dev.rolewright.reconcile.pass;

import dev.rolewright.model.TargetName;
import dev.rolewright.reconcile.aftermath.Aftermath;
import dev.rolewright.reconcile.hold.Intent;
import dev.rolewright.reconcile.login.LoginBook;
import dev.rolewright.reconcile.proof.Proofs;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Lets passes hear who is marked while they are made.
@ApplicationScoped
class Interludes {

    private final Queue queue;
    private final LoginBook logins;
    private final Journal journal;
    private final Consumer<TargetName> proofs;

    @Inject
    Interludes(Queue queue, LoginBook logins, Journal journal, Proofs proofs) {
        this(queue, logins, journal, proofs::ring);
    }

    /// @param proofs is told of a target where something was taken
    Interludes(Queue queue, LoginBook logins, Journal journal, Consumer<TargetName> proofs) {
        this.queue = queue;
        this.logins = logins;
        this.journal = journal;
        this.proofs = proofs;
    }

    /// @param within makes a pass in the session of the one under way
    Interlude of(Intent intent, List<Portion> portions, Aftermath after, Function<Work, Ended> within) {
        return new Interlude(queue, logins, journal, proofs, intent, portions, after, within);
    }
}

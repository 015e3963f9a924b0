package dev.rolewright.reconcile.aftermath;

import dev.rolewright.model.LoginName;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Server;
import dev.rolewright.reconcile.login.LoginRow;
import java.util.Optional;

/// What became of a login that we knew and that is not found among ours.
final class Whereabouts {

    private static final String LOST_MARK = " carries our mark no more, so it is left as it is, with whatever access it"
            + " has: the mark can be put back, or an administrator of the server can lock it";

    private static final String REPLACED =
            " was dropped by hand, and something that is not ours has its name: it is left"
                    + " as it is, with whatever access it has";

    private final Observed observed;

    Whereabouts(Observed observed) {
        this.observed = observed;
    }

    /// Whether it is there without its mark: neither ours to touch, nor gone.
    boolean isStranger(LoginRow before) {
        return before.isConfirmed()
                && before.state() != LoginRow.State.DROPPED
                && (lost(before).isPresent()
                        || observed.strangers().names().contains(before.name().value()));
    }

    /// What is told of one that is a stranger now.
    String loss(LoginRow before) {
        Optional<LoginName> lost = lost(before);
        boolean replaced = lost.isEmpty() && isHere(before);
        return replaced ? before.name() + REPLACED : lost.orElse(before.name()) + LOST_MARK;
    }

    /// What something is called that has the id of a login that we knew.
    private Optional<LoginName> lost(LoginRow before) {
        return before.serverId()
                .filter(_ -> isHere(before))
                .map(observed.strangers().lost()::get);
    }

    private boolean isHere(LoginRow before) {
        String identity = observed.server().identity();
        return before.server().filter(it -> Server.isOf(identity, it)).isPresent();
    }
}

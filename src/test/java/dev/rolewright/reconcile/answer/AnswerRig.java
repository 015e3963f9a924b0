package dev.rolewright.reconcile.answer;

import dev.rolewright.audit.AuditLog;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.hold.HeldSteps;
import dev.rolewright.reconcile.login.LoginBook;
import dev.rolewright.reconcile.look.People;
import dev.rolewright.reconcile.targets.Targets;

/// What one process tells, put together by hand.
public final class AnswerRig {

    private AnswerRig() {}

    public static Reviews reviews(People people) {
        return new Reviews(people);
    }

    public static LeftLogins leftLogins(
            LoginBook logins, People people, Sessions sessions, AuditLog trail, HeldSteps holds, Targets targets) {
        return new LeftLogins(logins, people, sessions, trail, holds, targets);
    }
}

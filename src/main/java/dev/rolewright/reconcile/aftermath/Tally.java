package dev.rolewright.reconcile.aftermath;

import dev.rolewright.plan.Census;
import dev.rolewright.plan.Step;

/// By how much what there is on a target changed with the steps that were done.
final class Tally {

    private long logins;
    private long active;
    private long memberships;

    void count(Step step) {
        switch (step) {
            case Step.CreateLogin(var _, var since) -> {
                logins++;
                active += since.isEmpty() ? 1 : 0;
            }
            case Step.DropLogin _ -> logins--;
            case Step.SuspendLogin _ -> active--;
            case Step.ResumeLogin _ -> active++;
            case Step.Join _ -> memberships++;
            case Step.Leave _ -> memberships--;
            case Step.MarkLogin _,
                    Step.RenameLogin _,
                    Step.EndSessions _,
                    Step.StampSuspension _,
                    Step.StripLogin _,
                    Step.OfRole _,
                    Step.OfTable _ -> {}
        }
    }

    Census after(Census before) {
        return new Census(
                Math.max(0, before.logins() + logins),
                Math.max(0, before.active() + active),
                Math.max(0, before.memberships() + memberships));
    }
}

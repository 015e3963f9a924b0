package dev.rolewright.plan;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who has to wait when some steps of a plan are not performed: a name that a withheld step does not give up
/// cannot be taken by the next.
final class Succession {

    private Succession() {}

    /// The people whose login cannot be created or renamed yet.
    static Set<PersonId> waiting(List<Step> steps, Set<Step> withheld) {
        Set<PersonId> waiting = new HashSet<>();
        int before;
        do {
            before = waiting.size();
            extend(waiting, steps, withheld);
        } while (waiting.size() > before);
        return waiting;
    }

    // Who steps aside in a ring of names is known to wait only at the ring's end, so this is done until nobody
    // is added.
    private static void extend(Set<PersonId> waiting, List<Step> steps, Set<Step> withheld) {
        Set<LoginName> kept = new HashSet<>();
        for (Step step : steps) {
            switch (step) {
                case Step.DropLogin(Account account, var _, var _)
                when withheld.contains(step) -> kept.add(account.login());
                case Step.RenameLogin(Account account, LoginName to)
                when withheld.contains(step) || kept.contains(to) || waiting.contains(account.person()) -> {
                    waiting.add(account.person());
                    kept.add(account.login());
                }
                case Step.CreateLogin(Account account, var _)
                when kept.contains(account.login()) -> waiting.add(account.person());
                case Step.DropLogin _, Step.RenameLogin _, Step.CreateLogin _ -> {}
                // Nobody's name changes with any of these.
                case Step.SuspendLogin _, Step.EndSessions _, Step.StampSuspension _, Step.ResumeLogin _ -> {}
                case Step.MarkLogin _, Step.OfMembership _, Step.StripLogin _, Step.OfRole _, Step.OfTable _ -> {}
            }
        }
    }
}

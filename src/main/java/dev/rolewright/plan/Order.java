package dev.rolewright.plan;

import dev.rolewright.model.Extra;
import dev.rolewright.plan.Step.AddPolicy;
import dev.rolewright.plan.Step.CreateLogin;
import dev.rolewright.plan.Step.CreateRole;
import dev.rolewright.plan.Step.DropLogin;
import dev.rolewright.plan.Step.DropRole;
import dev.rolewright.plan.Step.EndSessions;
import dev.rolewright.plan.Step.Exclude;
import dev.rolewright.plan.Step.GrantDefault;
import dev.rolewright.plan.Step.GrantPrivilege;
import dev.rolewright.plan.Step.Include;
import dev.rolewright.plan.Step.Join;
import dev.rolewright.plan.Step.Leave;
import dev.rolewright.plan.Step.MarkLogin;
import dev.rolewright.plan.Step.ProtectRows;
import dev.rolewright.plan.Step.RemovePolicy;
import dev.rolewright.plan.Step.RenameLogin;
import dev.rolewright.plan.Step.ResumeLogin;
import dev.rolewright.plan.Step.RevokeDefault;
import dev.rolewright.plan.Step.RevokePrivilege;
import dev.rolewright.plan.Step.StampSuspension;
import dev.rolewright.plan.Step.SuspendLogin;
import dev.rolewright.plan.Step.UnprotectRows;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The safe order of steps: first the marks, without which nothing is touched, then everything that takes (suspend,
/// end sessions, revoke, drop), then everything that gives (create, limit rows, grant, join, resume).
///
/// A revoke stands before a grant also because a privilege that is revoked on a table goes from its columns.
final class Order {

    private record Place(int phase, String key, Line line) {}

    private Order() {}

    /// The same lines in order. Renames keep their order among themselves: one makes room for the next.
    static List<Line> safe(List<Line> lines) {
        Set<Account> leavers = leavers(lines);
        return lines.stream()
                .map(line -> new Place(phase(line.step(), leavers), key(line.step()), line))
                .sorted(Comparator.comparingInt(Place::phase).thenComparing(Place::key))
                .map(Place::line)
                .toList();
    }

    /// The logins whose people are shut out.
    static Set<Account> leavers(List<Line> lines) {
        return lines.stream()
                .flatMap(line -> line.step() instanceof Step.OfLogin of && of.shutsOut()
                        ? Stream.of(of.account())
                        : Stream.<Account>empty())
                .collect(Collectors.toSet());
    }

    private static int phase(Step step, Set<Account> leavers) {
        return switch (step) {
            case MarkLogin _ -> -1;
            case SuspendLogin _ -> 0;
            // Who leaves must be out before anything is revoked; who moves must have lost the role, and the role
            // what it includes, before the session ends, or the next one would find it again.
            case EndSessions(Account account) -> leavers.contains(account) ? 1 : 9;
            case Leave _, Step.StripRole _ -> 2;
            case Step.StripLogin(var _, Extra.OfServer _) -> 2;
            case DropLogin _ -> 3;
            case Exclude _ -> 4;
            case RevokeDefault _ -> 5;
            case RevokePrivilege _ -> 6;
            case Step.StripLogin(var _, Extra.OfDatabase _) -> 6;
            case RemovePolicy _ -> 7;
            case DropRole _ -> 8;
            case RenameLogin _ -> 10;
            case CreateRole _ -> 11;
            case ProtectRows _ -> 12;
            case AddPolicy _ -> 13;
            case GrantPrivilege _ -> 14;
            case GrantDefault _ -> 15;
            case Include _ -> 16;
            case CreateLogin _ -> 17;
            case StampSuspension _ -> 18;
            case Join _ -> 19;
            case ResumeLogin _ -> 20;
            case UnprotectRows _ -> 21;
        };
    }

    // Members of one role stand together, so that one statement can serve them.
    private static String key(Step step) {
        return switch (step) {
            case Join(Account account, var membership) -> membership.role() + "\0" + account;
            case Leave(Account account, var membership) ->
                membership.role() + "\0" + account + "\0" + membership.grantor();
            case Step.StripLogin strip -> strip.label();
            case RenameLogin _ -> "";
            case Step.OfLogin other -> other.account().login().value();
            case Step.OfRole _, Step.OfTable _ -> step.label();
        };
    }
}

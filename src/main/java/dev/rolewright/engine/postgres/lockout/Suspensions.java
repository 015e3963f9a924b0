package dev.rolewright.engine.postgres.lockout;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.batch.Batches;
import dev.rolewright.engine.postgres.batch.Outcomes;
import dev.rolewright.engine.postgres.translation.RoleBook;
import dev.rolewright.engine.postgres.translation.Seen;
import dev.rolewright.engine.postgres.translation.Translation;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Waits;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Locks logins out, those first that nobody holds.
///
/// Whoever changes a login and does not end the transaction keeps everybody else from changing it. One who holds his
/// own loses his sessions. For what somebody else holds nobody waits: of such a login at least the lock is tried, for
/// which the comment is not needed that an open GRANT holds; what is then still missing is done when everything else
/// has been.
final class Suspensions {

    private static final int TRIES = 3;

    private final Context context;
    private final Connection connection;
    private final Outcomes outcomes;
    private final Translation translation;
    private final Set<Integer> locked = new HashSet<>();
    private final Set<Account> unmarked = new HashSet<>();
    private final List<Integer> late = new ArrayList<>();

    Suspensions(Context context, Connection connection, Outcomes outcomes, Translation translation) {
        this.context = context;
        this.connection = connection;
        this.outcomes = outcomes;
        this.translation = translation;
    }

    void perform(List<Integer> steps) throws SQLException {
        batches(translation, Waits.brief()).run(steps);
        List<Integer> held = held(steps);
        for (int tries = 0; tries < TRIES && !held.isEmpty(); tries++) {
            Map<String, Terminations.Login> logins = logins(held);
            List<String> ids = List.copyOf(logins.keySet());
            if (!Holders.of(connection, ids).isAmong(ids)) {
                break;
            }
            new Terminations(context, connection).end(logins, Set.of());
            again(held, translation, Waits.brief());
            held = held(held);
        }
        if (!held.isEmpty()) {
            late.addAll(held);
            Set<Account> marking =
                    held.stream().filter(this::marks).map(this::account).collect(Collectors.toSet());
            unmarked.addAll(marking);
            held.forEach(outcomes::tryAgain);
            List<Integer> locking = held.stream().filter(index -> !marks(index)).toList();
            batches(translation.onlyLocking(marking), Waits.brief()).run(locking);
            locking.stream().filter(outcomes::isDone).forEach(locked::add);
        }
    }

    /// What had to wait for others, at the end of everything.
    ///
    /// @return the logins that are suspended only now
    List<Account> finish() throws SQLException {
        Waits waits = Waits.upTo(context.reach().patience().lock());
        List<Account> suspended = new ArrayList<>();
        for (int index : late) {
            Account account = account(index);
            again(List.of(index), translation, waits);
            if (outcomes.isDone(index)) {
                if (!marks(index) && !locked.contains(index)) {
                    suspended.add(account);
                }
            } else if (locked.contains(index)) {
                outcomes.tryAgain(index);
                outcomes.done(index); // locked out; since when is written down after the next look
            } else if (outcomes.isBusy(index)) {
                Holders holders = Holders.of(
                        connection, List.copyOf(logins(List.of(index)).keySet()));
                outcomes.failed(
                        index,
                        new EngineFailure(
                                Kind.BUSY,
                                "55P03",
                                "Login " + account
                                        + (marks(index) ? " could not be marked. " : " could not be suspended. ")
                                        + holders.sentence(),
                                holders.remedy()));
            }
        }
        return suspended;
    }

    /// Whether it is ours although its mark has yet to be put back: whoever planned it knew it by its id.
    boolean isUnmarked(Account account) {
        return unmarked.contains(account);
    }

    private boolean marks(int index) {
        return outcomes.step(index) instanceof Step.MarkLogin;
    }

    private void again(List<Integer> steps, Translation how, Waits waits) {
        steps.forEach(outcomes::tryAgain);
        batches(how, waits).run(steps);
    }

    // A login whose mark has to be put back before it is locked has two steps.
    private List<Integer> held(List<Integer> steps) {
        Set<Account> busy =
                steps.stream().filter(outcomes::isBusy).map(this::account).collect(Collectors.toSet());
        return steps.stream()
                .filter(index -> !outcomes.isDone(index) && busy.contains(account(index)))
                .toList();
    }

    private Batches batches(Translation how, Waits waits) {
        return new Batches(connection, context.own().grantor(), how, outcomes, waits);
    }

    private Account account(int index) {
        return ((Step.OfLogin) outcomes.step(index)).account();
    }

    private Map<String, Terminations.Login> logins(List<Integer> steps) throws SQLException {
        Map<String, Account> accounts = new HashMap<>();
        steps.forEach(index -> accounts.put(account(index).login().value(), account(index)));
        RoleBook roles = RoleBook.read(
                context,
                connection,
                accounts.keySet(),
                accounts.values().stream().flatMap(it -> it.id().stream()).toList());
        Map<String, Terminations.Login> logins = new HashMap<>();
        accounts.forEach((name, account) -> {
            Seen seen = roles.find(name);
            if (seen != null
                    && account.id().filter(Long.toString(seen.id())::equals).isPresent()) {
                logins.put(
                        Long.toString(seen.id()), new Terminations.Login(account, Optional.ofNullable(seen.keeper())));
            }
        });
        return logins;
    }
}

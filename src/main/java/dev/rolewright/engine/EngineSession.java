package dev.rolewright.engine;

import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Known;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Origin;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A conversation with one server. It belongs to one thread at a time.
public interface EngineSession extends AutoCloseable {

    /// What is there now.
    ///
    /// @param known logins that are ours whatever became of their marks, as long as the server has the identity and
    /// the login the id, and something else speaks for it; those among them that are within the scope are looked
    /// for by their ids
    /// @throws EngineFailure when it cannot be read
    Observed observe(Scope scope, Known known);

    /// The same by the marks alone.
    default Observed observe(Scope scope) {
        return observe(scope, Known.NOBODY);
    }

    /// Since when what some steps would put right is as it is, and who made it so. It is for telling
    /// people, and asked only about what was changed by hand.
    ///
    /// @return what the server knows; a step of which it knows nothing may be missing
    /// @throws EngineFailure when it cannot be read
    Map<Step, Origin> origins(Collection<Step> steps);

    /// What is done here from now on belongs to this pass, and the server's own log can tell so.
    ///
    /// @throws EngineFailure when the server cannot be spoken to
    void announce(long pass);

    /// So many logins are about to be made from now on, in several calls. What they need together can be made at
    /// once; nothing but the time depends on it.
    void expect(int logins);

    /// Performs steps in their order and says of each, in the same order, what became of it.
    ///
    /// One bad step does not hold back the others, except those that need it, in this call or a later one of the
    /// session. What was done is durable when this returns. Steps may be performed together, but never so that a
    /// later step takes effect before a [Step.SuspendLogin] or [Step.EndSessions] that stands before it.
    ///
    /// @throws EngineFailure when the server as a whole does not take changes any more; what was done until then is
    /// found by the next look
    List<Outcome> perform(List<Step> steps);

    /// The server's own id of the person's login if it was made here by [#perform]. Of one that was
    /// there already it may be missing: the next look finds it.
    Optional<String> made(PersonId person);

    /// Leaves the number of a pass on the server, in place of the one before: [Observed#server] tells it from then
    /// on.
    ///
    /// @throws EngineFailure when the server does not take it
    void remember(long pass);

    /// Gives a login another password than it has. The server is told no more than what it needs to
    /// check it. Sessions that are open stay open.
    ///
    /// @param account with its id; a login that is suspended gets none
    /// @param until when the password ends, be anybody there to end it or not
    /// @param check is told the identity of the server before anything is done for good, and throws where it is
    /// another one than it should be
    /// @return how many sessions of the login are open
    /// @throws EngineFailure when the server does not take it; then the login has the password that it had
    int entrust(Account account, ScramVerifier verifier, Instant until, Consumer<String> check);

    /// Takes a login's password for good, whatever anybody did to its end. Sessions that are open stay open.
    ///
    /// @param account with its id
    /// @param end when the password was to end; what somebody sets without us from then on has ended, too
    /// @param still asked, with the server's identity, when the login is the caller's alone and nothing is done
    /// @return how many sessions of the login are open; empty when the password was not to be taken after all
    /// @throws EngineFailure when the server does not do it
    Optional<Integer> withdraw(Account account, Instant end, Predicate<String> still);

    /// Tries to log in as somebody who must not be able to, where that can be done without anybody's secret.
    Attempt attempt(Account account);

    @Override
    void close();
}

package dev.rolewright.handover;

import static java.util.stream.Collectors.toMap;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.audit.AuditEvent;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Lifecycle;
import dev.rolewright.contract.Lifecycle.Credentials;
import dev.rolewright.credential.Password;
import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.answer.AccessExplanations;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.login.RenamedLogins;
import dev.rolewright.reconcile.targets.Servers;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Makes passwords and sets them on targets. A password lives in the answer and nowhere else: it is
/// not kept for another try, and a target that did not take it never gets it.
@ApplicationScoped
@Startup
public class Passwords {

    /// Each takes a connection of the server's, which somebody else may need.
    static final int AT_ONCE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Contracts contracts;
    private final AccessExplanations access;
    private final Sessions sessions;
    private final RenamedLogins renamed;
    private final PasswordBook book;
    private final int iterations;
    private final Map<TargetName, Semaphore> turns = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    Passwords(
            Contracts contracts,
            AccessExplanations access,
            Sessions sessions,
            RenamedLogins renamed,
            PasswordBook book,
            PasswordConfig config) {
        this.contracts = contracts;
        this.access = access;
        this.sessions = sessions;
        this.renamed = renamed;
        this.book = book;
        this.iterations = config.iterations();
        if (iterations < ScramVerifier.FEWEST_ITERATIONS || iterations > ScramVerifier.MOST_ITERATIONS) {
            throw new IllegalArgumentException("rolewright.password.iterations must be "
                    + ScramVerifier.FEWEST_ITERATIONS + " to " + ScramVerifier.MOST_ITERATIONS + ".");
        }
    }

    /// Whether the contract says that people are given passwords.
    public boolean areGiven() {
        return contract().flatMap(it -> it.lifecycle().passwordLasts()).isPresent();
    }

    /// The targets on which somebody has a login that takes a password: it is there, and derived
    /// anew at this moment the person is to have it. Whoever has left and is only not locked out
    /// yet gets none.
    public List<TargetName> of(PersonId person) {
        return areGiven()
                ? access.loginsOf(Set.of(person), Passwords::isThere).getOrDefault(person, List.of())
                : List.of();
    }

    /// Those among these people who have such a login on a target.
    Set<PersonId> on(TargetName target, Set<PersonId> people) {
        return areGiven()
                ? access.loginsOf(
                                people,
                                login -> isThere(login) && login.target().equals(target))
                        .keySet()
                : Set.of();
    }

    /// A password that is about to be made.
    ///
    /// @param id of the row that knows its end
    /// @param account as it was known when that was written
    /// @param server the one that the target was on then, if it was ever seen
    record Begun(long id, TargetName target, Account account, Instant ends, Optional<String> server) {}

    /// Writes down when passwords will end, before any of them is made: by itself, or as part of the caller's
    /// transaction.
    ///
    /// @param targets some of [#of]
    /// @param asked what is written down with it
    List<Begun> begin(PersonId person, List<TargetName> targets, Optional<AuditEvent> asked) {
        Lifecycle lifecycle = contract().orElseThrow().lifecycle();
        Instant ends =
                Instant.now().plus(lifecycle.passwordLasts().orElseThrow()).truncatedTo(ChronoUnit.SECONDS);
        return book.expect(person, targets, ends, lifecycle.credentials() == Credentials.EPHEMERAL, asked);
    }

    /// Writes down what came of them, as part of the caller's transaction.
    ///
    /// @return what may be shown: a password is worth nothing when all of the person's were ended meanwhile
    List<PasswordResult> end(List<Begun> begun, List<PasswordResult> results) {
        Map<TargetName, Begun> all = begun.stream().collect(toMap(Begun::target, it -> it));
        return results.stream()
                .map(result -> end(Objects.requireNonNull(all.get(result.target())), result))
                .toList();
    }

    private PasswordResult end(Begun begun, PasswordResult result) {
        if (result instanceof PasswordResult.NotGiven) {
            book.discard(begun.id());
            return result;
        }
        return book.confirm(begun.id())
                ? result
                : new PasswordResult.NotGiven(
                        begun.target(), "Somebody has all your passwords ended just now; ask again soon.");
    }

    /// Gives somebody a new password and ends the old one.
    ///
    /// @param endSessions whether sessions that are open end, too
    PasswordResult give(Begun begun, boolean endSessions) {
        Secret password = Password.mint(random);
        ScramVerifier verifier = verifier(password); // before it is our turn: it takes as long as the server does
        Semaphore turn = turns.computeIfAbsent(begun.target(), _ -> new Semaphore(AT_ONCE, true));
        try {
            if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return new PasswordResult.NotGiven(
                        begun.target(), "Very many ask for a password just now; ask again soon.");
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            return new PasswordResult.NotGiven(begun.target(), "Rolewright is being stopped; ask again soon.");
        }
        try {
            return giveNow(begun, password, verifier, endSessions);
        } finally {
            turn.release();
        }
    }

    private ScramVerifier verifier(Secret password) {
        byte[] salt = new byte[ScramVerifier.SALT_BYTES];
        random.nextBytes(salt);
        return ScramVerifier.of(password, salt, iterations);
    }

    private PasswordResult giveNow(Begun begun, Secret password, ScramVerifier verifier, boolean endSessions) {
        Target target = contract().orElseThrow().target(begun.target());
        Consumer<String> check = seen -> Servers.check(begun.server(), seen);
        try (EngineSession session = sessions.open(target, Purpose.ENTRUST)) {
            Account account = begun.account();
            int open;
            try {
                open = session.entrust(account, verifier, begun.ends(), check);
            } catch (EngineFailure failure) {
                if (failure.kind() != EngineFailure.Kind.CHANGED_MEANWHILE) {
                    throw failure;
                }
                account =
                        renamed.find(session, begun.target(), account.person()).orElseThrow(Passwords::gone);
                open = session.entrust(account, verifier, begun.ends(), check);
            }
            boolean ended = endSessions
                    && session.perform(List.of(new Step.EndSessions(account))).equals(List.of(Outcome.DONE));
            return new PasswordResult.Given(begun.target(), account.login(), password, begun.ends(), ended ? 0 : open);
        } catch (EngineFailure failure) {
            return new PasswordResult.NotGiven(begun.target(), failure.sentence());
        }
    }

    private Optional<Contract> contract() {
        return contracts.active().map(ActiveContract::contract);
    }

    private static boolean isThere(KnownLogin login) {
        return login.serverId().isPresent()
                && login.state() != KnownLogin.State.SUSPENDED
                && login.state() != KnownLogin.State.LOCKED
                && login.state() != KnownLogin.State.DROPPED;
    }

    private static EngineFailure gone() {
        return new EngineFailure(
                EngineFailure.Kind.CHANGED_MEANWHILE,
                "The login is not there, or may not be used; it is looked after, so ask again soon.");
    }
}

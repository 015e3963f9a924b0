package dev.rolewright.reconcile;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Lifecycle.Credentials;
import dev.rolewright.credential.Password;
import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Makes passwords and sets them on targets. A password lives in the answer and nowhere else: it is
/// not kept for another try, and a target that did not take it never gets it.
@ApplicationScoped
public class Passwords {

    /// Each takes a connection of the server's, which somebody else may need.
    static final int AT_ONCE = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Contracts contracts;
    private final AccessExplanations access;
    private final Sessions sessions;
    private final LoginBook book;
    private final Servers servers;
    private final PasswordBook passwords;
    private final int iterations;
    private final Map<TargetName, Semaphore> turns = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    Passwords(
            Contracts contracts,
            AccessExplanations access,
            Sessions sessions,
            LoginBook book,
            Servers servers,
            PasswordBook passwords,
            PasswordConfig config) {
        this.contracts = contracts;
        this.access = access;
        this.sessions = sessions;
        this.book = book;
        this.servers = servers;
        this.passwords = passwords;
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
        if (!areGiven()) {
            return List.of();
        }
        return access.of(person).stream()
                .flatMap(it -> it.targets().stream())
                .filter(it -> it.wanted().isPresent())
                .filter(it -> it.login().filter(Passwords::isThere).isPresent())
                .map(AccessExplanation.OnTarget::target)
                .toList();
    }

    /// Gives somebody a new password on one of [#of] and ends the old one.
    ///
    /// @param endSessions whether sessions that are open end, too
    public PasswordResult give(PersonId person, TargetName name, boolean endSessions) {
        Semaphore turn = turns.computeIfAbsent(name, _ -> new Semaphore(AT_ONCE, true));
        try {
            if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return new PasswordResult.NotGiven(name, "Very many ask for a password just now; ask again soon.");
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
            return new PasswordResult.NotGiven(name, "Rolewright is being stopped; ask again soon.");
        }
        try {
            return giveNow(person, name, endSessions);
        } finally {
            turn.release();
        }
    }

    private PasswordResult giveNow(PersonId person, TargetName name, boolean endSessions) {
        Contract contract = contract().orElseThrow();
        Instant ends = Instant.now()
                .plus(contract.lifecycle().passwordLasts().orElseThrow())
                .truncatedTo(ChronoUnit.SECONDS);
        Secret password = Password.mint(random);
        byte[] salt = new byte[ScramVerifier.SALT_BYTES];
        random.nextBytes(salt);
        ScramVerifier verifier = ScramVerifier.of(password, salt, iterations);
        boolean ephemeral = contract.lifecycle().credentials() == Credentials.EPHEMERAL;
        long id = passwords.expect(name, person, ends, ephemeral);
        try (EngineSession session = sessions.open(contract.target(name), Purpose.ENTRUST)) {
            SeenLogin login = look(session, name, person);
            Account account = new Account(login.state().name(), person, Optional.of(login.id()));
            session.entrust(account, verifier, ends);
            if (!passwords.confirm(id)) {
                return new PasswordResult.NotGiven(
                        name, "Somebody has all your passwords ended just now; ask again soon.");
            }
            boolean ended = endSessions
                    && session.perform(List.of(new Step.EndSessions(account))).equals(List.of(Outcome.DONE));
            return new PasswordResult.Given(name, account.login(), password, ends, ended ? 0 : login.sessions());
        } catch (EngineFailure failure) {
            passwords.discard(id);
            return new PasswordResult.NotGiven(name, failure.sentence());
        }
    }

    private SeenLogin look(EngineSession session, TargetName target, PersonId person) {
        LoginRow row =
                Optional.ofNullable(book.of(target, Set.of(person)).get(person)).orElseThrow(Passwords::gone);
        Observed observed =
                session.observe(new Scope.Some(Set.of(person), Set.of(row.name())), LoginRow.known(List.of(row)));
        servers.check(target, observed);
        return Optional.ofNullable(MarkedLogins.byPerson(observed, Map.of(person, row.name()))
                        .get(person))
                .filter(login -> login.marked() && login.state().isActive())
                .orElseThrow(Passwords::gone);
    }

    private Optional<Contract> contract() {
        return contracts.active().map(ActiveContract::contract);
    }

    private static boolean isThere(KnownLogin login) {
        return login.serverId().isPresent()
                && login.state() != KnownLogin.State.SUSPENDED
                && login.state() != KnownLogin.State.DROPPED;
    }

    private static EngineFailure gone() {
        return new EngineFailure(
                EngineFailure.Kind.CHANGED_MEANWHILE,
                "",
                "The login is not there, or may not be used; it is looked after, so ask again soon.",
                Optional.empty());
    }
}

package dev.rolewright.engine.postgres;

import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.engine.Attempt;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.postgres.batch.Shortfalls;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.observation.Observation;
import dev.rolewright.engine.postgres.observation.Origins;
import dev.rolewright.engine.postgres.translation.Keepers;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Known;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Origin;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Step;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// A conversation with one cluster.
final class PostgresSession implements EngineSession {

    private final Purpose purpose;
    private final Context context;
    private final Connections connections;
    private final Map<PersonId, String> made = new HashMap<>();
    private final Shortfalls shortfalls = new Shortfalls();
    private final Keepers keepers;
    private final Optional<EngineFailure> unsafe;

    /// @param unsafe why nothing may be changed but that people are locked out
    PostgresSession(Purpose purpose, Context context, Connections connections, Optional<EngineFailure> unsafe) {
        this.purpose = purpose;
        this.context = context;
        this.connections = connections;
        this.keepers = new Keepers(context);
        this.unsafe = unsafe;
    }

    @Override
    public Observed observe(Scope scope, Known known) {
        return new Observation(context, connections).observe(scope, known);
    }

    @Override
    public Map<Step, Origin> origins(Collection<Step> steps) {
        return new Origins(context, connections).of(steps);
    }

    @Override
    public void announce(long pass) {
        connections.announce(pass);
    }

    @Override
    public void expect(int logins) {
        keepers.expect(logins);
    }

    @Override
    public List<Outcome> perform(List<Step> steps) {
        // Without the lock on the cluster nothing may be done that another one could undo meanwhile.
        if (purpose != Purpose.CHANGE && !steps.stream().allMatch(Step.EndSessions.class::isInstance)) {
            throw new IllegalStateException("A session that is to " + purpose + " changes nothing.");
        }
        Performance performance = new Performance(context, connections, steps, shortfalls, keepers, unsafe);
        List<Outcome> outcomes = performance.perform();
        made.putAll(performance.made());
        return outcomes;
    }

    @Override
    public Optional<String> made(PersonId person) {
        return Optional.ofNullable(made.get(person));
    }

    @Override
    public void remember(long pass) {
        try (Statement statement = connections.maintenance().createStatement()) {
            statement.execute("COMMENT ON ROLE " + Quoting.name(context.own().marker()) + " IS "
                    + Quoting.text(context.marks().own(pass)));
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public int entrust(Account account, ScramVerifier verifier, Instant until, Consumer<String> check) {
        if (unsafe.isPresent()) {
            throw unsafe.get();
        }
        return entrusting(account, it -> it.set(verifier, until, check));
    }

    @Override
    public Optional<Integer> withdraw(Account account, Instant end, Predicate<String> still) {
        return entrusting(account, it -> it.take(end, still));
    }

    private <T> T entrusting(Account account, Function<Entrusting, T> work) {
        connections.good(false);
        T done = work.apply(new Entrusting(context, connections.maintenance(), account));
        connections.good(true);
        return done;
    }

    @Override
    public Attempt attempt(Account account) {
        return new LoginAttempt(context, connections, account).make();
    }

    @Override
    public void close() {
        connections.close();
    }
}

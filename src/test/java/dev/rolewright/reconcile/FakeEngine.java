package dev.rolewright.reconcile;

import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.engine.Attempt;
import dev.rolewright.engine.Engine;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Needs;
import dev.rolewright.engine.Outcome;
import dev.rolewright.engine.Reach;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Check;
import dev.rolewright.plan.Known;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Origin;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.SeenLogin;
import dev.rolewright.plan.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Speaks to servers of values, under the name of a product that nothing else here speaks to.
public final class FakeEngine implements Engine {

    static final String PRODUCT = "cassandra";

    private final Map<String, FakeServer> servers = new ConcurrentHashMap<>();

    FakeServer server(String url) {
        return servers.computeIfAbsent(url, FakeServer::new);
    }

    /// Has another server answer at an address from now on.
    FakeServer replace(String url) {
        FakeServer other = new FakeServer(url + "-other");
        servers.put(url, other);
        return other;
    }

    @Override
    public String product() {
        return PRODUCT;
    }

    @Override
    public Optional<String> database(String url) {
        return Optional.empty();
    }

    @Override
    public List<Check> check(Reach reach, Optional<Needs> needs) {
        boolean down = server(reach.url()).down.isPresent();
        return List.of(new Check(
                "reachable",
                "to do anything at all",
                true,
                down ? Check.Verdict.MISSING : Check.Verdict.OK,
                down ? "down" : "up",
                Optional.empty()));
    }

    @Override
    public String locking(LoginName login) {
        return "lock " + login;
    }

    @Override
    public boolean isInTheOpen(String url) {
        return url.startsWith("open:");
    }

    @Override
    public EngineSession open(Reach reach, Purpose purpose) {
        FakeServer server = server(reach.url());
        server.before.run();
        server.down.ifPresent(failure -> {
            throw failure;
        });
        boolean changes = purpose == Purpose.CHANGE;
        if (changes && !server.lock.tryAcquire()) {
            throw FakeServer.failure(EngineFailure.Kind.BUSY);
        }
        return new FakeSession(server, changes, new HashMap<>());
    }

    private record FakeSession(FakeServer server, boolean changes, Map<PersonId, String> ids) implements EngineSession {

        @Override
        public Optional<String> made(PersonId person) {
            return Optional.ofNullable(ids.get(person));
        }

        @Override
        public Observed observe(Scope scope, Known known) {
            server.before.run();
            return server.observe(scope, known);
        }

        @Override
        public Map<Step, Origin> origins(Collection<Step> steps) {
            return Map.of();
        }

        @Override
        public List<Outcome> perform(List<Step> steps) {
            if (!changes && !steps.stream().allMatch(Step.EndSessions.class::isInstance)) {
                throw FakeServer.failure(EngineFailure.Kind.READ_ONLY);
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Step step : steps) {
                server.down.ifPresent(failure -> {
                    throw failure;
                });
                Outcome outcome = server.skips.test(step)
                        ? new Outcome.Skipped("It needs what is not there.")
                        : server.perform(step);
                outcomes.add(outcome);
                if (step instanceof Step.CreateLogin(var account, var _) && outcome instanceof Outcome.Done) {
                    server.login(account.person()).ifPresent(login -> ids.put(account.person(), login.id()));
                }
            }
            return outcomes;
        }

        @Override
        public void announce(long pass) {}

        @Override
        public void expect(int logins) {}

        @Override
        public void remember(long pass) {
            server.lastPass = Optional.of(pass);
        }

        @Override
        public int entrust(Account account, ScramVerifier verifier, Instant until, Consumer<String> check) {
            server.down.ifPresent(failure -> {
                throw failure;
            });
            check.accept(server.identity());
            server.entrusted.add(account);
            return 0;
        }

        @Override
        public Optional<Integer> withdraw(Account account, Instant end, Predicate<String> still) {
            server.before.run();
            server.down.ifPresent(failure -> {
                throw failure;
            });
            if (server.keeps.test(account)) {
                throw FakeServer.failure(EngineFailure.Kind.RIGHT_MISSING);
            }
            if (!still.test(server.identity())) {
                return Optional.empty();
            }
            server.withdrawn.add(account);
            return server.login(account.person()).map(SeenLogin::sessions);
        }

        @Override
        public Attempt attempt(Account account) {
            server.attempts.add(account);
            return server.admits(account) ? new Attempt.Admitted() : new Attempt.Refused("no such login, or locked");
        }

        @Override
        public void close() {
            if (changes) {
                server.lock.release();
            }
        }
    }
}

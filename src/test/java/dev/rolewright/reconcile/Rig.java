package dev.rolewright.reconcile;

import dev.rolewright.Patience;
import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.audit.AuditTrail;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.ContractReader;
import dev.rolewright.contract.Reading;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.directory.Snapshots;
import dev.rolewright.engine.Engine;
import dev.rolewright.model.TargetName;
import dev.rolewright.offboarding.Fences;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reach.TargetsConfig;
import dev.rolewright.reach.Ways;
import dev.rolewright.reconcile.TargetLoop.Workshop;
import dev.rolewright.reconcile.drift.DriftRig;
import dev.rolewright.reconcile.hold.HoldRig;
import dev.rolewright.reconcile.hold.HoldRig.Leavers;
import dev.rolewright.reconcile.hold.Holds;
import dev.rolewright.reconcile.login.LoginRig;
import dev.rolewright.reconcile.login.Logins;
import dev.rolewright.reconcile.look.LookRig;
import dev.rolewright.reconcile.look.People;
import dev.rolewright.reconcile.pass.PassRig;
import dev.rolewright.reconcile.proof.ProofRig;
import dev.rolewright.reconcile.proof.Receipts;
import dev.rolewright.reconcile.targets.Servers;
import dev.rolewright.reconcile.targets.TargetRig;
import dev.rolewright.reconcile.work.Alarm;
import dev.rolewright.reconcile.work.Circuit;
import dev.rolewright.reconcile.work.FanOut;
import dev.rolewright.reconcile.work.LeaseKeeper;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.reconcile.work.Wake;
import dev.rolewright.reconcile.work.WorkRig;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/// One process of Rolewright, as far as it reconciles, put together by hand so that several can share a store, and
/// made to take one turn at a time.
public final class Rig {

    /// What all processes share.
    ///
    /// @param url where a target is, by its name
    public record Site(
            DataSource store,
            AuditTrail trail,
            ChangeFeed feed,
            Snapshots snapshots,
            Leavers leavers,
            Catalog catalog,
            Engine engine,
            Map<String, TargetsConfig.TargetConfig> targets) {}

    /// A clock that may be ahead of the store's.
    static final class Ahead implements InstantSource {

        volatile Duration by = Duration.ZERO;
        /// What happens while the time is asked, which is when the store has been read and nothing is done yet.
        volatile Runnable meanwhile = () -> {};

        @Override
        public Instant instant() {
            meanwhile.run();
            return Instant.now().plus(by);
        }
    }

    /// Nobody renews it, and on a slow machine a pass may take long.
    static final Duration LEASE = Patience.LONG;

    final Ahead clock = new Ahead();
    /// Is told of a target where something was taken.
    volatile Consumer<TargetName> proofs = _ -> {};
    public final Store store;
    final Queue queue;
    final FanOut fanOut;
    final LeaseKeeper keeper;
    final Circuit circuit;
    public final Sessions sessions;
    final People people;
    final Alarm alarm;
    final Wake wake;
    final LoginRig login;
    final Logins logins;
    final TargetRig targets;
    public final Servers servers;
    final HoldRig hold;
    final Holds holds;
    final ProofRig proof;
    final Receipts receipts;
    public final ReconcileConfig config;
    public final MeterRegistry meters = new SimpleMeterRegistry();
    public final Site site;
    private final Workshop workshop;
    private volatile Optional<ActiveContract> active = Optional.empty();

    public Rig(Site site) {
        this(site, site.store(), LEASE);
    }

    /// @param line this process's own way to the store
    Rig(Site site, DataSource line, Duration lease) {
        this.site = site;
        config = config(lease);
        store = new Store(line);
        sessions = Ways.by(site.engine(), site::targets);
        WorkRig work = new WorkRig(store, line, site.feed(), new SimpleMeterRegistry(), config);
        queue = work.queue;
        fanOut = work.fanOut;
        keeper = work.keeper;
        circuit = work.circuit;
        alarm = work.alarm;
        wake = work.wake;
        login = new LoginRig(store);
        logins = login.logins;
        targets = new TargetRig(store, site.trail(), wake);
        servers = targets.servers;
        LookRig look = new LookRig(
                store,
                site.snapshots(),
                site.feed(),
                new Fences(new Store(site.store())),
                login.book,
                queue,
                clock.withZone(ZoneOffset.UTC));
        people = look.people;
        hold = new HoldRig(store, site.trail(), config, work, site.leavers());
        holds = hold.holds;
        proof = new ProofRig(store, site.trail(), meters, work, sessions, servers, look.occasions);
        receipts = proof.receipts;
        PassRig passes = new PassRig(
                store,
                site.trail(),
                config,
                sessions,
                queue,
                login.book,
                targets,
                look,
                hold,
                new DriftRig(store, meters, people, queue),
                proof.owed,
                target -> proofs.accept(target));
        workshop = new Workshop(
                UUID.randomUUID().toString(),
                () -> active,
                queue,
                keeper,
                passes.pass,
                passes.book,
                circuit,
                target -> proofs.accept(target),
                alarm,
                lease,
                Duration.ofMillis(200));
    }

    /// What holds.
    public Optional<ActiveContract> active() {
        return active;
    }

    /// Lets a contract hold.
    public void follow(ActiveContract contract) {
        active = Optional.of(contract);
        targets.roster.enter(contract.contract().targets().keySet());
    }

    public ActiveContract contract(long number, String text) {
        Reading reading = ContractReader.read(
                List.of(new SourceFile("contract.yaml", text)),
                site.catalog().type("User").orElseThrow(),
                Set.of(site.engine().product()));
        Contract contract = reading.contract()
                .orElseThrow(() -> new AssertionError(reading.findings().toString()));
        return new ActiveContract(
                number, contract.numbered(number), Instant.now().truncatedTo(ChronoUnit.MICROS));
    }

    TargetLoop loop(TargetName target) {
        return new TargetLoop(target, workshop);
    }

    /// Takes turns on a target until nothing is to be done.
    void settle(TargetName target) {
        TargetLoop loop = loop(target);
        fanOut.drain();
        for (int turns = 0; loop.turn().isZero(); turns++) {
            if (turns > 50) {
                throw new AssertionError("This target never comes to rest.");
            }
        }
    }

    /// Makes the proofs that are owed on a target.
    void prove(TargetName target) {
        while (prove(target, Duration.ZERO)) {
            // The next thousand.
        }
    }

    /// @param age younger debts are left to others
    /// @return whether there may be more
    boolean prove(TargetName target, Duration age) {
        return active.filter(holds -> proof.turn(holds.contract(), target, age)).isPresent();
    }

    private static ReconcileConfig config(Duration lease) {
        return new ReconcileConfig() {
            @Override
            public boolean enabled() {
                return true;
            }

            @Override
            public Duration wholeEvery() {
                return Duration.ofMinutes(15);
            }

            @Override
            public Duration pollEvery() {
                return Duration.ofMillis(200);
            }

            @Override
            public Duration lease() {
                return lease;
            }

            @Override
            public Duration endWithin() {
                return Duration.ofSeconds(5);
            }

            @Override
            public Duration holdLasts() {
                return Duration.ofDays(7);
            }

            @Override
            public Duration longestPause() {
                return Duration.ofSeconds(2);
            }
        };
    }
}

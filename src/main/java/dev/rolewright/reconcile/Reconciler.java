package dev.rolewright.reconcile;

import dev.rolewright.amendment.ContractActivated;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.contract.Contract;
import dev.rolewright.directory.ChangeFeed;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.TargetLoop.Workshop;
import dev.rolewright.reconcile.pass.Pass;
import dev.rolewright.reconcile.pass.PassBook;
import dev.rolewright.reconcile.proof.Proofs;
import dev.rolewright.reconcile.targets.Roster;
import dev.rolewright.reconcile.work.Alarm;
import dev.rolewright.reconcile.work.Circuit;
import dev.rolewright.reconcile.work.Crew;
import dev.rolewright.reconcile.work.FanOut;
import dev.rolewright.reconcile.work.LeaseKeeper;
import dev.rolewright.reconcile.work.Queue;
import dev.rolewright.reconcile.work.ReconcileConfig;
import dev.rolewright.reconcile.work.Wake;
import dev.rolewright.store.Parting;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Runs one loop for each target of the contract that this process can reach.
@ApplicationScoped
class Reconciler {

    private static final Logger LOG = Logger.getLogger(Reconciler.class);

    private final ReconcileConfig config;
    private final Contracts contracts;
    private final ChangeFeed feed;
    private final FanOut fanOut;
    private final Wake wake;
    private final Roster roster;
    private final Queue queue;
    private final LeaseKeeper keeper;
    private final Alarm alarm;
    private final Sessions sessions;
    private final Crew crew;
    private final Workshop workshop;
    private final Map<TargetName, TargetLoop> loops = new HashMap<>();
    private boolean running;
    private volatile boolean clocksDiffer;

    Reconciler(
            ReconcileConfig config,
            Contracts contracts,
            ChangeFeed feed,
            FanOut fanOut,
            Wake wake,
            Roster roster,
            Queue queue,
            LeaseKeeper keeper,
            Alarm alarm,
            Sessions sessions,
            Pass pass,
            PassBook passes,
            Circuit circuit,
            Proofs proofs,
            Crew crew) {
        this.config = config;
        this.contracts = contracts;
        this.feed = feed;
        this.fanOut = fanOut;
        this.wake = wake;
        this.roster = roster;
        this.queue = queue;
        this.keeper = keeper;
        this.alarm = alarm;
        this.sessions = sessions;
        this.crew = crew;
        this.workshop = new Workshop(
                UUID.randomUUID().toString(),
                contracts::active,
                queue,
                keeper,
                pass,
                passes,
                circuit,
                proofs::ring,
                alarm,
                config.lease(),
                config.pollEvery());
    }

    synchronized void start(@Observes StartupEvent event) {
        running = config.enabled();
        if (!running) {
            return;
        }
        Thread.ofVirtual().name("leases").start(keeper::run);
        Thread.ofVirtual().name("wake").start(wake::listen);
        feed.listen(fanOut::drain);
        contracts.active().ifPresent(active -> follow(active.contract()));
    }

    /// Whoever takes over finds every target free and all that was done written down.
    void stop(@Observes ShutdownEvent event) {
        List<TargetLoop> ending = stopLoops();
        crew.leave();
        alarm.ring();
        if (!crew.await(config.endWithin())) {
            Parting.with(() -> ending.forEach(TargetLoop::abandon));
        }
        keeper.stop();
        wake.stop();
        alarm.ring();
    }

    private synchronized List<TargetLoop> stopLoops() {
        running = false;
        loops.values().forEach(TargetLoop::stop);
        return List.copyOf(loops.values());
    }

    void follow(@Observes ContractActivated activated) {
        follow(activated.contract().contract());
    }

    /// The net under the bell: marks that nobody was woken for.
    @Scheduled(every = "${rolewright.reconcile.poll-every}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() {
        if (config.enabled()) {
            fanOut.drain();
            compareClocks();
        }
    }

    private void compareClocks() {
        Duration ahead = queue.clocksDifference();
        boolean differ = ahead.abs().compareTo(Queue.CLOCKS_MAY_DIFFER) >= 0;
        if (differ && !clocksDiffer) {
            LOG.errorf(
                    "The store's clock is %s ahead of ours. This process does nothing on any target until they agree.",
                    ahead);
        }
        clocksDiffer = differ;
    }

    private synchronized void follow(Contract contract) {
        roster.enter(contract.targets().keySet());
        if (!running) {
            return;
        }
        Set<TargetName> reachable = contract.targets().values().stream()
                .filter(sessions::canReach)
                .map(Target::name)
                .collect(Collectors.toSet());
        contract.targets().values().stream()
                .sorted(Comparator.comparing(Target::name))
                .forEach(target -> sessions.missing(target)
                        .ifPresent(why ->
                                LOG.warnf("Nothing is done on target %s of the contract. %s", target.name(), why)));
        loops.entrySet().removeIf(loop -> {
            boolean gone = !reachable.contains(loop.getKey());
            if (gone) {
                loop.getValue().stop();
            }
            return gone;
        });
        reachable.forEach(target -> loops.computeIfAbsent(target, name -> {
            TargetLoop loop = new TargetLoop(name, workshop);
            crew.start("target-" + name, loop);
            return loop;
        }));
        alarm.ring();
    }
}

package dev.rolewright.amendment;

import dev.rolewright.audit.AuditTrail;
import dev.rolewright.audit.ContractEvent;
import dev.rolewright.contract.Contract;
import dev.rolewright.contract.ContractReader;
import dev.rolewright.contract.Finding;
import dev.rolewright.contract.Reading;
import dev.rolewright.contract.SourceFile;
import dev.rolewright.engine.Engines;
import dev.rolewright.model.Caller;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// The contract that holds, and the versions before it.
///
/// What holds is what the store says; every replica looks there every few seconds, and at once after its own changes.
@ApplicationScoped
public class Contracts {

    private static final Logger LOG = Logger.getLogger(Contracts.class);
    private static final int MOST_PLACES = 20;

    private final ContractStore store;
    private final AuditTrail trail;
    private final Tenants tenants;
    private final ResourceType user;
    private final Set<String> engines;
    private final Consumer<ContractActivated> activated;
    private final UUID replica = UUID.randomUUID();
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile Optional<Held> held = Optional.empty();
    private final Sightings sightings = new Sightings();
    private volatile Optional<FilesReading> files = Optional.empty();
    private volatile Optional<Difference> difference = Optional.empty();

    @Inject
    Contracts(
            ContractStore store,
            AuditTrail trail,
            Tenants tenants,
            Catalog catalog,
            Engines engines,
            Event<ContractActivated> activated,
            MeterRegistry meters) {
        this(store, trail, tenants, catalog, engines, activated::fire, meters);
    }

    /// @param activated is told whenever another contract holds on this replica
    Contracts(
            ContractStore store,
            AuditTrail trail,
            Tenants tenants,
            Catalog catalog,
            Engines engines,
            Consumer<ContractActivated> activated,
            MeterRegistry meters) {
        this.store = store;
        this.trail = trail;
        this.tenants = tenants;
        this.user = catalog.type("User").orElseThrow();
        this.engines = engines.products();
        this.activated = activated;
        meters.gauge(
                "contract_version",
                this,
                it -> it.active().map(ActiveContract::number).orElse(0L));
        meters.gauge(
                "contract_refused",
                this,
                it -> it.files.filter(FilesReading::isRefused).isPresent() ? 1 : 0);
        meters.gauge("contract_differs", this, it -> it.difference.isPresent() ? 1 : 0);
    }

    /// What this replica last saw in the store.
    ///
    /// @param contract empty when this release does not understand the kept text any more
    private record Held(Activation activation, Optional<ActiveContract> contract) {}

    /// What this replica's files say, and what holds instead.
    private record Difference(long files, long holding) {}

    /// What holds on this replica; empty when nobody has given us a contract yet, and then nothing is to be done.
    public Optional<ActiveContract> active() {
        return held.flatMap(Held::contract);
    }

    /// Reads files and lets them hold when they are sound; otherwise what holds stays. For a contract that is in no
    /// replica's directory: nobody stands behind it, and files that held before do not undo it.
    ///
    /// @return what was found, also when the files are sound
    public Reading offer(Offer offer) {
        refresh();
        Reading reading = complete(read(offer.files()), offer.files());
        reading.contract().ifPresent(contract -> {
            QuarkusTransaction.requiringNew().run(() -> {
                store.waitForTurn();
                hold(contract, offer, reading, false);
            });
            refresh();
        });
        return reading;
    }

    /// The newest versions before a number, newest first.
    public List<ContractVersion> versions(long before, int limit) {
        return store.versions(before, limit);
    }

    public Optional<ContractVersion> version(long number) {
        return store.version(number);
    }

    /// The text of a version, as it was read first.
    public List<SourceFile> files(long number) {
        return store.files(number);
    }

    /// What this replica found in its directory last; empty when it has none.
    public Optional<FilesReading> reading() {
        return files;
    }

    /// What each replica that has a directory finds in it now.
    public List<FilesReading> readings() {
        return store.readings();
    }

    Reading read(List<SourceFile> files) {
        return ContractReader.read(files, user, engines);
    }

    /// Lets what is in this replica's directory hold, when it is sound and its time has come.
    ///
    /// Files that held before and have not just been changed wait as long as a replica that lives has what
    /// holds now in its own directory. So a replica that comes back with old files undoes nothing, and a
    /// directory to which everybody goes back is followed.
    void stand(Stance stance) {
        Reading reading = complete(stance.reading(), stance.offer().files());
        Optional<Long> number = reading.contract().map(contract -> stand(contract, stance));
        FilesReading now =
                new FilesReading(replica, stance.offer().origin(), number, reading.findings(), stance.since());
        boolean fresh = !files.equals(Optional.of(now));
        if (fresh || !store.renew(replica)) {
            store.report(now);
        }
        if (fresh && number.isEmpty()) {
            refused(now);
        }
        files = Optional.of(now);
        refresh();
        compare(now);
    }

    /// What came of reading files, beside what holds now.
    private Reading complete(Reading reading, List<SourceFile> files) {
        return active().map(it -> Omissions.check(reading, files, it.contract(), tenants))
                .orElse(reading);
    }

    private void compare(FilesReading now) {
        Optional<Difference> found = now.number()
                .flatMap(said ->
                        held.map(it -> new Difference(said, it.activation().number())))
                .filter(it -> it.files() != it.holding());
        if (!found.equals(difference)) {
            difference = found;
            found.ifPresent(it -> LOG.warnf(
                    "The %s say version %d of the contract, and version %d holds, which did not come from them",
                    now.origin(), it.files(), it.holding()));
        }
    }

    private long stand(Contract contract, Stance stance) {
        return active().filter(it -> !stance.changed() && it.contract().digest().equals(contract.digest()))
                .map(ActiveContract::number)
                .orElseGet(() -> QuarkusTransaction.requiringNew().call(() -> {
                    store.waitForTurn();
                    return waits(contract, stance)
                            .orElseGet(() -> hold(contract, stance.offer(), stance.reading(), true));
                }));
    }

    /// The number of the version that waits.
    private Optional<Long> waits(Contract contract, Stance stance) {
        return stance.changed()
                ? Optional.empty()
                : store.number(contract.digest())
                        .filter(_ -> store.newest().filter(this::isStoodBehind).isPresent());
    }

    /// Whether what holds should go on to hold although these files, as old as they are, say otherwise.
    private boolean isStoodBehind(Activation newest) {
        return !store.isByFiles(newest)
                || sightings.anyLives(store.backers(newest.number(), replica), System.nanoTime());
    }

    private void refused(FilesReading reading) {
        List<Finding> errors =
                reading.findings().stream().filter(Finding::isError).toList();
        LOG.warnf(
                "The contract is not sound (%s), so what held goes on to hold. Errors: %d, the first: %s",
                reading.origin(), errors.size(), errors.getFirst());
        QuarkusTransaction.requiringNew()
                .run(() -> trail.record(new ContractEvent.Refused(
                        Caller.ofNoSource(reading.origin(), "contract-" + reading.since()),
                        reading.origin(),
                        errors.size(),
                        errors.stream()
                                .limit(MOST_PLACES)
                                .map(error -> error.place().toString())
                                .toList())));
    }

    /// Says that this replica goes, so that nobody waits for it.
    void leave() {
        store.forget(replica);
    }

    private long hold(Contract contract, Offer offer, Reading reading, boolean stood) {
        long before = store.newest().map(Activation::number).orElse(0L);
        long number = store.number(contract.digest()).orElseGet(() -> store.keep(contract, offer, reading.findings()));
        if (number != before) {
            store.activate(number, offer.origin(), stood);
            trail.record(new ContractEvent.Activated(
                    Caller.ofNoSource(offer.origin(), "contract-" + number),
                    number,
                    before,
                    contract.digest(),
                    offer.origin()));
        }
        return number;
    }

    /// Takes over what the store says.
    void refresh() {
        refreshing.lock();
        try {
            Optional<Activation> newest = store.newest();
            if (!newest.equals(held.map(Held::activation))) {
                held = newest.map(this::read);
                held.ifPresent(this::tell);
            }
        } finally {
            refreshing.unlock();
        }
    }

    private Held read(Activation newest) {
        Reading reading = read(store.files(newest.number()));
        if (reading.contract().isEmpty()) {
            LOG.errorf(
                    "Version %d of the contract holds and this release cannot read it, so nothing is done: %s",
                    newest.number(), reading.findings().getFirst());
        }
        return new Held(
                newest,
                reading.contract()
                        .map(it -> new ActiveContract(newest.number(), it.numbered(newest.number()), newest.at())));
    }

    private void tell(Held now) {
        now.contract().ifPresent(contract -> {
            LOG.infof(
                    "Contract %s holds, by %s",
                    contract.contract().version(), now.activation().origin());
            try {
                activated.accept(new ContractActivated(contract));
            } catch (RuntimeException e) {
                LOG.error("Somebody failed on being told of another contract", e);
            }
        });
    }
}

package dev.rolewright.amendment;

import dev.rolewright.contract.Contract;
import dev.rolewright.contract.ContractReader;
import dev.rolewright.contract.Reading;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.util.Optional;

/// The contract that holds, and the versions before it.
@ApplicationScoped
public class Contracts {

    private final ResourceType user;
    private final Event<ContractActivated> activated;
    private final Clock clock = Clock.systemUTC();
    private volatile Optional<ActiveContract> active = Optional.empty();

    Contracts(Catalog catalog, Event<ContractActivated> activated) {
        this.user = catalog.type("User").orElseThrow();
        this.activated = activated;
    }

    /// What holds on this replica; empty when nobody has given us a contract yet, and then nothing is to be done.
    public Optional<ActiveContract> active() {
        return active;
    }

    /// Reads files and lets them hold when they are sound; otherwise what holds stays.
    ///
    /// @return what was found, also when the files are sound
    public synchronized Reading offer(Offer offer) {
        Reading reading = ContractReader.read(offer.files(), user);
        reading.contract().ifPresent(this::activate);
        return reading;
    }

    private void activate(Contract contract) {
        if (active.filter(now -> now.contract().digest().equals(contract.digest()))
                .isPresent()) {
            return;
        }
        ActiveContract next =
                new ActiveContract(active.map(ActiveContract::number).orElse(0L) + 1, contract, clock.instant());
        active = Optional.of(next);
        activated.fire(new ContractActivated(next));
    }
}

package dev.rolewright.amendment;

import dev.rolewright.model.Danger;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// Knows that nobody has given us a contract: everything runs, and no leaver is locked out anywhere.
@ApplicationScoped
class MissingContract implements Danger.Witness {

    private final Contracts contracts;

    MissingContract(Contracts contracts) {
        this.contracts = contracts;
    }

    @Override
    public List<Danger> dangers() {
        return contracts.active().isPresent()
                ? List.of()
                : List.of(new Danger(
                        "No contract holds, so nothing is done to any database, and whoever leaves keeps what they have.",
                        "rolewright.contract.directory names the folder of one; of one that was refused,"
                                + " /api/contract says why (src/docs/reference/contract.md)."));
    }
}

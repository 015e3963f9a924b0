package dev.rolewright.contract;

import dev.rolewright.model.TargetName;

/// Who should have what on one target, and why: the contract applied to what the directory knows.
///
/// Who earns what is found first, and once. What they are called depends on the target too, so it may have to wait
/// for a look at that, and for another one.
public final class Deriver {

    private final Contract contract;
    private final TargetName target;
    private final Facts facts;
    private final Earnings earnings;

    private Deriver(Contract contract, TargetName target, Facts facts, Earnings earnings) {
        this.contract = contract;
        this.target = target;
        this.facts = facts;
        this.earnings = earnings;
    }

    /// Finds who earns what.
    public static Deriver of(Contract contract, TargetName target, Facts facts) {
        return new Deriver(
                contract,
                target,
                facts,
                Earnings.of(
                        contract, facts, role -> contract.role(role).target().equals(target)));
    }

    /// The same input gives the same answer, in whatever order it comes.
    ///
    /// @param names those that logins of the target have
    public Derivation derive(KnownNames names) {
        return new Deriving(contract, target, facts, earnings, names).derive();
    }
}

package dev.rolewright.reconcile.work;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.contract.Expiries;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Census;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What one pass has to do.
///
/// @param whole whether the whole target is looked at
/// @param people who may differ: all who are looked at unless the target is looked at as a whole
/// @param marks the rows of the queue that are done with when the pass is through
/// @param requests those among them by which somebody asked for a pass
/// @param asked since when something waits
/// @param claimed since when it is looked at, by the store's clock: not after anything is read
/// @param within whether another pass is made around it, which keeps the lease and what is known of the target
public record Work(
        Lease lease,
        Memory memory,
        boolean whole,
        Set<PersonId> people,
        List<Long> marks,
        List<Long> requests,
        Instant asked,
        Instant claimed,
        boolean within) {

    /// What is known of the target from passes before.
    ///
    /// @param contract since when the contract held that the target was last looked at with
    /// @param settled whether its roles were then as that contract says
    /// @param failures in a row, of the target as a whole
    /// @param server the one that the target is on, once it was seen
    /// @param lastPass the last that was to change something there
    /// @param outrun the pass that the server knows and this store does not, until an approver says
    /// that the directory is up to date
    public record Memory(
            Optional<Instant> contract,
            boolean settled,
            Optional<Instant> lastWhole,
            Census census,
            int failures,
            Optional<String> server,
            Optional<Long> lastPass,
            Optional<Long> outrun) {

        /// The same after a part of a pass.
        ///
        /// @param now how much there is by now
        /// @param server the one that the pass is on
        /// @param left the last number that was left on it since, if there is one
        public Memory with(Census now, String server, Optional<Long> left) {
            return new Memory(
                    contract, settled, lastWhole, now, failures, Optional.of(server), left.or(() -> lastPass), outrun);
        }

        /// Whether the target's roles were already as a contract says that they are to be by now.
        public boolean isSettled(ActiveContract active, Instant now) {
            return settled
                    && contract.filter(active.since()::equals).isPresent()
                    && lastWhole
                            .filter(last -> !Expiries.between(active.contract(), last, now))
                            .isPresent();
        }
    }

    public Work {
        people = Set.copyOf(people);
        marks = List.copyOf(marks);
        requests = List.copyOf(requests);
    }

    public TargetName target() {
        return lease.target();
    }

    /// A pass about some people while this one goes on.
    ///
    /// @param now what is known by now
    /// @param fresh their marks
    public Work within(Memory now, Set<PersonId> some, List<Queue.Fresh> fresh) {
        return new Work(
                lease,
                now,
                false,
                some,
                fresh.stream().map(Queue.Fresh::id).toList(),
                fresh.stream().filter(Queue.Fresh::asked).map(Queue.Fresh::id).toList(),
                fresh.stream().map(Queue.Fresh::at).min(Instant::compareTo).orElse(asked),
                claimed,
                true);
    }

    /// The same about those alone of whom somebody has spoken, if they are few. Their marks stay: everybody
    /// is still to be looked at.
    public Optional<Work> ofFew() {
        return whole && !people.isEmpty() && people.size() <= Queue.MOST_PEOPLE
                ? Optional.of(new Work(lease, memory, false, people, List.of(), List.of(), asked, claimed, false))
                : Optional.empty();
    }
}

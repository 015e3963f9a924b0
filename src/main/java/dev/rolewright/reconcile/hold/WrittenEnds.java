package dev.rolewright.reconcile.hold;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import dev.rolewright.contract.Contract;
import dev.rolewright.contract.Expiries;
import dev.rolewright.contract.Mapping;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.Plan;
import dev.rolewright.plan.Step;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What a plan takes because a mapping came to the end that was written in it while the contract held already. The
/// brakes are for surprises, and such an end is none.
final class WrittenEnds {

    private final Set<RoleName> ended;
    private final Map<PersonId, List<Line>> left;

    private WrittenEnds(Set<RoleName> ended, Plan plan) {
        this.ended = ended;
        this.left = plan.lines().stream()
                .filter(line -> line.step() instanceof Step.Leave)
                .collect(groupingBy(line -> ((Step.Leave) line.step()).account().person()));
    }

    /// @param since what ended before is not told any more
    static Set<Step> of(Plan plan, Contract contract, Instant since, Instant now) {
        if (!Expiries.between(contract, since, now)) {
            return Set.of();
        }
        WrittenEnds ends = new WrittenEnds(ended(contract, since, now), plan);
        return plan.lines().stream().filter(ends::isWritten).map(Line::step).collect(toSet());
    }

    /// The roles that no mapping gives any more. Whoever has one has it past its end, also when the directory does
    /// not say any more how it was earned.
    private static Set<RoleName> ended(Contract contract, Instant since, Instant now) {
        Set<RoleName> ended = new HashSet<>();
        Set<RoleName> given = new HashSet<>();
        for (Mapping mapping : contract.mappings()) {
            if (!mapping.isOver(now)) {
                given.addAll(mapping.roles());
            } else if (mapping.end().filter(since::isBefore).isPresent()) {
                ended.addAll(mapping.roles());
            }
        }
        ended.removeAll(given);
        return ended;
    }

    private boolean isWritten(Line line) {
        return switch (line.step()) {
            case Step.Leave(var _, var membership) ->
                ended.contains(membership.role())
                        || expired(line).anyMatch(reason -> reason.role().equals(membership.role()));
            case Step.SuspendLogin(var account, var _) -> {
                List<Line> all = left.getOrDefault(account.person(), List.of());
                yield all.isEmpty()
                        ? expired(line).findAny().isPresent()
                        : all.stream().allMatch(this::isWritten);
            }
            default -> false;
        };
    }

    private static Stream<Reason.Expired> expired(Line line) {
        return line.reasons().stream()
                .flatMap(reason -> reason instanceof Reason.Expired end ? Stream.of(end) : Stream.empty());
    }
}

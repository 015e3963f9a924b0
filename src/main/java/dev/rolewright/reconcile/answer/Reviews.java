package dev.rolewright.reconcile.answer;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.contract.Audience;
import dev.rolewright.contract.Facts;
import dev.rolewright.contract.Finding;
import dev.rolewright.contract.Mapping;
import dev.rolewright.contract.Owners;
import dev.rolewright.contract.PeopleChecks;
import dev.rolewright.contract.Snapshot;
import dev.rolewright.reconcile.look.People;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a contract comes to with everybody in the directory.
@ApplicationScoped
public class Reviews {

    private final People people;
    private final LastLook<ActiveContract, Review> looks;

    @Inject
    Reviews(People people) {
        this(people, Clock.systemUTC());
    }

    Reviews(People people, Clock clock) {
        this.people = people;
        this.looks = new LastLook<>(clock, this::look);
    }

    /// @param at when everybody was looked at
    /// @param findings about the contract and these people
    /// @param ownerless the roles and services whose owners are not there
    /// @param counts in the order of the contract's mappings
    public record Review(Instant at, List<Finding> findings, List<Owners.Ownerless> ownerless, List<Count> counts) {

        public Review {
            findings = List.copyOf(findings);
            ownerless = List.copyOf(ownerless);
            counts = List.copyOf(counts);
        }
    }

    /// Whom a mapping reaches, in figures.
    ///
    /// @param over whether its last day has passed
    /// @param groups those that the directory has
    /// @param people how many are in them, directly or through other groups
    /// @param given how many of them get something by it
    public record Count(Mapping mapping, boolean over, List<Group> groups, int people, long given) {

        public Count {
            groups = List.copyOf(groups);
        }

        private static Count of(Audience audience) {
            return new Count(
                    audience.mapping(),
                    audience.over(),
                    audience.groups().stream().map(Group::of).toList(),
                    audience.people().size(),
                    audience.people().stream()
                            .filter(it -> !it.roles().isEmpty())
                            .count());
        }
    }

    /// A group without its members, whom nobody keeps.
    public record Group(String id, String source, String displayName, Optional<String> externalId) {

        private static Group of(Snapshot.Group group) {
            return new Group(group.id().toString(), group.source(), group.displayName(), group.externalId());
        }
    }

    public Review of(ActiveContract active) {
        return looks.at(active);
    }

    private Review look(ActiveContract active, Instant now) {
        Facts facts = new Facts(people.whole(active.contract()), Optional.empty(), now);
        return new Review(
                now,
                PeopleChecks.check(active.contract(), facts),
                Owners.gone(active.contract(), facts.snapshot()),
                Audience.of(active.contract(), facts).stream().map(Count::of).toList());
    }
}

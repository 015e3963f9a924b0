package dev.rolewright.offboarding;

import static java.util.stream.Collectors.joining;

import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.FeedRow.Outcome;
import java.util.List;
import java.util.Optional;

/// What verdicts are called in the report of a feed.
final class Outcomes {

    private static final String NAME_IS_USED = "Another event has this id already.";

    private Outcomes() {}

    record Of(Outcome outcome, Optional<String> problem) {}

    static Of of(Intake.Verdict verdict) {
        return switch (verdict) {
            case Intake.Verdict.Fresh(Optional<PersonId> person) ->
                new Of(person.isPresent() ? Outcome.APPLIED : Outcome.WAITING, Optional.empty());
            case Intake.Verdict.Before() -> new Of(Outcome.KNOWN, Optional.empty());
            case Intake.Verdict.Otherwise() -> new Of(Outcome.REFUSED, Optional.of(NAME_IS_USED));
            case Intake.Verdict.Unclear(List<PersonId> candidates) ->
                new Of(
                        Outcome.AMBIGUOUS,
                        Optional.of("It is not clear who is meant. Say it again with the id of one of: "
                                + candidates.stream().map(PersonId::toString).collect(joining(", ")) + "."));
        };
    }
}

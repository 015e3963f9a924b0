package dev.rolewright.offboarding;

import dev.rolewright.model.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What became of what a sender said.
///
/// @param effective when it takes effect, where the person is or was when the day ends first there, or where the
/// company is as long as nobody is known
/// @param person whose it is; empty as long as it waits for somebody of that name
/// @param candidates who might be meant, as long as it waits because that is not clear
public record EventState(
        Statement statement,
        Instant received,
        Instant effective,
        Optional<PersonId> person,
        List<PersonId> candidates) {

    public EventState {
        candidates = List.copyOf(candidates);
    }
}

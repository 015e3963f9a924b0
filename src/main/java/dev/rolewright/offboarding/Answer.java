package dev.rolewright.offboarding;

import dev.rolewright.model.PersonId;
import java.util.List;

/// What an HR system is told about what it said.
public sealed interface Answer {

    /// It is kept, now or since before.
    record Kept(EventState state) implements Answer {}

    /// Nothing is kept, because it is not clear who is meant.
    record Ambiguous(List<PersonId> candidates) implements Answer {

        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /// Nothing is kept, because the sender said something else under the same name.
    record Taken() implements Answer {}
}

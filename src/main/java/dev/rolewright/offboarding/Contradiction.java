package dev.rolewright.offboarding;

import dev.rolewright.model.PersonId;
import java.time.Instant;
import java.util.List;

/// HR and the directory do not agree about somebody.
///
/// @param people whom it is about; several when it is not clear who is meant
/// @param sender the HR system
/// @param event what it says, by its own name for it
/// @param since since when they cannot both be right
public record Contradiction(Kind kind, List<PersonId> people, String sender, String event, Instant since) {

    public enum Kind {
        /// HR says that the person is gone, and the identity provider that they are active.
        GONE_BUT_ACTIVE("HR says that the person is gone, and the identity provider that they are active."
                + " They have no access, or lose it as soon as a hold lets it go; the identity provider is to be told, or"
                + " HR to say that they are back."),
        /// HR says that the person is away, and the identity provider that they are active, as many do
        /// meanwhile.
        AWAY_BUT_ACTIVE("HR says that the person is away for a while, and the identity provider that they are active."
                + " They have no access, or lose it as soon as a hold lets it go, until HR says that they are back."
                + " Where the identity provider leaves everybody active who is away, nothing is to be done."),
        /// HR says that the person is back, and the identity provider that they are not active.
        BACK_BUT_INACTIVE("HR says that the person is back, and the identity provider that they are not active."
                + " They have no access until the identity provider says that they are."),
        /// HR speaks of one person, and the directory knows several of that name.
        UNCLEAR("HR speaks of one person, and the directory knows several of that name. Nobody is fenced by it: HR is"
                + " to say it again, under another id, with person.id and the same day; or of each of them, by person.id,"
                + " that they are there: a rehire from then on.");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    public Contradiction {
        people = List.copyOf(people);
    }
}

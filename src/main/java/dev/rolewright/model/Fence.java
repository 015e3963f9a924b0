package dev.rolewright.model;

import java.time.Instant;

/// What an HR system says that stops a person, whatever the identity provider says.
///
/// @param sender the HR system
/// @param event its own name for what it said
/// @param since when it took effect
public record Fence(String sender, String event, Kind kind, Instant since) {

    public enum Kind {
        /// The person has left.
        LEAVER("leaver"),
        /// The person is away for a while.
        LEAVE("on leave");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    public String sentence() {
        return "HR: " + sender + " event " + event + ", " + kind.words + " since " + since;
    }
}

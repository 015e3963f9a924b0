package dev.rolewright.amendment;

import dev.rolewright.contract.Reading;
import java.time.Instant;

/// The files of this replica's directory, which it goes on to stand behind as long as they are there.
///
/// @param changed whether they were others before
/// @param since when they were found
record Stance(Offer offer, Reading reading, boolean changed, Instant since) {

    /// The same, later.
    Stance unchanged() {
        return new Stance(offer, reading, false, since);
    }
}

package dev.rolewright.amendment;

import dev.rolewright.contract.Reading;
import java.time.Instant;

/// The files of this replica's directory, which it goes on to stand behind as long as they are there.
///
/// @param changed whether they were others before
/// @param since when they were found
record Standing(Offer offer, Reading reading, boolean changed, Instant since) {

    /// The same, later.
    Standing unchanged() {
        return new Standing(offer, reading, false, since);
    }
}

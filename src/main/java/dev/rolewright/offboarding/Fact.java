package dev.rolewright.offboarding;

import dev.rolewright.model.Fence;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;

/// One thing that an HR system says of one person.
///
/// @param sender the HR system
/// @param event its own name for what it says: the same name is the same fact
public record Fact(String sender, String event, Kind kind, When when) {

    public enum Kind {
        /// The person leaves the company.
        LEAVER,
        /// The person is back in the company; that ends a leave of absence too.
        REHIRE,
        /// A leave of absence begins.
        LEAVE_BEGINS,
        /// The person is back from it; that does not bring back a leaver.
        LEAVE_ENDS;

        boolean takes() {
            return this == LEAVER || this == LEAVE_BEGINS;
        }

        boolean begins(Fence.Kind fence) {
            return this == (fence == Fence.Kind.LEAVER ? LEAVER : LEAVE_BEGINS);
        }
    }

    public Instant effective(ZoneId local) {
        return when.effective(local);
    }

    /// The order in which facts happened, which is not the order in which they are told.
    ///
    /// At the same moment, what ended with the day before comes first: whose last day was yesterday may begin anew
    /// today. Otherwise what takes comes last, so that of two facts that contradict each other the fence holds.
    static Comparator<Fact> inTime(ZoneId local) {
        return Comparator.<Fact, Instant>comparing(fact -> fact.effective(local))
                .thenComparing(fact -> fact.when instanceof When.LastDay ? 0 : fact.kind.takes() ? 2 : 1)
                .thenComparing(Fact::event);
    }
}

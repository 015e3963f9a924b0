package dev.rolewright.offboarding;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// When a fact takes effect, as the sender said it: a moment, or a day, which is another moment in every time zone.
public sealed interface When {

    record At(Instant moment) implements When {

        /// As fine as the store keeps it.
        public At {
            moment = moment.truncatedTo(ChronoUnit.MICROS);
        }
    }

    /// It is so from the beginning of that day.
    record FirstDay(LocalDate day, Optional<ZoneId> zone) implements When {}

    /// It was otherwise until the end of that day.
    record LastDay(LocalDate day, Optional<ZoneId> zone) implements When {}

    /// @param local the time zone of a day for which the sender named none
    default Instant effective(ZoneId local) {
        return switch (this) {
            case At(Instant moment) -> moment;
            case FirstDay(LocalDate day, Optional<ZoneId> zone) -> begin(day, zone.orElse(local));
            case LastDay(LocalDate day, Optional<ZoneId> zone) -> begin(day.plusDays(1), zone.orElse(local));
        };
    }

    /// Not every day begins at midnight: clocks may go forward just then.
    private static Instant begin(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }
}

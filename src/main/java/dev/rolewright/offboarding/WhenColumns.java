package dev.rolewright.offboarding;

import dev.rolewright.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a [When] stands in a row: `moment, first_day, last_day, zone`.
record WhenColumns(
        @Nullable OffsetDateTime moment,
        @Nullable String firstDay,
        @Nullable String lastDay,
        @Nullable String zone) {

    static WhenColumns of(When when) {
        return switch (when) {
            case When.At(Instant moment) -> new WhenColumns(Store.offset(moment), null, null, null);
            case When.FirstDay(LocalDate day, Optional<ZoneId> zone) ->
                new WhenColumns(null, day.toString(), null, id(zone));
            case When.LastDay(LocalDate day, Optional<ZoneId> zone) ->
                new WhenColumns(null, null, day.toString(), id(zone));
        };
    }

    /// @param first the number of the column of the moment; the others follow it
    static When read(ResultSet row, int first) throws SQLException {
        Optional<Instant> moment = Store.time(row, first);
        if (moment.isPresent()) {
            return new When.At(moment.get());
        }
        Optional<ZoneId> zone = Optional.ofNullable(row.getString(first + 3)).map(ZoneId::of);
        LocalDate firstDay = row.getObject(first + 1, LocalDate.class);
        return firstDay == null
                ? new When.LastDay(row.getObject(first + 2, LocalDate.class), zone)
                : new When.FirstDay(firstDay, zone);
    }

    private static @Nullable String id(Optional<ZoneId> zone) {
        return zone.map(ZoneId::getId).orElse(null);
    }
}

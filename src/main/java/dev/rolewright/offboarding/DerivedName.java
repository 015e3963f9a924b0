package dev.rolewright.offboarding;

import dev.rolewright.directory.Identity;
import dev.rolewright.model.Sha256;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/// The name of something that a sender says without giving it one: the same statement has the same
/// name, whenever and in whatever company it comes. It does not show who the person is, because
/// names of events are in addresses and in logs.
public final class DerivedName {

    private static final int BYTES = 16;

    private DerivedName() {}

    public static String of(Identity person, Fact.Kind kind, When when) {
        String said = kind + " " + words(when) + " " + person.key() + " " + person.value();
        return "derived:" + Sha256.hex(said, BYTES);
    }

    private static String words(When when) {
        return switch (when) {
            case When.At(Instant moment) -> "at " + moment;
            case When.FirstDay(LocalDate day, Optional<ZoneId> zone) ->
                "from " + day + " " + zone.map(ZoneId::getId).orElse("");
            case When.LastDay(LocalDate day, Optional<ZoneId> zone) ->
                "until " + day + " " + zone.map(ZoneId::getId).orElse("");
        };
    }
}

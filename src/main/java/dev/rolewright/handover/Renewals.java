package dev.rolewright.handover;

import dev.rolewright.handover.GivenPasswords.Place;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Links for many people at once, before their passwords end.
@ApplicationScoped
public class Renewals {

    private static final int AT_ONCE = 200;

    private final GivenPasswords given;
    private final Passwords passwords;
    private final Pickups pickups;

    Renewals(GivenPasswords given, Passwords passwords, Pickups pickups) {
        this.given = given;
        this.passwords = passwords;
        this.pickups = pickups;
    }

    /// A link, and the password for whose sake it was made.
    public record Renewal(GivenPassword password, Pickup pickup) {}

    /// @param waiting people who have a link that works; it is left to them
    /// @param more whether there are people who would get one if it were asked again
    public record Round(List<Renewal> made, int waiting, boolean more) {}

    /// Makes a link for everybody whose password on a target ends before a moment, those that end first, first.
    ///
    /// @param limit how many at most
    public Round make(Caller caller, TargetName target, Instant before, Duration lifetime, int limit) {
        List<Renewal> made = new ArrayList<>();
        int waiting = 0;
        Optional<Place> place = Optional.empty();
        while (true) {
            List<GivenPassword> page =
                    given.list(Optional.of(target), Optional.empty(), Optional.of(before), place, AT_ONCE);
            Set<PersonId> served =
                    pickups.waiting(page.stream().map(GivenPassword::person).collect(Collectors.toSet()));
            for (GivenPassword password : page) {
                if (served.contains(password.person())) {
                    waiting++;
                } else if (passwords.of(password.person()).contains(target)) {
                    if (made.size() == limit) {
                        return new Round(made, waiting, true);
                    }
                    made.add(new Renewal(password, pickups.make(caller, password.person(), lifetime)));
                }
            }
            if (page.size() < AT_ONCE) {
                return new Round(made, waiting, false);
            }
            place = Optional.of(new Place(page.getLast().ends(), page.getLast().id()));
        }
    }
}

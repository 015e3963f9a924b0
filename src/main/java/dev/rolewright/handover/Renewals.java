package dev.rolewright.handover;

import dev.rolewright.handover.GivenPasswords.Place;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Links for many people at once, before their passwords end.
@ApplicationScoped
public class Renewals {

    private static final int AT_ONCE = 200;

    /// Many who have a link already, or are to have no login any more, can come before those who are to get one.
    private static final int MOST_PAGES = 50;

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
    /// @param next where to go on; empty when everybody was looked at
    public record Round(List<Renewal> made, int waiting, Optional<Place> next) {}

    /// Makes a link for everybody whose password on a target ends before a moment, those that end first, first. All
    /// of them are made, or none.
    ///
    /// @param after where the round before left off
    /// @param limit how many at most
    public Round make(
            Caller caller, TargetName target, Instant before, Duration lifetime, Optional<Place> after, int limit) {
        Look look = look(target, before, after, limit);
        List<Renewal> made = pickups.makeMissing(caller, look.chosen().keySet(), lifetime).stream()
                .map(pickup -> new Renewal(Objects.requireNonNull(look.chosen().get(pickup.person())), pickup))
                .toList();
        return new Round(made, look.waiting() + look.chosen().size() - made.size(), look.next());
    }

    /// @param chosen who is to get a link, and for the sake of which password
    private record Look(Map<PersonId, GivenPassword> chosen, int waiting, Optional<Place> next) {}

    private Look look(TargetName target, Instant before, Optional<Place> after, int limit) {
        Map<PersonId, GivenPassword> chosen = new LinkedHashMap<>();
        int waiting = 0;
        Optional<Place> place = after;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            List<GivenPassword> page =
                    given.list(Optional.of(target), Optional.empty(), Optional.of(before), place, AT_ONCE);
            Set<PersonId> people = page.stream().map(GivenPassword::person).collect(Collectors.toSet());
            Set<PersonId> served = pickups.waiting(people);
            people.removeAll(served);
            Set<PersonId> takers = passwords.on(target, people);
            for (GivenPassword password : page) {
                if (served.contains(password.person())) {
                    waiting++;
                } else if (takers.contains(password.person())) {
                    if (chosen.size() == limit) {
                        return new Look(chosen, waiting, place);
                    }
                    chosen.put(password.person(), password);
                }
                place = Optional.of(Place.of(password));
            }
            if (page.size() < AT_ONCE) {
                return new Look(chosen, waiting, Optional.empty());
            }
        }
        return new Look(chosen, waiting, place);
    }
}

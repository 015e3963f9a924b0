package dev.rolewright.contract;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which roles somebody gets through mappings, and in which ways.
///
/// Nobody changes one: there are very many people and few ways, and whoever gets the same in the same ways, found in
/// the same order, has the same one.
final class Gain {

    /// @param path the groups from the one the person is in to the one that the mapping names
    private record Way(String mapping, List<String> path) {}

    private record Found(RoleName role, Way way) {}

    private static final Comparator<Way> ORDER =
            Comparator.comparing(Way::mapping).thenComparing(way -> String.join("\0", way.path()));

    private final SortedMap<RoleName, List<Way>> roles;
    private final int hash;
    private final Map<Found, Gain> more = new HashMap<>();

    private Gain(SortedMap<RoleName, List<Way>> roles) {
        this.roles = roles;
        this.hash = roles.hashCode();
    }

    static Gain nothing() {
        return new Gain(new TreeMap<>());
    }

    /// The same and one role more, or one way more to a role.
    Gain and(RoleName role, Mapping mapping, List<String> path) {
        return more.computeIfAbsent(new Found(role, new Way(mapping.name(), path)), found -> {
            SortedMap<RoleName, List<Way>> all = new TreeMap<>(roles);
            all.merge(
                    role,
                    List.of(found.way()),
                    (some, one) -> Stream.concat(some.stream(), one.stream())
                            .distinct()
                            .sorted(ORDER)
                            .toList());
            return new Gain(all);
        });
    }

    /// The same without the other roles.
    Gain only(Predicate<RoleName> wanted) {
        SortedMap<RoleName, List<Way>> some = new TreeMap<>(roles);
        some.keySet().removeIf(wanted.negate());
        return some.size() == roles.size() ? this : new Gain(some);
    }

    boolean isEmpty() {
        return roles.isEmpty();
    }

    Set<RoleName> roles() {
        return Set.copyOf(roles.keySet());
    }

    /// Why a person who gains this has the role; none when it is not gained.
    List<Reason> why(RoleName role, PersonId person, String contract) {
        return roles.getOrDefault(role, List.of()).stream()
                .<Reason>map(way -> new Reason.Mapped(person, way.path(), way.mapping(), role, contract))
                .toList();
    }

    /// Why a person who gains this has a login.
    List<Reason> why(PersonId person, String contract) {
        return roles.keySet().stream()
                .flatMap(role -> why(role, person, contract).stream())
                .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Gain gain && roles.equals(gain.roles));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}

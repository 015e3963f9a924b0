package dev.rolewright;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds packages of one room that import each other in a circle.
final class Circles {

    /// What each package imports of its room, with the first two types by which it does.
    private final Map<String, Map<String, String>> arrows = new TreeMap<>();

    private Circles() {}

    /// One sentence for each circle, with all that closes it.
    ///
    /// @param room of ours; empty for types of others
    static Stream<String> of(Stream<JavaClass> ours, Function<JavaClass, String> room) {
        Circles circles = new Circles();
        ours.forEach(from -> from.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(to -> room.apply(to).equals(room.apply(from)))
                .filter(to -> !to.getPackageName().equals(from.getPackageName()))
                .forEach(to -> circles.add(from, to)));
        return circles.arrows.keySet().stream()
                .map(circles::around)
                .filter(circle -> !circle.isEmpty())
                .distinct()
                .map(circles::sentence);
    }

    private void add(JavaClass from, JavaClass to) {
        arrows.computeIfAbsent(from.getPackageName(), _ -> new TreeMap<>())
                .merge(
                        to.getPackageName(),
                        from.getName() + " uses " + to.getName(),
                        (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    /// The packages that a package imports, by way of others too, and that import it.
    private Set<String> around(String start) {
        Set<String> circle = new TreeSet<>(from(start));
        circle.removeIf(other -> !from(other).contains(start));
        return circle;
    }

    private Set<String> from(String start) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(start));
        while (!open.isEmpty()) {
            arrows.getOrDefault(open.pop(), Map.of()).keySet().stream()
                    .filter(found::add)
                    .forEach(open::push);
        }
        return found;
    }

    private String sentence(Set<String> circle) {
        return circle.stream()
                .flatMap(from -> arrows.getOrDefault(from, Map.of()).entrySet().stream())
                .filter(arrow -> circle.contains(arrow.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining(", "));
    }
}

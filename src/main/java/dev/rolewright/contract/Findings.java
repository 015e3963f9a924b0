package dev.rolewright.contract;

import dev.rolewright.contract.Finding.Level;
import java.util.List;
import java.util.TreeSet;

/// Collects what is found while a contract is read and checked.
final class Findings {

    private final TreeSet<Finding> found = new TreeSet<>();

    void error(Place place, String sentence, String fix) {
        found.add(new Finding(Level.ERROR, place, sentence, fix));
    }

    void warning(Place place, String sentence, String fix) {
        found.add(new Finding(Level.WARNING, place, sentence, fix));
    }

    void note(Place place, String sentence, String fix) {
        found.add(new Finding(Level.NOTE, place, sentence, fix));
    }

    boolean hasErrors() {
        return found.stream().anyMatch(Finding::isError);
    }

    /// Errors first, then by place.
    List<Finding> all() {
        return List.copyOf(found);
    }
}

package dev.rolewright.contract;

import dev.rolewright.contract.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Collects what is found while a contract is read and checked.
final class Findings {

    /// Nobody reads more at once, and everything found is kept in the store.
    private static final int MOST = 1_000;

    private final TreeSet<Finding> found = new TreeSet<>();

    void error(Place place, String sentence, String fix) {
        add(Level.ERROR, place, sentence, fix);
    }

    void warning(Place place, String sentence, String fix) {
        add(Level.WARNING, place, sentence, fix);
    }

    void note(Place place, String sentence, String fix) {
        add(Level.NOTE, place, sentence, fix);
    }

    private void add(Level level, Place place, String sentence, String fix) {
        add(visible(level, place, sentence, fix));
    }

    void add(Finding finding) {
        found.add(finding);
    }

    static Finding visible(Level level, Place place, String sentence, String fix) {
        return new Finding(level, place, Visible.of(sentence), Visible.of(fix));
    }

    boolean hasErrors() {
        return !found.isEmpty() && found.getFirst().isError();
    }

    /// Errors first, then by place.
    List<Finding> all() {
        if (found.size() <= MOST) {
            return List.copyOf(found);
        }
        List<Finding> first = new ArrayList<>(found.stream().limit(MOST).toList());
        Finding last = first.getLast();
        first.add(new Finding(
                last.level(),
                last.place(),
                "There is more of this kind: " + (found.size() - MOST) + " findings are not shown.",
                "Mend some of what is shown."));
        return List.copyOf(first);
    }
}

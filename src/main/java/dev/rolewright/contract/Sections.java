package dev.rolewright.contract;

import dev.rolewright.contract.Node.Items;
import dev.rolewright.contract.Node.Key;
import dev.rolewright.contract.Node.Keys;
import dev.rolewright.contract.Node.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of a contract as one tree: named things and lists are brought together, everything else stands in one
/// file only. A name may be defined once.
final class Sections {

    private static final List<String> NAMED = List.of("environments", "targets", "roles");
    private static final List<String> LISTED = List.of("mappings", "separation", "elevations", "services");
    private static final Place NOWHERE = new Place("contract.yaml", 1, 1);

    private Sections() {}

    static Keys merge(List<SourceFile> files, Findings findings) {
        Map<String, Key> merged = new HashMap<>();
        Map<String, Place> names = new HashMap<>();
        for (SourceFile file :
                files.stream().sorted(Comparator.comparing(SourceFile::name)).toList()) {
            for (Key key : keys(file, findings)) {
                merged.merge(key.name(), once(key, names, findings), (before, now) -> join(before, now, findings));
            }
        }
        if (merged.isEmpty() && !findings.hasErrors()) {
            Place start = files.isEmpty() ? NOWHERE : new Place(files.getFirst().name(), 1, 1);
            findings.error(start, "There is no contract.", "Write one that begins with \"contract: 1\".");
        }
        return new Keys(NOWHERE, List.copyOf(merged.values()));
    }

    private static List<Key> keys(SourceFile file, Findings findings) {
        Optional<Node> top = YamlTree.read(file, findings);
        if (top.isEmpty() || Fields.open(top.get(), Shape.CONTRACT, findings).isEmpty()) {
            return List.of();
        }
        List<Key> keys = ((Keys) top.get()).keys();
        for (Key key : keys) {
            if (key.name().equals("contract")
                    && !(key.value() instanceof Scalar version
                            && !version.textual()
                            && version.text().equals("1"))) {
                findings.error(
                        key.value().place(), "This version of the language is not known.", "Write \"contract: 1\".");
            }
        }
        return keys.stream()
                .filter(key -> Shape.CONTRACT.keys().contains(key.name()))
                .toList();
    }

    /// The section without the names that another file has defined.
    private static Key once(Key section, Map<String, Place> names, Findings findings) {
        if (!NAMED.contains(section.name()) || !(section.value() instanceof Keys(Place place, List<Key> keys))) {
            return section;
        }
        List<Key> fresh = new ArrayList<>();
        for (Key key : keys) {
            Place before = names.putIfAbsent(section.name() + "." + key.name(), key.place());
            if (before == null) {
                fresh.add(key);
            } else {
                findings.error(
                        key.place(),
                        "\"" + key.name() + "\" is defined twice, first at " + before + ".",
                        "Keep one of the two or rename this one.");
            }
        }
        return new Key(section.place(), section.name(), new Keys(place, fresh));
    }

    private static Key join(Key before, Key now, Findings findings) {
        if (before.name().equals("contract")) {
            return before;
        }
        if (NAMED.contains(now.name())
                && before.value() instanceof Keys(Place place, List<Key> some)
                && now.value() instanceof Keys more) {
            return new Key(before.place(), before.name(), new Keys(place, joined(some, more.keys())));
        }
        if (LISTED.contains(now.name())
                && before.value() instanceof Items(Place place, List<Node> some)
                && now.value() instanceof Items more) {
            return new Key(before.place(), before.name(), new Items(place, joined(some, more.items())));
        }
        findings.error(
                now.place(),
                "\"" + now.name() + "\" stands in two files, first at " + before.place() + ".",
                "Keep it in one of them.");
        return before;
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}

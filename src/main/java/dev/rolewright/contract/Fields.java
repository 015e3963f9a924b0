package dev.rolewright.contract;

import dev.rolewright.contract.Node.Items;
import dev.rolewright.contract.Node.Key;
import dev.rolewright.contract.Node.Keys;
import dev.rolewright.contract.Node.Scalar;
import dev.rolewright.model.Suggestion;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One part of a contract, read key by key. What does not fit its shape is found; what could not be read is empty,
/// so that one reading finds everything.
final class Fields {

    private final Place place;
    private final Map<String, Key> keys;
    private final Findings findings;

    private Fields(Place place, Map<String, Key> keys, Findings findings) {
        this.place = place;
        this.keys = keys;
        this.findings = findings;
    }

    static Optional<Fields> open(Node node, Shape shape, Findings findings) {
        if (!(node instanceof Keys(Place place, List<Key> all))) {
            findings.error(
                    node.place(),
                    "A " + shape.caption() + " is a group of keys, not " + node.kind() + ".",
                    "Possible keys are " + String.join(", ", shape.keys()) + ".");
            return Optional.empty();
        }
        Map<String, Key> known = new LinkedHashMap<>();
        for (Key key : all) {
            if (shape.keys().contains(key.name())) {
                known.put(key.name(), key);
            } else {
                findings.error(
                        key.place(),
                        "A " + shape.caption() + " has no key \"" + key.name() + "\".",
                        Suggestion.of(key.name(), shape.keys()));
            }
        }
        for (String name : shape.required()) {
            if (!known.containsKey(name)) {
                findings.error(place, "A " + shape.caption() + " needs the key \"" + name + "\".", "Add it.");
            }
        }
        return Optional.of(new Fields(place, known, findings));
    }

    /// A part whose keys are known to fit.
    static Fields of(Keys whole, Findings findings) {
        Map<String, Key> keys = new LinkedHashMap<>();
        whole.keys().forEach(key -> keys.put(key.name(), key));
        return new Fields(whole.place(), keys, findings);
    }

    Place place() {
        return place;
    }

    /// The place of a key, or of the whole where it is missing.
    Place place(String name) {
        Key key = keys.get(name);
        return key == null ? place : key.value().place();
    }

    boolean has(String name) {
        return keys.containsKey(name);
    }

    Optional<Node> node(String name) {
        return Optional.ofNullable(keys.get(name)).map(Key::value);
    }

    Optional<Fields> part(String name, Shape shape) {
        return node(name).flatMap(node -> open(node, shape, findings));
    }

    Optional<Key> key(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    /// A text; `convert` refuses it with an IllegalArgumentException whose message is the sentence.
    <T> Optional<T> value(String name, Function<String, T> convert) {
        return node(name).flatMap(node -> text(name, node)).flatMap(text -> convert(text, convert));
    }

    Optional<String> text(String name) {
        return value(name, Function.identity());
    }

    private Optional<Integer> number(String name) {
        return node(name).flatMap(node -> {
            if (node instanceof Scalar number
                    && !number.textual()
                    && number.text().matches("0|[1-9]\\d{0,8}")) {
                return Optional.of(Integer.valueOf(number.text()));
            }
            findings.error(node.place(), "\"" + name + "\" is a whole number.", "Write digits, without quotes.");
            return Optional.empty();
        });
    }

    int within(String name, int usual, int least, int most) {
        int number = number(name).orElse(usual);
        if (number < least || number > most) {
            findings.error(
                    place(name),
                    "\"" + name + "\" is between " + least + " and " + most + ", not " + number + ".",
                    "Choose another number.");
            return usual;
        }
        return number;
    }

    /// A list of texts, none of them twice.
    <T> List<Placed<T>> list(String name, Function<String, T> convert) {
        Optional<Node> node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Items items)) {
            findings.error(
                    node.get().place(),
                    "\"" + name + "\" is a list, not " + node.get().kind() + ".",
                    "Write it in square brackets.");
            return List.of();
        }
        if (items.items().isEmpty()) {
            findings.error(node.get().place(), "\"" + name + "\" is empty.", "Name something or take the key away.");
        }
        Set<T> seen = new HashSet<>();
        return items.items().stream()
                .flatMap(item -> text(name, item)
                        .flatMap(text -> convert(text, convert))
                        .map(value -> new Placed<>(value, item.place()))
                        .stream())
                .filter(placed -> {
                    boolean first = seen.add(placed.value());
                    if (!first) {
                        findings.error(
                                placed.place(),
                                "\"" + placed.value() + "\" stands twice in \"" + name + "\".",
                                "Keep one of the two.");
                    }
                    return first;
                })
                .toList();
    }

    /// The same without the places.
    <T> Set<T> set(String name, Function<String, T> convert) {
        return list(name, convert).stream().map(Placed::value).collect(Collectors.toUnmodifiableSet());
    }

    /// The parts of a list.
    List<Fields> parts(String name, Shape shape) {
        Optional<Node> node = node(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (!(node.get() instanceof Items items)) {
            findings.error(
                    node.get().place(),
                    "\"" + name + "\" is a list, not " + node.get().kind() + ".",
                    "Begin each " + shape.caption() + " with a hyphen.");
            return List.of();
        }
        return items.items().stream()
                .flatMap(item -> open(item, shape, findings).stream())
                .toList();
    }

    private Optional<Placed<String>> text(String name, Node node) {
        if (!(node instanceof Scalar(Place at, String text, boolean textual))) {
            findings.error(node.place(), "\"" + name + "\" is a text, not " + node.kind() + ".", "Write one value.");
            return Optional.empty();
        }
        if (!textual) {
            findings.error(
                    at,
                    "\"" + name + "\" is a text, and YAML takes " + text + " for something else.",
                    "Write \"" + text + "\" in quotes.");
            return Optional.empty();
        }
        if (Visible.isBlank(text)) {
            findings.error(at, "\"" + name + "\" is empty.", "Write a value or take the key away.");
            return Optional.empty();
        }
        OptionalInt hidden = Visible.hiddenInValue(text);
        if (hidden.isPresent()) {
            findings.error(
                    at,
                    "\"" + name + "\" has a character that nobody sees: " + Visible.spelt(hidden.getAsInt()) + ".",
                    "Take it away.");
            return Optional.empty();
        }
        return Optional.of(new Placed<>(text, at));
    }

    private <T> Optional<T> convert(Placed<String> text, Function<String, T> convert) {
        try {
            return Optional.of(convert.apply(text.value()));
        } catch (Misspelt e) {
            findings.error(text.place(), e.sentence(), e.fix());
        } catch (IllegalArgumentException e) {
            findings.error(text.place(), String.valueOf(e.getMessage()), "Mend \"" + text.value() + "\".");
        }
        return Optional.empty();
    }

    /// A value and where it stands.
    record Placed<T>(T value, Place place) {}
}

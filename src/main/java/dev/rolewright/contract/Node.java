package dev.rolewright.contract;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What stands in a YAML file, with its place.
sealed interface Node {

    Place place();

    /// How people call this kind of value.
    String kind();

    /// A text without regard to order of keys, layout and file, so that equal contracts have equal texts.
    String canonical();

    /// @param textual whether YAML takes it for a text, not for a number or a truth value
    record Scalar(Place place, String text, boolean textual) implements Node {

        @Override
        public String kind() {
            return "a single value";
        }

        @Override
        public String canonical() {
            return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }

    record Items(Place place, List<Node> items) implements Node {

        public Items {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public String canonical() {
            return items.stream().map(Node::canonical).sorted().collect(Collectors.joining(",", "[", "]"));
        }
    }

    record Keys(Place place, List<Key> keys) implements Node {

        public Keys {
            keys = List.copyOf(keys);
        }

        @Override
        public String kind() {
            return "a group of keys";
        }

        @Override
        public String canonical() {
            return keys.stream()
                    .sorted(Comparator.comparing(Key::name))
                    .map(key -> new Scalar(key.place(), key.name(), true).canonical() + ":"
                            + key.value().canonical())
                    .collect(Collectors.joining(",", "{", "}"));
        }
    }

    record Key(Place place, String name, Node value) {}
}

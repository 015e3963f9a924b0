package dev.rolewright.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.TreeSet;

/// Which attributes two documents tell differently about, by name: what the audit trail may know.
final class Differences {

    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    private Differences() {}

    static List<String> names(ObjectNode document) {
        return names(NOTHING, document);
    }

    /// Attributes of an extension are named `urn:attribute`.
    static List<String> names(ObjectNode before, ObjectNode after) {
        TreeSet<String> names = new TreeSet<>();
        collect("", before, after, names);
        return List.copyOf(names);
    }

    private static void collect(String prefix, ObjectNode before, ObjectNode after, TreeSet<String> names) {
        TreeSet<String> all = new TreeSet<>();
        before.fieldNames().forEachRemaining(all::add);
        after.fieldNames().forEachRemaining(all::add);
        for (String name : all) {
            JsonNode old = before.path(name);
            JsonNode now = after.path(name);
            if (prefix.isEmpty() && name.startsWith("urn:")) {
                collect(name + ":", object(old), object(now), names);
            } else if (!Json.same(old, now)) {
                names.add(prefix + name);
            }
        }
    }

    private static ObjectNode object(JsonNode node) {
        return node instanceof ObjectNode object ? object : NOTHING;
    }
}

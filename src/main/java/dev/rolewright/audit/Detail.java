package dev.rolewright.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Names and ids in the detail of an event.
final class Detail {

    private Detail() {}

    static ObjectNode with(String key, List<String> names) {
        return JsonNodeFactory.instance.objectNode().set(key, list(names));
    }

    static ArrayNode list(List<?> names) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        names.forEach(name -> list.add(name.toString()));
        return list;
    }
}

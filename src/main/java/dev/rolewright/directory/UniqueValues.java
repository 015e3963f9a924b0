package dev.rolewright.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.schema.Folding;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// The values that a schema declares unique, one row each, so that the store refuses a second owner.
///
/// `server` and `global` uniqueness are the same here: within one source and type, for what a source tells is all that
/// source knows.
@ApplicationScoped
class UniqueValues {

    private final DirectoryStore store;

    UniqueValues(DirectoryStore store) {
        this.store = store;
    }

    /// Makes the values of that document the only ones the resource holds.
    void keep(int sourceId, Shape shape, UUID id, ObjectNode document) {
        store.run(Sql.of("DELETE FROM unique_value WHERE resource_id = ?", id));
        ObjectNode search = Folding.search(shape.type(), document);
        for (Resolved unique : shape.uniques()) {
            JsonNode holder = unique.extension() == null ? search : search.path(unique.extension());
            String value = holder.path(unique.attribute().name()).textValue();
            if (value != null) {
                claim(sourceId, shape, id, unique, value);
            }
        }
    }

    private void claim(int sourceId, Shape shape, UUID id, Resolved unique, String value) {
        int claimed = store.run(Sql.of(
                "INSERT INTO unique_value (source_id, type, attribute, key, resource_id) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                sourceId,
                shape.type().name(),
                unique.toString(),
                value,
                id));
        if (claimed == 0) {
            throw ScimProblem.of(ScimProblem.Type.uniqueness, unique + " is already taken");
        }
    }
}

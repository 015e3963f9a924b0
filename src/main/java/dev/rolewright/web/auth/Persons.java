package dev.rolewright.web.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.Paging;
import dev.rolewright.directory.Query;
import dev.rolewright.directory.View;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.web.auth.Speaker.PersonKey;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Finds the person that a person's own token stands for.
@Singleton
public class Persons {

    private static final String NOWHERE = "";

    private final Directory directory;
    private final ResourceType user;

    Persons(Directory directory, Catalog catalog) {
        this.directory = directory;
        this.user = catalog.type("User").orElseThrow();
    }

    /// @param sourceId the source whose token it is; another one's people are not looked at
    /// @return empty when the source knows nobody of that name, or several people
    public Optional<UUID> find(int sourceId, PersonKey key) {
        if (key.attribute().equals("id")) {
            return directory.find(sourceId, user, key.value(), View.PLAIN).map(Entry::id);
        }
        Filter filter = new Filter.Comparison(
                AttributePath.of(key.attribute()), Operator.EQ, JsonNodeFactory.instance.textNode(key.value()));
        List<Entry> found = directory
                .search(sourceId, new Query(List.of(user), filter, null, new Paging.Index(1, 2), View.PLAIN, NOWHERE))
                .entries();
        return found.size() == 1 ? Optional.of(found.getFirst().id()) : Optional.empty();
    }
}

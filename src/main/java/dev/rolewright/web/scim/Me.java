package dev.rolewright.web.scim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Entry;
import dev.rolewright.directory.Paging;
import dev.rolewright.directory.Query;
import dev.rolewright.directory.View;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.AttributePath;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.web.auth.Speaker.PersonKey;
import jakarta.inject.Singleton;
import java.util.List;

/// Finds out whose record `/Me` is (RFC 7644 §3.11).
///
/// A person's token stands for one user. The token of an identity provider stands for no resource at all, so there is
/// nothing under this alias for it: 404.
@Singleton
class Me {

    private static final String USER = "User";

    private final Directory directory;
    private final ResourceType user;

    Me(Directory directory, Types types) {
        this.directory = directory;
        this.user = types.all().stream()
                .filter(type -> type.name().equals(USER))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the catalog has no resource type User"));
    }

    ResourceType type() {
        return user;
    }

    String id(Exchange exchange) {
        PersonKey key = exchange.speaker().person();
        if (key == null) {
            throw ScimProblem.of(404, "This token stands for no person, so there is no /Me.");
        }
        if (key.attribute().equals("id")) {
            return key.value();
        }
        Filter filter = new Filter.Comparison(
                AttributePath.of(key.attribute()), Operator.EQ, JsonNodeFactory.instance.textNode(key.value()));
        List<Entry> found = directory
                .search(
                        exchange.speaker().sourceId(),
                        new Query(
                                List.of(user),
                                filter,
                                null,
                                new Paging.Index(1, 2),
                                View.PLAIN,
                                exchange.links().base()))
                .entries();
        if (found.size() != 1) {
            throw ScimProblem.of(404, "The person this token stands for is not known here.");
        }
        return found.get(0).id().toString();
    }
}

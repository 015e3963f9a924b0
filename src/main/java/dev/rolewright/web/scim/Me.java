package dev.rolewright.web.scim;

import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.schema.ResourceType;
import dev.rolewright.web.auth.Persons;
import dev.rolewright.web.auth.Speaker.PersonKey;
import jakarta.inject.Singleton;

/// Finds out whose record `/Me` is (RFC 7644 §3.11).
///
/// A person's token stands for one user. The token of an identity provider stands for no resource at all, so there is
/// nothing under this alias for it: 404.
@Singleton
class Me {

    private static final String USER = "User";

    private final Persons persons;
    private final ResourceType user;

    Me(Persons persons, Types types) {
        this.persons = persons;
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
        return persons.find(exchange.speaker().sourceId(), key)
                .orElseThrow(() -> ScimProblem.of(404, "The person this token stands for is not known here."))
                .toString();
    }
}

package dev.rolewright.offboarding;

import static dev.rolewright.scim.schema.StandardCatalog.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.directory.Directory;
import dev.rolewright.directory.Ids;
import dev.rolewright.directory.Precondition;
import dev.rolewright.model.Caller;
import dev.rolewright.model.PersonId;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.patch.PatchLimits;
import dev.rolewright.scim.patch.PatchParser;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/// An identity provider that knows people by all their names, with a source of its own.
final class TestPeople {

    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private final Directory directory;
    private final ResourceType user;
    private final int source;

    TestPeople(Directory directory, Catalog catalog, DataSource store) {
        this.directory = directory;
        this.user = catalog.type("User").orElseThrow();
        this.source = source(store);
    }

    /// @param more members of the document, each with a comma before it
    PersonId hires(String userName, String more) {
        UUID id = Ids.next();
        directory.create(caller(), user, id, Intake.create(user, json("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "%s"], "userName": "%s"%s}""".formatted(ENTERPRISE, userName, more))));
        return new PersonId(id);
    }

    PersonId hiresByNumber(String number) {
        return hires("n" + number + "@" + UUID.randomUUID(), """
                , "%s": {"employeeNumber": "%s"}""".formatted(ENTERPRISE, number));
    }

    void changes(PersonId person, String path, String value) {
        ObjectNode body = json("""
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [{"op": "replace", "path": "%s", "value": %s}]}""".formatted(path, value));
        directory.patch(
                caller(),
                user,
                person.toString(),
                PatchParser.parse(body, new PatchLimits(100, 100, FilterLimits.STANDARD)),
                Precondition.NONE);
    }

    void numbers(PersonId person, String number) {
        changes(person, ENTERPRISE + ":employeeNumber", "\"" + number + "\"");
    }

    void deletes(PersonId person) {
        directory.delete(caller(), user, person.toString(), Precondition.NONE);
    }

    private Caller caller() {
        return new Caller(source, "idp-" + source, "okta", "req-" + UUID.randomUUID(), List.of());
    }

    private static int source(DataSource store) {
        try (Connection connection = store.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO source (name) VALUES (?) RETURNING id")) {
            statement.setString(1, "hr" + UUID.randomUUID());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

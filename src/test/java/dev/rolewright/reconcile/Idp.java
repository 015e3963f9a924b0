package dev.rolewright.reconcile;

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
import java.util.List;
import java.util.UUID;

/// An identity provider that pushes into a source of its own.
public final class Idp {

    private final Directory directory;
    private final ResourceType user;
    private final ResourceType group;
    private final int source;
    private final String name;

    Idp(Directory directory, Catalog catalog, int source, String name) {
        this.directory = directory;
        this.user = catalog.type("User").orElseThrow();
        this.group = catalog.type("Group").orElseThrow();
        this.source = source;
        this.name = name;
    }

    String name() {
        return name;
    }

    public PersonId hires(String userName) {
        UUID id = Ids.next();
        create(user, id, """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s@%s.example"}""".formatted(userName, name));
        return new PersonId(id);
    }

    public void dismisses(PersonId person) {
        patch(user, person.value(), "replace", "active", "false");
    }

    void takesBack(PersonId person) {
        patch(user, person.value(), "replace", "active", "true");
    }

    public void deletes(PersonId person) {
        directory.delete(caller(), user, person.toString(), Precondition.NONE);
    }

    void renames(PersonId person, String userName) {
        patch(user, person.value(), "replace", "userName", "\"%s@%s.example\"".formatted(userName, name));
    }

    void renames(UUID group, String displayName) {
        patch(this.group, group, "replace", "displayName", "\"" + displayName + "\"");
    }

    void dissolves(UUID group) {
        directory.delete(caller(), this.group, group.toString(), Precondition.NONE);
    }

    void nests(UUID inner, UUID outer) {
        patch(this.group, outer, "add", "members", "[{\"value\": \"%s\"}]".formatted(inner));
    }

    void unnests(UUID inner, UUID outer) {
        patch(this.group, outer, "remove", "members[value eq \\\"%s\\\"]".formatted(inner), null);
    }

    UUID founds(String displayName) {
        UUID id = Ids.next();
        create(group, id, """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "%s"}""".formatted(displayName));
        return id;
    }

    void adds(UUID group, List<PersonId> people) {
        patch(this.group, group, "add", "members", values(people));
    }

    void adds(UUID group, PersonId person) {
        adds(group, List.of(person));
    }

    void removes(UUID group, PersonId person) {
        patch(this.group, group, "remove", "members[value eq \\\"%s\\\"]".formatted(person), null);
    }

    void empties(UUID group) {
        patch(this.group, group, "remove", "members", null);
    }

    private static String values(List<PersonId> people) {
        return people.stream().map("{\"value\": \"%s\"}"::formatted).toList().toString();
    }

    private void create(ResourceType type, UUID id, String body) {
        directory.create(caller(), type, id, Intake.create(type, json(body)));
    }

    private void patch(ResourceType type, UUID id, String op, String path, String value) {
        ObjectNode body = json("""
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [{"op": "%s", "path": "%s"%s}]}""".formatted(op, path, value == null ? "" : ", \"value\": " + value));
        directory.patch(
                caller(),
                type,
                id.toString(),
                PatchParser.parse(body, new PatchLimits(100, 200_000, FilterLimits.STANDARD)),
                Precondition.NONE);
    }

    private Caller caller() {
        return new Caller(source, name, "okta", "req-" + UUID.randomUUID(), List.of());
    }
}

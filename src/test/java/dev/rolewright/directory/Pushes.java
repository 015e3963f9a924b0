package dev.rolewright.directory;

import static dev.rolewright.scim.schema.StandardCatalog.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.schema.Catalog;
import dev.rolewright.scim.schema.Intake;
import dev.rolewright.scim.schema.ResourceType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// What an identity provider does, in one line each.
record Pushes(Directory directory, ResourceType user, ResourceType group, TestSource source) {

    static Pushes into(Directory directory, Catalog catalog, TestSource source) {
        return new Pushes(
                directory,
                catalog.type("User").orElseThrow(),
                catalog.type("Group").orElseThrow(),
                source);
    }

    List<UUID> people(int number) {
        return Stream.generate(() -> person(Ids.next(), UUID.randomUUID().toString()))
                .limit(number)
                .toList();
    }

    UUID person(UUID id, String userName) {
        return person(id, userName, "");
    }

    /// @param more further attributes, each after a comma
    UUID person(UUID id, String userName, String more) {
        create(user, id, body(userName, more));
        return id;
    }

    void put(UUID person, String userName) {
        directory.replace(source.caller(), user, person.toString(), body(userName, ""), Precondition.NONE);
    }

    UUID group(String name, List<UUID> members) {
        return group(Ids.next(), name, members);
    }

    UUID group(UUID id, String name, List<UUID> members) {
        create(group, id, json("""
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "%s",
                         "members": %s}""".formatted(name, values(members))));
        return id;
    }

    void patchPerson(UUID id, String operation) {
        patch(user, id, operation);
    }

    void patchGroup(UUID id, String operation) {
        patch(group, id, operation);
    }

    void deletePerson(UUID id) {
        directory.delete(source.caller(), user, id.toString(), Precondition.NONE);
    }

    void deleteGroup(UUID id) {
        directory.delete(source.caller(), group, id.toString(), Precondition.NONE);
    }

    static String replace(String path, String value) {
        return "{\"op\": \"replace\", \"path\": \"%s\", \"value\": %s}".formatted(path, value);
    }

    static String add(UUID member) {
        return "{\"op\": \"add\", \"path\": \"members\", \"value\": %s}".formatted(values(List.of(member)));
    }

    static String replaceMembers(List<UUID> members) {
        return replace("members", values(members));
    }

    static String remove(UUID member) {
        return "{\"op\": \"remove\", \"path\": \"members[value eq \\\"%s\\\"]\"}".formatted(member);
    }

    static String removeAll() {
        return "{\"op\": \"remove\", \"path\": \"members\"}";
    }

    private void create(ResourceType type, UUID id, ObjectNode body) {
        directory.create(source.caller(), type, id, Intake.create(type, body));
    }

    private void patch(ResourceType type, UUID id, String operation) {
        directory.patch(source.caller(), type, id.toString(), Patches.ops(operation), Precondition.NONE);
    }

    private static ObjectNode body(String userName, String more) {
        return json("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s"%s}""".formatted(userName, more));
    }

    private static String values(List<UUID> members) {
        return Patches.refs(members.toArray());
    }
}

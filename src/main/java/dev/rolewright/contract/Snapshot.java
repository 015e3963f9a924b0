package dev.rolewright.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.Fence;
import dev.rolewright.model.PersonId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What was known at one moment of everybody, or of some people together with all groups that they are in, directly or
/// through other groups.
///
/// @param fences what stops people, whatever the identity provider says of them
public record Snapshot(Map<PersonId, Person> people, Map<UUID, Group> groups, Map<PersonId, List<Fence>> fences) {

    /// @param document the person in canonical SCIM; nobody changes it while the snapshot is used
    public record Person(PersonId id, ObjectNode document) {

        public String userName() {
            return document.path("userName").asText();
        }

        public Optional<String> externalId() {
            return Optional.ofNullable(document.path("externalId").textValue());
        }

        /// Whoever is not said to be inactive is active (RFC 7643 §4.1.1).
        public boolean isActive() {
            return document.path("active").asBoolean(true);
        }
    }

    /// @param source who pushed it
    /// @param members ids of people and of groups
    public record Group(UUID id, String source, String displayName, Optional<String> externalId, Set<UUID> members) {

        public Group {
            members = Set.copyOf(members);
        }
    }

    public Snapshot {
        people = Map.copyOf(people);
        groups = Map.copyOf(groups);
        fences = Map.copyOf(fences);
    }

    /// Whether the person may have anything: known, active, and stopped by nothing.
    public boolean isThere(PersonId id) {
        Person person = people.get(id);
        return person != null && person.isActive() && !isFenced(id);
    }

    boolean isFenced(PersonId person) {
        return fences.containsKey(person);
    }
}

package dev.rolewright.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.PersonId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What the directory knew at one moment: everybody, or some people together with all groups that they are in,
/// directly or through other groups.
public record Snapshot(Map<PersonId, Person> people, Map<UUID, Group> groups) {

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

    /// @param members ids of people and of groups
    public record Group(UUID id, String displayName, Optional<String> externalId, Set<UUID> members) {

        public Group {
            members = Set.copyOf(members);
        }
    }

    public Snapshot {
        people = Map.copyOf(people);
        groups = Map.copyOf(groups);
    }
}

package dev.rolewright.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.model.PersonId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What the directory knew at one moment, in no particular order.
public record PeopleAndGroups(List<Person> people, List<Group> groups) {

    /// @param document the attributes that were asked for, as far as the person has them; not to be changed
    public record Person(PersonId id, ObjectNode document) {}

    /// @param source the name of the one that pushed it
    /// @param members ids of people and of groups
    public record Group(UUID id, String source, String displayName, Optional<String> externalId, Set<UUID> members) {

        public Group {
            members = Set.copyOf(members);
        }
    }

    public PeopleAndGroups {
        people = List.copyOf(people);
        groups = List.copyOf(groups);
    }
}

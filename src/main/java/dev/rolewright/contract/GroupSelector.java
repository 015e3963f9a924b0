package dev.rolewright.contract;

import dev.rolewright.model.Wildcards;
import dev.rolewright.scim.schema.Folding;
import java.util.Optional;

/// Which groups of the directory are meant. Names are compared as SCIM compares them: upper and lower case are
/// the same in a displayName, not in an externalId.
public sealed interface GroupSelector {

    record DisplayName(String name) implements GroupSelector {}

    record ExternalId(String id) implements GroupSelector {}

    /// @param pattern for the displayName; `*` stands for any characters and `?` for one
    record Matches(String pattern) implements GroupSelector {}

    default boolean selects(String displayName, Optional<String> externalId) {
        return switch (this) {
            case DisplayName(String name) -> Folding.fold(name).equals(Folding.fold(displayName));
            case ExternalId(String id) -> externalId.filter(id::equals).isPresent();
            case Matches(String pattern) -> Wildcards.matches(Folding.fold(pattern), Folding.fold(displayName));
        };
    }

    default String label() {
        return switch (this) {
            case DisplayName(String name) -> "group " + name;
            case ExternalId(String id) -> "the group with externalId " + id;
            case Matches(String pattern) -> "groups " + pattern;
        };
    }
}

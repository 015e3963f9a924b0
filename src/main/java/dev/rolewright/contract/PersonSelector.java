package dev.rolewright.contract;

import dev.rolewright.scim.schema.Folding;
import java.util.Optional;
import java.util.stream.Stream;

/// Which one person of the directory is meant.
public sealed interface PersonSelector {

    record UserName(String name) implements PersonSelector {}

    record ExternalId(String id) implements PersonSelector {}

    default boolean selects(String userName, Optional<String> externalId) {
        return switch (this) {
            case UserName(String name) -> Folding.fold(name).equals(Folding.fold(userName));
            case ExternalId(String id) -> externalId.filter(id::equals).isPresent();
        };
    }

    /// What it asks of a person beside the userName.
    default Stream<String> attributes() {
        return switch (this) {
            case UserName _ -> Stream.empty();
            case ExternalId _ -> Stream.of("externalId");
        };
    }

    default String label() {
        return switch (this) {
            case UserName(String name) -> name;
            case ExternalId(String id) -> "the person with externalId " + id;
        };
    }
}

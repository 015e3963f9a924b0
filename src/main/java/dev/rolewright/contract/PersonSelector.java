package dev.rolewright.contract;

import java.util.stream.Stream;

/// Which one person of the directory is meant.
public sealed interface PersonSelector {

    record UserName(String name) implements PersonSelector {}

    record ExternalId(String id) implements PersonSelector {}

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

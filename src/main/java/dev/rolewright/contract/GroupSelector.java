package dev.rolewright.contract;

import dev.rolewright.model.Wildcards;
import dev.rolewright.scim.schema.Folding;
import java.util.Optional;

/// Which groups of the directory are meant.
///
/// @param source whose groups; nothing for those of every source
public record GroupSelector(Name name, Optional<String> source) {

    /// What they are called. Names are compared as SCIM compares them: upper and lower case are the same in a
    /// displayName, not in an externalId.
    public sealed interface Name {

        record DisplayName(String text) implements Name {}

        record ExternalId(String id) implements Name {}

        /// @param pattern for the displayName; `*` stands for any characters and `?` for one
        record Matches(String pattern) implements Name {}
    }

    static GroupSelector ofAnySource(Name name) {
        return new GroupSelector(name, Optional.empty());
    }

    public boolean selects(String source, String displayName, Optional<String> externalId) {
        return isFrom(source)
                && switch (name) {
                    case Name.DisplayName(String text) -> Folding.fold(text).equals(Folding.fold(displayName));
                    case Name.ExternalId(String id) ->
                        externalId.filter(id::equals).isPresent();
                    case Name.Matches(String pattern) ->
                        Wildcards.matches(Folding.fold(pattern), Folding.fold(displayName));
                };
    }

    boolean isFrom(String other) {
        return source.isEmpty() || source.get().equals(other);
    }

    public String label() {
        String groups = switch (name) {
            case Name.DisplayName(String text) -> "group " + text;
            case Name.ExternalId(String id) -> "the group with externalId " + id;
            case Name.Matches(String pattern) -> "groups " + pattern;
        };
        return groups + source.map(it -> " of source " + it).orElse("");
    }
}

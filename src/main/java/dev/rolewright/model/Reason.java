package dev.rolewright.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why an item is wanted, or wanted no more.
public sealed interface Reason {

    /// A person is in a group that a mapping gives a role to.
    ///
    /// @param path the groups from the one the person is in to the one that the mapping names
    /// @param contract the contract's version
    record Mapped(PersonId person, List<String> path, String mapping, RoleName role, String contract)
            implements Reason {

        public Mapped {
            path = List.copyOf(path);
            if (path.isEmpty()) {
                throw new IllegalArgumentException("A mapping gives a role through at least one group.");
            }
        }
    }

    /// The contract says it of the role itself.
    record Declared(RoleName role, String contract) implements Reason {}

    /// Something else would be of no use without it: CONNECT and USAGE follow from a grant.
    record Implied(Item by) implements Reason {}

    /// The mapping that gave it has come to its end.
    ///
    /// @param last the day, in UTC, with which it ended
    record Expired(PersonId person, String mapping, LocalDate last, RoleName role, String contract) implements Reason {}

    /// The person earns no login here.
    record Ended(PersonId person, Cause cause) implements Reason {}

    /// The person is stopped, whatever the identity provider says.
    record Fenced(PersonId person, Fence fence) implements Reason {}

    /// The person would hold roles that the contract keeps apart, and so gets none of them.
    ///
    /// @param separation the contract's name for the rule
    /// @param roles what the person would hold of it
    record Separated(PersonId person, String separation, List<RoleName> roles, String contract) implements Reason {

        public Separated {
            roles = List.copyOf(roles);
        }
    }

    /// The person earns roles here and gets no login, or has one that is no longer ours to touch: every name is
    /// protected or belongs to something else.
    ///
    /// @param login the name that the person's login has already
    record Nameless(PersonId person, Optional<LoginName> login) implements Reason {}

    /// The contract gives it to nobody.
    ///
    /// @param author who gave it by hand, where the server tells
    record Unwanted(Optional<String> author) implements Reason {

        public static Unwanted of(Grantor grantor) {
            return new Unwanted(
                    grantor instanceof Grantor.Other(RoleName name) ? Optional.of(name.value()) : Optional.empty());
        }
    }

    /// It is the login that the person was given, as the server's own id tells.
    ///
    /// @param name what we know it as
    record Recognised(PersonId person, LoginName name) implements Reason {}

    enum Cause {
        /// The identity provider says the person is not active, or has taken the person away.
        INACTIVE("is not active"),
        /// The person is active and no mapping gives a role on this target.
        WITHOUT_ROLE("earns no role here"),
        /// The directory does not know the person.
        UNKNOWN("is not in the directory");

        private final String words;

        Cause(String words) {
            this.words = words;
        }
    }

    default String sentence() {
        return switch (this) {
            case Mapped(PersonId person, List<String> path, String mapping, RoleName role, String contract) ->
                "person " + person + " is in " + String.join(" in ", path) + "; mapping \"" + mapping + "\" gives "
                        + role + "; contract " + contract;
            case Declared(RoleName role, String contract) -> "role " + role + " of contract " + contract;
            case Implied(Item by) -> "needed for " + by.label();
            case Unwanted(Optional<String> author) ->
                "nothing in the contract gives it"
                        + author.map(name -> "; it was given by " + name).orElse("");
            case Separated(PersonId person, String separation, List<RoleName> roles, String contract) ->
                "person " + person + " would hold "
                        + roles.stream().map(RoleName::value).collect(Collectors.joining(" and ")) + ", which \""
                        + separation + "\" keeps apart, and so gets none of them; contract " + contract;
            case Expired(PersonId person, String mapping, LocalDate last, RoleName role, String contract) ->
                "person " + person + " had " + role + " by mapping \"" + mapping + "\" until " + last + "; contract "
                        + contract;
            case Nameless(PersonId person, Optional<LoginName> login) ->
                login.map(name -> "login " + name + " of person " + person
                                + " is left as it is, because its name is protected or belongs to something else")
                        .orElse("person " + person
                                + " earns roles here and gets no login, because every name that it could"
                                + " have is protected or belongs to something else");
            case Fenced(PersonId person, Fence fence) -> "person " + person + " is fenced off; " + fence.sentence();
            case Recognised(PersonId person, LoginName name) ->
                "its mark was taken away or changed by hand; by the server's own id it is login " + name + " of person "
                        + person;
            case Ended(PersonId person, Cause cause) -> "person " + person + " " + cause.words;
        };
    }
}

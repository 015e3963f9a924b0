package dev.rolewright.scim.patch;

import dev.rolewright.scim.filter.Filter;
import java.util.List;

/// One change to the set of a group's members. Applied in order, within the same transaction as the rest of the PATCH.
public sealed interface MemberChange {

    /// Adds these; who is a member already stays one.
    record Add(List<Member> members) implements MemberChange {
        public Add {
            members = List.copyOf(members);
        }
    }

    /// Removes these ids; who is no member already stays none.
    record Remove(List<String> ids) implements MemberChange {
        public Remove {
            ids = List.copyOf(ids);
        }
    }

    /// Removes the members that satisfy a filter over the sub-attributes of `members`.
    record RemoveMatching(Filter filter) implements MemberChange {}

    /// Makes these the only members; an empty list is a {@link Clear} and never arrives here.
    record ReplaceAll(List<Member> members) implements MemberChange {
        public ReplaceAll {
            members = List.copyOf(members);
            if (members.isEmpty()) {
                throw new IllegalArgumentException("replacing by nobody is a Clear");
            }
        }
    }

    /// Removes everybody. A type of its own, so that nobody empties a group by passing an empty list around.
    record Clear() implements MemberChange {}
}

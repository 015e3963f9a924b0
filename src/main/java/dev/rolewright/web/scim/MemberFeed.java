package dev.rolewright.web.scim;

import dev.rolewright.directory.MemberRef;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The members of several groups in the order of the groups, handed out group by group and one at a time.
final class MemberFeed {

    private final Supplier<? extends @Nullable MemberRef> members;
    private @Nullable MemberRef ahead;

    /// @param members gives one after the other, and null after the last
    MemberFeed(Supplier<? extends @Nullable MemberRef> members) {
        this.members = members;
        this.ahead = members.get();
    }

    /// The next member of that group; null when it has no more.
    @Nullable
    MemberRef next(UUID group) {
        MemberRef next = ahead;
        if (next == null || !next.group().equals(group)) {
            return null;
        }
        ahead = members.get();
        return next;
    }
}

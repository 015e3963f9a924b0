package dev.rolewright.web.scim;

import dev.rolewright.directory.MemberRef;
import dev.rolewright.directory.Members;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The members of several groups in the order of the groups, handed out group by group and one at a time.
final class MemberFeed implements AutoCloseable {

    private final Members members;
    private @Nullable MemberRef ahead;

    MemberFeed(Members members) {
        this.members = members;
        this.ahead = members.next();
    }

    /// The next member of that group; null when it has no more.
    @Nullable
    MemberRef next(UUID group) {
        MemberRef next = ahead;
        if (next == null || !next.group().equals(group)) {
            return null;
        }
        ahead = members.next();
        return next;
    }

    @Override
    public void close() {
        members.close();
    }
}

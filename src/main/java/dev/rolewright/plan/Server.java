package dev.rolewright.plan;

import dev.rolewright.model.RoleName;
import java.util.Optional;
import java.util.Set;

/// What the server itself is, as far as a plan depends on it.
///
/// @param product as the server calls itself: `PostgreSQL 18.1`
/// @param identity what no other server has (PostgreSQL's system identifier); approvals are bound to it
/// @param lineage begins with the identity and is another one after the server was put back to an earlier day, as far
/// as it tells (PostgreSQL's timeline): since then it may give ids again that it gave before
/// @param lastPass the number of the last pass of ours that changed something there, as the server
/// was told; a store that does not know it is older than what it sees
/// @param own names that belong to us and are never planned: the connector's login, grantor, marker and
/// quarantine roles
/// @param predefined roles that the server brings along and that a contract role may include; one that equals a
/// superuser is never among them
/// @param sessionsMayHide whether an open session can keep a role that its login has lost (SET ROLE without the
/// SET option, before PostgreSQL 16)
public record Server(
        String product,
        String identity,
        String lineage,
        Optional<Long> lastPass,
        Set<RoleName> own,
        Set<RoleName> predefined,
        boolean sessionsMayHide) {

    public Server {
        own = Set.copyOf(own);
        predefined = Set.copyOf(predefined);
        if (!lineage.startsWith(identity)) {
            throw new IllegalArgumentException("A server's lineage begins with its identity.");
        }
    }

    /// One that does not tell of being put back.
    public Server(
            String product, String identity, Set<RoleName> own, Set<RoleName> predefined, boolean sessionsMayHide) {
        this(product, identity, identity, Optional.empty(), own, predefined, sessionsMayHide);
    }

    /// Whether a lineage that was written down is this server's, on whatever day.
    public static boolean isOf(String identity, String lineage) {
        return lineage.equals(identity) || lineage.startsWith(identity + "/");
    }
}

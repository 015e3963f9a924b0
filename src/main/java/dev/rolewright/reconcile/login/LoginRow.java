package dev.rolewright.reconcile.login;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Known;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is written down about one person's login on one target.
///
/// @param serverId the server's own id, once it was seen; until then the name is a plan, not a fact
/// @param server the lineage of the server that gave the id
/// @param held something about it waits for a human
/// @param settled whether it was as desired when it was last looked at
/// @param hiding whether an open session of it may have become a role that it has lost, and was not ended yet
/// @param attempts failures in a row
/// @param due when it has to be looked at again
public record LoginRow(
        PersonId person,
        LoginName name,
        Optional<String> serverId,
        Optional<String> server,
        State state,
        Instant since,
        boolean held,
        boolean settled,
        boolean hiding,
        Optional<String> error,
        int attempts,
        Optional<Instant> due) {

    public enum State {
        PENDING,
        ACTIVE,
        SUSPENDED,
        DROPPED
    }

    /// A login that is about to be made.
    public static LoginRow pending(PersonId person, LoginName name, Instant now) {
        return new LoginRow(
                person,
                name,
                Optional.empty(),
                Optional.empty(),
                State.PENDING,
                now,
                false,
                false,
                false,
                Optional.empty(),
                0,
                Optional.empty());
    }

    /// What people's logins are called. A name that several had is that of whoever was seen with it.
    public static Map<PersonId, LoginName> names(Map<PersonId, LoginRow> rows) {
        Map<LoginName, LoginRow> holders = HashMap.newHashMap(rows.size());
        rows.values().forEach(row -> holders.merge(row.name(), row, (one, other) -> one.isBefore(other) ? one : other));
        Map<PersonId, LoginName> names = HashMap.newHashMap(holders.size());
        holders.forEach((name, row) -> names.put(row.person(), name));
        return names;
    }

    private boolean isBefore(LoginRow other) {
        return isFact() == other.isFact() ? person.compareTo(other.person()) < 0 : isFact();
    }

    /// Whether somebody was seen with the name and has it still, as far as is known.
    public boolean isFact() {
        return isConfirmed() && state != State.DROPPED;
    }

    public boolean isConfirmed() {
        return serverId.isPresent();
    }

    /// What logins can be known by again, whatever becomes of their marks.
    public static Known known(Collection<LoginRow> rows) {
        return new Known(rows.stream().flatMap(row -> row.known().stream()).toList());
    }

    private Optional<Known.Login> known() {
        return state == State.DROPPED
                ? Optional.empty()
                : server.flatMap(identity -> serverId.map(id -> new Known.Login(
                        identity, id, person, name, state == State.SUSPENDED ? Optional.of(since) : Optional.empty())));
    }

    /// @param ends whether its sessions are about to be ended
    public LoginRow unsettled(boolean ends) {
        return new LoginRow(
                person, name, serverId, server, state, since, held, false, hiding || ends, error, attempts, due);
    }
}

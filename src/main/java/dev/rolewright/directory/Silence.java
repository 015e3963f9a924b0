package dev.rolewright.directory;

import dev.rolewright.model.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Of whom the identity providers have said nothing for long.
///
/// Something is said of a person when their own resource is created or changed. A push after which everything is as it
/// was leaves no trace, and a group that somebody comes to is not theirs.
@ApplicationScoped
public class Silence {

    private static final String SILENT = " FROM resource r JOIN source s ON s.id = r.source_id"
            + " WHERE r.type = 'User' AND r.last_modified < ? AND " + Identities.ACTIVE
            + " AND NOT EXISTS (SELECT FROM unnest(?) o (id) WHERE o.id = r.id)";

    private final DirectoryStore store;

    Silence(DirectoryStore store) {
        this.store = store;
    }

    /// Somebody who is active as far as the identity provider has said.
    ///
    /// @param source the name of the one that speaks of them
    /// @param closed since when it lets nobody in, so that nothing will be said any more
    /// @param mentioned when they were last spoken of
    public record Silent(
            PersonId person, String userName, String source, Optional<Instant> closed, Instant mentioned) {}

    /// @param others people of whom somebody else speaks
    public long count(Instant since, Collection<PersonId> others) {
        return store.first(Sql.of("SELECT count(*)" + SILENT, since, PersonId.ids(others)), row -> row.getLong(1))
                .orElseThrow();
    }

    /// Those who have been silent for longest.
    ///
    /// @param since who was not spoken of since then is silent
    /// @param others people of whom somebody else speaks
    public List<Silent> longest(Instant since, Collection<PersonId> others, int most) {
        return store.all(
                Sql.of(
                        "SELECT r.id, coalesce(r.document ->> 'userName', ''), s.name, s.closed, r.last_modified"
                                + SILENT + " ORDER BY r.last_modified, r.id LIMIT ?",
                        since,
                        PersonId.ids(others),
                        most),
                Silence::silent);
    }

    private static Silent silent(ResultSet row) throws SQLException {
        return new Silent(
                new PersonId(row.getObject(1, UUID.class)),
                row.getString(2),
                row.getString(3),
                row.getObject(4) == null ? Optional.empty() : Optional.of(Columns.time(row, 4)),
                Columns.time(row, 5));
    }
}

package dev.rolewright.directory;

import dev.rolewright.model.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Reads who is in groups, directly or through other groups, a part at a time.
///
/// It takes as long as there are groups; how many people are in them does not matter.
@ApplicationScoped
public class Rosters {

    private static final String GROUPS = """
            SELECT g.id, s.name, g.document ->> 'displayName', g.document ->> 'externalId'
            FROM resource g JOIN source s ON s.id = g.source_id
            WHERE g.source_id = ANY (ARRAY(SELECT id FROM source)) AND g.type = 'Group'""";

    /// Asked of the groups that are in others, because there are fewer of them than of people.
    private static final String NESTED = """
            SELECT m.group_id, m.member_id FROM unnest(?) g (id) CROSS JOIN LATERAL (
                SELECT group_id, member_id FROM membership WHERE member_id = g.id OFFSET 0) m""";

    /// As many of each group as are wanted of all, so that each group is left early. What a member is, is looked up
    /// one by one.
    private static final String PART = """
            SELECT DISTINCT m.member_id FROM unnest(?) g (id) CROSS JOIN LATERAL (
                SELECT member_id FROM membership
                WHERE group_id = g.id AND member_id > ?
                    AND (SELECT type FROM resource WHERE id = member_id) = 'User'
                ORDER BY member_id LIMIT ?) m
            ORDER BY 1 LIMIT ?""";

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /// Chooses groups by whose they are and what they are called.
    public interface Choice {

        boolean selects(String source, String displayName, Optional<String> externalId);
    }

    private final DirectoryStore store;

    Rosters(DirectoryStore store) {
        this.store = store;
    }

    /// @param after whom the part before it ended with
    /// @return by id
    public List<PersonId> people(Choice choice, Optional<PersonId> after, int limit) {
        return store.atOneMoment(() -> {
            List<UUID> all = new ArrayList<>();
            List<UUID> chosen = new ArrayList<>();
            store.each(Sql.of(GROUPS), row -> {
                UUID id = row.getObject(1, UUID.class);
                String name = row.getString(3);
                all.add(id);
                if (choice.selects(row.getString(2), name == null ? "" : name, Optional.ofNullable(row.getString(4)))) {
                    chosen.add(id);
                }
            });
            if (chosen.isEmpty()) {
                return List.of();
            }
            UUID[] below = withNested(chosen, all).toArray(UUID[]::new);
            return store.all(
                    Sql.of(PART, (Object) below, after.map(PersonId::value).orElse(BEFORE_ALL), limit, limit),
                    row -> new PersonId(row.getObject(1, UUID.class)));
        });
    }

    private Set<UUID> withNested(Collection<UUID> chosen, Collection<UUID> all) {
        Map<UUID, List<UUID>> nested = new HashMap<>();
        store.each(
                Sql.of(NESTED, (Object) all.toArray(UUID[]::new)),
                row -> nested.computeIfAbsent(row.getObject(1, UUID.class), _ -> new ArrayList<>())
                        .add(row.getObject(2, UUID.class)));
        Set<UUID> found = new HashSet<>(chosen);
        Deque<UUID> open = new ArrayDeque<>(chosen);
        while (!open.isEmpty()) {
            nested.getOrDefault(open.remove(), List.of()).stream()
                    .filter(found::add)
                    .forEach(open::add);
        }
        return found;
    }
}

package dev.rolewright.directory;

import dev.rolewright.directory.PeopleAndGroups.Group;
import dev.rolewright.directory.PeopleAndGroups.Person;
import dev.rolewright.model.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Reads what the directory knows as one consistent picture, for whoever decides what follows from it.
///
/// The picture is of the whole installation. Sources keep providers from seeing each other's resources, not from naming
/// the same group: two groups of one name from two sources are two groups, each with the members that its own source
/// gave it; the contract may say whose is meant. What a closed source pushed stays in the picture.
///
/// People are resources of the type `User` and groups of the type `Group`; types of a company's own are neither.
@ApplicationScoped
public class Snapshots {

    /// What everybody wants to know of a person.
    private static final Set<String> ALWAYS = Set.of("userName", "active");

    private static final String ID = "id";
    private static final String META = "meta";

    /// Goes by the index that begins with the source, whose figures tell people from groups.
    private static final String OF_TYPE = " WHERE source_id = ANY (ARRAY(SELECT id FROM source)) AND type = ";

    private static final String GROUP =
            "SELECT g.id, NULL::jsonb, s.name, g.document ->> 'displayName', g.document ->> 'externalId', ";

    private static final String ITS_SOURCE = " JOIN source s ON s.id = g.source_id";

    /// Where people and groups come as rows of one answer, the last column says which is which.
    private static final int IS_GROUP = 7;

    /// Ids one behind the other, 16 bytes each.
    private static final String MEMBERS = "string_agg(uuid_send(member_id), ''::bytea)";

    private static final String ALL_GROUPS = GROUP + "(SELECT " + MEMBERS
            + " FROM membership WHERE group_id = g.id) FROM resource g" + ITS_SOURCE + OF_TYPE + "'Group'";

    /// The memberships on the ways up from people, and no others: a large group is as quick as a small one.
    private static final String UP = """
            WITH RECURSIVE up (member_id, group_id) AS (
                SELECT m.member_id, m.group_id FROM unnest(?) p (id) CROSS JOIN LATERAL (
                    SELECT member_id, group_id FROM membership WHERE member_id = p.id OFFSET 0) m
                UNION
                SELECT m.member_id, m.group_id FROM up CROSS JOIN LATERAL (
                    SELECT member_id, group_id FROM membership WHERE member_id = up.group_id OFFSET 0) m
            )
            """;

    private static final String GROUPS_ABOVE = GROUP + """
            e.members, true FROM (SELECT group_id, %s AS members FROM up GROUP BY group_id) e
            CROSS JOIN LATERAL (SELECT id, source_id, document FROM resource WHERE id = e.group_id OFFSET 0) g""".formatted(MEMBERS) + ITS_SOURCE;

    private final DirectoryStore store;

    Snapshots(DirectoryStore store) {
        this.store = store;
    }

    /// Everybody and every group.
    ///
    /// @param attributes which top attributes, and extensions by their URN, are wanted of people besides
    /// `userName` and `active`. Derived ones are not in the picture, but for `id` and, of `meta`,
    /// the times and the resource type.
    public PeopleAndGroups whole(Set<String> attributes) {
        return store.atOneMoment(() -> {
            List<Person> people = people(document(attributes).add(" FROM resource r" + OF_TYPE + "'User'"));
            return new PeopleAndGroups(people, groups(Sql.of(ALL_GROUPS), people));
        });
    }

    /// These people, as far as they exist, with all groups that they are in, directly or through other groups.
    /// Of the groups' members only those are in the picture who lead to one of these people.
    ///
    /// @param attributes as for {@link #whole}
    public PeopleAndGroups some(Set<PersonId> people, Set<String> attributes) {
        UUID[] ids = PersonId.ids(people);
        Sql sql = Sql.of(UP, (Object) ids)
                .add(document(attributes))
                .add(
                        ", NULL, NULL, NULL, NULL, false FROM unnest(?) p (id) CROSS JOIN LATERAL (SELECT * FROM resource"
                                + " WHERE id = p.id OFFSET 0) r WHERE r.type = 'User' UNION ALL ",
                        (Object) ids)
                .add(GROUPS_ABOVE);
        List<Person> found = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        SharedValues documents = new SharedValues();
        store.each(sql, row -> {
            if (row.getBoolean(IS_GROUP)) {
                groups.add(group(row, Map.of()));
            } else {
                found.add(person(row, documents));
            }
        });
        return new PeopleAndGroups(found, groups);
    }

    /// A person's id and a document of only what is wanted.
    private static Sql document(Collection<String> attributes) {
        Set<String> wanted = new TreeSet<>(attributes);
        wanted.addAll(ALWAYS);
        Sql sql = Sql.of("SELECT r.id, jsonb_strip_nulls(jsonb_build_object('userName', r.document -> 'userName'");
        wanted.remove("userName");
        if (wanted.remove(ID)) {
            sql.add(", 'id', r.id");
        }
        if (wanted.remove(META)) {
            sql.add(", 'meta', jsonb_build_object('resourceType', r.type, 'created', r.created, 'lastModified',"
                    + " r.last_modified)");
        }
        wanted.forEach(name -> sql.add(", ?::text, r.document -> ?::text", name, name));
        return sql.add("))");
    }

    private List<Person> people(Sql sql) {
        List<Person> people = new ArrayList<>();
        SharedValues documents = new SharedValues();
        store.each(sql, row -> people.add(person(row, documents)));
        return people;
    }

    private static Person person(ResultSet row, SharedValues documents) throws SQLException {
        return new Person(new PersonId(row.getObject(1, UUID.class)), documents.document(row.getBytes(2)));
    }

    private List<Group> groups(Sql sql, List<Person> people) {
        Map<UUID, UUID> known = HashMap.newHashMap(people.size());
        people.forEach(person -> known.put(person.id().value(), person.id().value()));
        List<Group> groups = new ArrayList<>();
        store.each(sql, row -> groups.add(group(row, known)));
        return groups;
    }

    private static Group group(ResultSet row, Map<UUID, UUID> known) throws SQLException {
        byte[] members = row.getBytes(6);
        String displayName = row.getString(4);
        return new Group(
                row.getObject(1, UUID.class),
                row.getString(3),
                displayName == null ? "" : displayName,
                Optional.ofNullable(row.getString(5)),
                members == null ? Set.of() : members(ByteBuffer.wrap(members), known));
    }

    /// People are in many groups and are kept once.
    private static Set<UUID> members(ByteBuffer bytes, Map<UUID, UUID> known) {
        UUID[] members = new UUID[bytes.remaining() / (2 * Long.BYTES)];
        for (int i = 0; i < members.length; i++) {
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            members[i] = known.getOrDefault(id, id);
        }
        return Set.of(members);
    }
}

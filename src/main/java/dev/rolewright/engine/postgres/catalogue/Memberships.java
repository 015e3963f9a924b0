package dev.rolewright.engine.postgres.catalogue;

import dev.rolewright.model.Grantor;
import dev.rolewright.model.Membership;
import dev.rolewright.model.RoleName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What logins and roles are members of, every row of it.
///
/// Equal sets of them are one object: 100,000 people share a few.
public final class Memberships {

    private record Row(long role, boolean inherit, boolean set, boolean admin, long grantor) {}

    private final Catalogue catalogue;
    private final OwnIds own;
    private final Map<Set<Row>, Set<Row>> sets = new HashMap<>();
    private final Map<Long, Set<Row>> byMember = new HashMap<>();
    private final Map<Set<Row>, Set<Membership>> memberships = new HashMap<>();
    private Map<Long, RoleName> names = Map.of();

    private Memberships(Catalogue catalogue, OwnIds own) {
        this.catalogue = catalogue;
        this.own = own;
    }

    /// Of every login of ours.
    ///
    /// @param others that are no members of the marker
    public static Memberships ofMarked(Catalogue catalogue, OwnIds own, Set<Long> others) {
        Memberships memberships = new Memberships(catalogue, own);
        catalogue.read("memberships", memberships::add, own.marker());
        if (!others.isEmpty()) {
            catalogue.read("memberships-of", memberships::add, others);
        }
        memberships.readNames();
        return memberships;
    }

    public static Memberships of(Catalogue catalogue, OwnIds own, Set<Long> members) {
        Memberships memberships = new Memberships(catalogue, own);
        if (!members.isEmpty()) {
            catalogue.read("memberships-of", memberships::add, members);
        }
        memberships.readNames();
        return memberships;
    }

    public Set<Membership> of(long member) {
        return memberships.computeIfAbsent(
                byMember.getOrDefault(member, Set.of()),
                set -> set.stream().map(this::membership).collect(Collectors.toUnmodifiableSet()));
    }

    private void add(ResultSet row) throws SQLException {
        long role = row.getLong(2);
        if (role == own.marker() || role == own.roleMarker()) {
            return;
        }
        Row fresh = new Row(role, row.getBoolean(3), row.getBoolean(4), row.getBoolean(5), row.getLong(6));
        byMember.merge(row.getLong(1), shared(Set.of(fresh)), (some, more) -> shared(union(some, more)));
    }

    private Set<Row> shared(Set<Row> set) {
        return sets.computeIfAbsent(set, it -> it);
    }

    private static Set<Row> union(Set<Row> some, Set<Row> more) {
        Set<Row> all = new HashSet<>(some);
        all.addAll(more);
        return Set.copyOf(all);
    }

    private void readNames() {
        Set<Long> ids = new HashSet<>();
        sets.keySet()
                .forEach(set -> set.forEach(row -> {
                    ids.add(row.role());
                    ids.add(row.grantor());
                }));
        names = RoleNames.read(catalogue, ids);
    }

    // A role that the names do not know was dropped by somebody while we looked.
    private Membership membership(Row row) {
        boolean ours = row.grantor() == 0 || row.grantor() == own.grantor();
        return new Membership(
                RoleNames.of(names, row.role()),
                row.inherit(),
                row.set(),
                row.admin(),
                ours ? Grantor.OURS : new Grantor.Other(RoleNames.of(names, row.grantor())));
    }
}

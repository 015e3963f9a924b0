package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Catalogues;
import dev.rolewright.engine.postgres.catalogue.Databases;
import dev.rolewright.engine.postgres.catalogue.Holdings;
import dev.rolewright.engine.postgres.catalogue.OwnIds;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.Extra;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Extras;
import dev.rolewright.plan.Notice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What our logins and contract roles have of their own, which somebody gave them by hand.
///
/// Only what deviates is read: an access list is opened where the server's table of dependencies says that a login of
/// ours is in one.
final class ByHand {

    private static final int NOTICES = 100;

    /// @param holder whoever holds privileges in a database that the target does not manage; zero for anything else
    private record Oddity(String sentence, long database, long holder) {}

    private final Context context;
    private final Catalogues catalogues;
    private final OwnIds own;
    private final Map<Long, Roster.Ours> logins;
    private final Map<Long, RoleName> roles;
    private final List<Databases.Seen> databases;
    private final Set<Long> managedIds;
    private final List<Databases.Seen> unmanaged;
    private final Set<Long> unmanagedIds;
    private final Map<LoginName, Set<Extra>> extrasOfLogins = new HashMap<>();
    private final Map<RoleName, Set<Extra.OfServer>> extrasOfRoles = new HashMap<>();
    private final Map<Long, Map<Long, RoleName>> holders = new HashMap<>();
    private final List<Oddity> oddities = new ArrayList<>();

    ByHand(Context context, Catalogues catalogues, OwnIds own, Roster roster) {
        this.context = context;
        this.catalogues = catalogues;
        this.own = own;
        this.logins = roster.logins();
        this.roles = roster.contractRoles();
        Databases all = Databases.read(catalogues.maintenance());
        this.databases = all.managed(context.reach().target()).stream()
                .filter(database -> catalogues.of(database).isPresent())
                .toList();
        this.managedIds = ids(databases);
        this.unmanaged = all.unmanaged(context.reach().target());
        this.unmanagedIds = ids(unmanaged);
    }

    void read() {
        Catalogue server = catalogues.maintenance();
        long login = own.marker();
        long role = own.roleMarker();
        server.read("attributes", this::addAttributes, role, login, role, role, own.all());
        server.read("settings", this::addSetting, login, role, own.all());
        server.read("held-directly", this::addHeld, login, role, login, unmanagedIds, own.all());
        boolean first = true;
        for (Databases.Seen database : databases) {
            Map<Long, RoleName> here = new HashMap<>(holders.getOrDefault(database.id(), Map.of()));
            Map<Long, RoleName> everywhere = first ? holders.getOrDefault(0L, Map.of()) : Map.of();
            here.putAll(everywhere);
            if (!here.isEmpty()) {
                Holdings held = new Holdings(here, own);
                held.read(database.name(), catalogues.of(database).orElseThrow(), !everywhere.isEmpty());
                held.each(
                        (id, grant) -> add(id, new Extra.Privilege(grant)),
                        (id, grant) -> add(id, new Extra.Future(grant)));
            }
            first = false;
        }
    }

    Extras extras() {
        return new Extras(extrasOfLogins, extrasOfRoles);
    }

    /// What no step mends.
    List<Notice> notices() {
        List<Oddity> told = oddities.stream()
                .sorted(Comparator.comparing(Oddity::sentence))
                .limit(NOTICES)
                .toList();
        Set<Long> there = told.stream()
                .filter(oddity -> oddity.holder() != 0)
                .map(Oddity::database)
                .collect(Collectors.toSet());
        Elsewhere elsewhere = new Elsewhere(
                context,
                catalogues,
                own,
                holders,
                unmanaged.stream().filter(it -> there.contains(it.id())).toList());
        return told.stream()
                .map(oddity -> new Notice(
                        Notice.Kind.OTHER,
                        oddity.sentence(),
                        oddity.holder() == 0 ? Optional.empty() : elsewhere.taking(oddity.database(), oddity.holder())))
                .toList();
    }

    private void addAttributes(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        for (String kind : (String[]) row.getArray(2).getArray()) {
            addOfServer(id, new Extra.Attribute(Extra.Attribute.Kind.valueOf(kind)));
        }
    }

    private void addSetting(ResultSet row) throws SQLException {
        addOfServer(row.getLong(1), new Extra.Setting(Optional.ofNullable(row.getString(2)), row.getString(3)));
    }

    private void addHeld(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        long database = row.getLong(3);
        boolean seen = database == 0 || managedIds.contains(database);
        Roster.Ours login = logins.get(id);
        RoleName role = roles.get(id);
        RoleName name = login == null ? role : new RoleName(login.name().value());
        if (name == null) {
            return;
        }
        boolean privileges = row.getString(2).equals("a");
        if (privileges) {
            holders.computeIfAbsent(database, _ -> new HashMap<>()).put(id, name);
        }
        if (role != null || !privileges || !seen) {
            addOddity(name + (role == null ? " is a person's login" : " is a contract role"), row);
        }
    }

    private void addOddity(String who, ResultSet row) throws SQLException {
        String database = row.getString(4);
        long objects = row.getLong(5);
        boolean privileges = row.getString(2).equals("a");
        String what = switch (row.getString(2)) {
            case "o" -> " and owns ";
            case "r" -> " and named in policies of ";
            default -> " and holds privileges of its own on ";
        };
        boolean outside = unmanagedIds.contains(row.getLong(3));
        oddities.add(new Oddity(
                who
                        + what
                        + objects
                        + (objects == 1 ? " object" : " objects")
                        + (database.isEmpty() ? " of the server" : " in " + Quoting.shown(database))
                        + (outside ? ", where the contract manages nothing" : ""),
                row.getLong(3),
                privileges ? row.getLong(1) : 0));
    }

    private static Set<Long> ids(List<Databases.Seen> databases) {
        return databases.stream().map(Databases.Seen::id).collect(Collectors.toSet());
    }

    private void addOfServer(long id, Extra.OfServer extra) {
        RoleName role = roles.get(id);
        if (role == null) {
            add(id, extra);
        } else {
            extrasOfRoles.computeIfAbsent(role, _ -> new HashSet<>()).add(extra);
        }
    }

    private void add(long id, Extra extra) {
        Roster.Ours login = logins.get(id);
        if (login != null) {
            extrasOfLogins.computeIfAbsent(login.name(), _ -> new HashSet<>()).add(extra);
        }
    }
}

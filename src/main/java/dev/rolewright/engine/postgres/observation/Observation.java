package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Catalogues;
import dev.rolewright.engine.postgres.catalogue.Memberships;
import dev.rolewright.engine.postgres.catalogue.OwnIds;
import dev.rolewright.engine.postgres.catalogue.ServerFacts;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.readiness.Oddities;
import dev.rolewright.engine.postgres.readiness.Rights;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.Standing;
import dev.rolewright.plan.Extras;
import dev.rolewright.plan.Inventory;
import dev.rolewright.plan.Known;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Observed;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.SeenLogin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// One look at a server, in few queries over whole sets. It changes nothing and needs no right but to connect.
public final class Observation {

    private final Context context;
    private final Connections connections;

    public Observation(Context context, Connections connections) {
        this.context = context;
        this.connections = connections;
    }

    public Observed observe(Scope scope, Known known) {
        return Catalogues.look(connections, context.version(), catalogues -> observe(catalogues, scope, known));
    }

    private Observed observe(Catalogues catalogues, Scope scope, Known known) {
        Catalogue server = catalogues.maintenance();
        if (scope instanceof Scope.Whole) {
            server.joinWholeSets();
        }
        ServerFacts facts = ServerFacts.read(server, context);
        OwnIds own = OwnIds.read(server, context.own(), facts.connector());
        Roster roster = new Roster(server, context, own, known.on(facts.identity()), facts.lineage());
        roster.read(scope);
        OpenSessions sessions = OpenSessions.read(server, roster.logins());
        Estate estate = Estate.read(catalogues, ids(roster, login -> !login.canLogIn()));
        List<Notice> notices = new ArrayList<>(roster.notices());
        notices.addAll(sessions.notices());
        Memberships memberships;
        Map<RoleName, RoleState> roles = Map.of();
        Inventory inventory = Inventory.EMPTY;
        Extras extras = Extras.NONE;
        switch (scope) {
            case Scope.Whole _ -> {
                memberships = Memberships.ofMarked(server, own, ids(roster, login -> !login.marked()));
                RoleLook look = new RoleLook(context, catalogues, own, roster.contractRoles());
                look.read();
                roles = look.states();
                inventory = look.inventory();
                notices.addAll(look.notices());
                Rights.read(context, server, own).forEach(finding -> notices.add(finding.notice()));
                Oddities.read(context, server, own).forEach(finding -> notices.add(finding.notice()));
                ByHand byHand = new ByHand(context, catalogues, own, roster);
                byHand.read();
                extras = byHand.extras();
                notices.addAll(byHand.notices());
            }
            case Scope.Some _ ->
                memberships = Memberships.of(server, own, roster.logins().keySet());
        }
        return new Observed(
                facts.server(context, predefined(server)),
                scope,
                logins(roster, memberships, sessions, estate),
                Set.copyOf(roster.contractRoles().values()),
                roles,
                inventory,
                roster.strangers(),
                extras,
                notices);
    }

    private static Map<LoginName, SeenLogin> logins(
            Roster roster, Memberships memberships, OpenSessions sessions, Estate estate) {
        Map<LoginName, SeenLogin> logins = HashMap.newHashMap(roster.logins().size());
        roster.logins().forEach((id, login) -> {
            boolean active = login.canLogIn();
            LoginState state = new LoginState(
                    login.name(),
                    login.person(),
                    active ? Standing.ACTIVE : Standing.SUSPENDED,
                    active ? Optional.empty() : login.suspendedSince(),
                    memberships.of(id));
            logins.put(login.name(), new SeenLogin(state, login.id(), login.marked(), sessions.of(id), estate.of(id)));
        });
        return logins;
    }

    private static Set<Long> ids(Roster roster, Predicate<Roster.Ours> chosen) {
        Set<Long> ids = new HashSet<>();
        roster.logins().forEach((id, login) -> {
            if (chosen.test(login)) {
                ids.add(id);
            }
        });
        return ids;
    }

    private static Set<RoleName> predefined(Catalogue catalogue) {
        Set<RoleName> names = new HashSet<>();
        catalogue.read("predefined", row -> names.add(new RoleName(row.getString(1))));
        return names;
    }
}

package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Catalogues;
import dev.rolewright.engine.postgres.catalogue.Databases;
import dev.rolewright.engine.postgres.catalogue.Holdings;
import dev.rolewright.engine.postgres.catalogue.Memberships;
import dev.rolewright.engine.postgres.catalogue.OwnIds;
import dev.rolewright.engine.postgres.readiness.NotLookedInto;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.plan.Inventory;
import dev.rolewright.plan.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a look at the whole target adds: the contract roles with all they hold in the managed databases, and what
/// there is to hold.
final class RoleLook {

    private final Context context;
    private final Catalogues catalogues;
    private final OwnIds own;
    private final Map<Long, RoleName> roles;
    private final Holdings holdings;
    private final Surroundings surroundings;
    private final List<Notice> notices = new ArrayList<>();

    RoleLook(Context context, Catalogues catalogues, OwnIds own, Map<Long, RoleName> roles) {
        this.context = context;
        this.catalogues = catalogues;
        this.own = own;
        this.roles = roles;
        this.holdings = new Holdings(roles, own);
        this.surroundings = new Surroundings(context);
    }

    void read() {
        Policies policies = new Policies(context, roles, holdings, surroundings);
        boolean first = true;
        for (Databases.Seen database :
                Databases.read(catalogues.maintenance()).managed(context.reach().target())) {
            Optional<Catalogue> read = catalogues.of(database);
            if (read.isEmpty()) {
                surroundings.addUnread(database.name());
                notices.add(NotLookedInto.notice(catalogues, database.name()));
                continue;
            }
            Catalogue here = read.get();
            holdings.read(database.name(), here, first);
            surroundings.read(database.name(), here);
            policies.read(database.name(), here);
            notices.addAll(Openings.read(database.name(), here, first));
            notices.addAll(RowLeaks.read(database.name(), here, surroundings, holdings, context.marks()));
            first = false;
        }
        notices.addAll(policies.notices());
    }

    Map<RoleName, RoleState> states() {
        return holdings.states(Memberships.of(catalogues.maintenance(), own, roles.keySet()));
    }

    Inventory inventory() {
        return surroundings.inventory();
    }

    List<Notice> notices() {
        return notices;
    }
}

package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Catalogues;
import dev.rolewright.engine.postgres.catalogue.Databases;
import dev.rolewright.engine.postgres.catalogue.Holdings;
import dev.rolewright.engine.postgres.catalogue.OwnIds;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Privileges;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Routines;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What takes back what our logins and roles hold in databases that the target does not manage. No step does: whoever
/// left a database out of the contract before its grants were taken left them there.
final class Elsewhere {

    private static final int DATABASES = 20;
    private static final int STATEMENTS = 20;

    private final Context context;
    private final Catalogues catalogues;
    private final OwnIds own;
    private final Map<Long, Map<Long, RoleName>> holders;
    private final Map<Long, Holdings> read = new HashMap<>();
    private final Map<Long, Databases.Seen> databases;

    /// @param holders who holds something, by the id of the database
    /// @param unmanaged the databases in which somebody does
    Elsewhere(
            Context context,
            Catalogues catalogues,
            OwnIds own,
            Map<Long, Map<Long, RoleName>> holders,
            List<Databases.Seen> unmanaged) {
        this.context = context;
        this.catalogues = catalogues;
        this.own = own;
        this.holders = holders;
        this.databases = unmanaged.stream()
                .limit(DATABASES)
                .collect(Collectors.toMap(Databases.Seen::id, database -> database, (one, _) -> one));
    }

    /// Empty where that cannot be said: the database cannot be looked into, or it is one of very many.
    Optional<String> taking(long database, long holder) {
        Databases.Seen there = databases.get(database);
        if (there == null) {
            return Optional.empty();
        }
        return catalogues.of(there).flatMap(catalogue -> taking(there, catalogue, holder));
    }

    private Optional<String> taking(Databases.Seen database, Catalogue catalogue, long holder) {
        Holdings held = read.computeIfAbsent(database.id(), id -> {
            Holdings here = new Holdings(holders.getOrDefault(id, Map.of()), own);
            here.read(database.name(), catalogue, false);
            return here;
        });
        RoleName name = holders.getOrDefault(database.id(), Map.of()).get(holder);
        if (name == null) {
            return Optional.empty();
        }
        List<Grant> grants = new ArrayList<>();
        Set<String> futures = new TreeSet<>();
        held.each(
                (id, grant) -> {
                    if (id == holder) {
                        grants.add(grant);
                    }
                },
                (id, grant) -> {
                    if (id == holder) {
                        futures.add(Privileges.take(name, grant).alone() + ";");
                    }
                });
        Map<RoleName, Set<String>> byGiver = new TreeMap<>();
        Map<ObjectRef.Function, String> routines = catalogue.routines(schemas(grants));
        grants.forEach(grant -> byGiver.computeIfAbsent(giver(grant), _ -> new TreeSet<>())
                .add(Privileges.take(name, grant, routines).alone() + ";"));
        return statement(byGiver, futures).map(sql -> sql + Quoting.in(database.name()));
    }

    // Said by a superuser, it would be said in the owner's name, and take back nothing that another one gave.
    private static Optional<String> statement(Map<RoleName, Set<String>> byGiver, Set<String> futures) {
        List<String> statements = new ArrayList<>(futures);
        byGiver.forEach((giver, sql) -> {
            statements.add("SET ROLE " + Quoting.name(giver) + ";");
            statements.addAll(sql);
            statements.add("RESET ROLE;");
        });
        boolean cut = statements.size() > STATEMENTS;
        return statements.isEmpty()
                ? Optional.empty()
                : Optional.of(statements.stream().limit(STATEMENTS).collect(Collectors.joining(" "))
                        + (cut ? " RESET ROLE;" : ""));
    }

    private RoleName giver(Grant grant) {
        return switch (grant.grantor()) {
            case Grantor.Ours _ -> context.own().grantor();
            case Grantor.Other(RoleName giver) -> giver;
        };
    }

    private static Set<String> schemas(List<Grant> grants) {
        return grants.stream()
                .flatMap(grant -> Routines.schema(grant.object()).stream())
                .collect(Collectors.toSet());
    }
}

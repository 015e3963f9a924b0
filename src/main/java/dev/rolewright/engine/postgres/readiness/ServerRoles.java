package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Entitlements;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.OwnRoles;
import dev.rolewright.engine.postgres.words.Queries;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Transaction;
import dev.rolewright.engine.postgres.words.Verbatim;
import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sees to it that the roles of our own are there and harmless before anything is changed.
public final class ServerRoles {

    private record Seen(long id, boolean harmless, boolean createsRoles, boolean usable, boolean hasLameKeepers) {}

    private final Context context;
    private final OwnRoles own;
    private final Entitlements entitlements;
    private final Connection connection;
    private final String user;

    private ServerRoles(Context context, Connection connection) {
        this.context = context;
        this.own = context.own();
        this.entitlements = Entitlements.of(context);
        this.connection = connection;
        this.user = context.reach().user();
    }

    /// @param connection to any database, in our own login's name
    /// @return why nothing may be changed but that people are locked out: a role may too much, or too little
    public static Optional<EngineFailure> ensure(Context context, Connection connection) {
        return new ServerRoles(context, connection).ensure(true);
    }

    /// As [#ensure], for whoever may change nothing of the cluster: a role that is not there is a failure.
    public static Optional<EngineFailure> check(Context context, Connection connection) {
        return new ServerRoles(context, connection).ensure(false);
    }

    private Optional<EngineFailure> ensure(boolean make) {
        try {
            Map<String, Seen> seen = look(make);
            Seen grantor = seen.get(own.grantor().value());
            if (grantor != null && !grantor.usable()) {
                throw rightMissing(entitlements.become(own.grantor().value(), user) + ";");
            }
            if (make) {
                mendKeepers(seen.get(own.registrar().value()));
            }
            if (!needed().stream().allMatch(role -> seen.containsKey(role.value()))) {
                if (!make) {
                    throw new EngineFailure(
                            Kind.CHANGED_MEANWHILE, "Roles of ours are not there; the next pass makes them.");
                }
                Optional<EngineFailure> renamed = renamed(seen);
                if (renamed.isPresent() && grantor != null) {
                    return renamed;
                }
                renamed.ifPresent(failure -> {
                    throw failure;
                });
                try {
                    make(missing(seen));
                } catch (EngineFailure unmade) {
                    if (grantor == null || unmade.kind() != Kind.RIGHT_MISSING) {
                        throw unmade;
                    }
                    return Optional.of(unmade);
                }
            }
            // Nobody is locked out by these rights, but by those of the keepers; before 16 the grantor is the only one.
            for (RoleName role : makers()) {
                Seen there = seen.get(role.value());
                if (there != null && !there.createsRoles()) {
                    return Optional.of(rightMissing(Entitlements.createRoles(role.value()) + ";"));
                }
                if (there != null && !there.usable()) {
                    return Optional.of(rightMissing(entitlements.become(role.value(), user) + ";"));
                }
            }
            return seen.entrySet().stream()
                    .flatMap(role -> excess(role.getKey(), role.getValue()).stream())
                    .findFirst();
        } catch (SQLException e) {
            throw Failures.of(e);
        }
    }

    private Optional<EngineFailure> renamed(Map<String, Seen> seen) {
        List<RoleName> missing = makers().stream()
                .filter(role -> !seen.containsKey(role.value()))
                .toList();
        List<String> remedies = new ArrayList<>();
        Catalogue.reading(
                connection,
                context.version(),
                catalogue ->
                        Renamed.remedy(own, context.marks(), catalogue, missing).ifPresent(remedies::add));
        return remedies.stream().findFirst().map(ServerRoles::rightMissing);
    }

    private void mendKeepers(@Nullable Seen registrar) throws SQLException {
        if (registrar != null && registrar.hasLameKeepers() && registrar.createsRoles() && registrar.usable()) {
            LameKeepers.mend(context, registrar.id(), connection);
        }
    }

    private List<RoleName> needed() {
        return own.all().stream()
                .filter(role -> context.keepsGrantors() || !role.equals(own.registrar()))
                .toList();
    }

    /// Before 16 there are no keepers that a registrar would make.
    private List<RoleName> makers() {
        return context.keepsGrantors() ? List.of(own.grantor(), own.registrar()) : List.of(own.grantor());
    }

    /// @param keepers whether it is asked for lame ones
    private Map<String, Seen> look(boolean keepers) throws SQLException {
        Map<String, Seen> seen = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(Queries.of("harmless", context.version()))) {
            statement.setString(1, keepers ? own.registrar().value() : "");
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", own.all().stream().map(RoleName::value).toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    seen.put(
                            rows.getString(1),
                            new Seen(
                                    rows.getLong(5),
                                    rows.getBoolean(2),
                                    rows.getBoolean(3),
                                    rows.getBoolean(4),
                                    rows.getBoolean(6)));
                }
            }
        }
        return seen;
    }

    private Optional<EngineFailure> excess(String name, Seen role) {
        boolean creates = role.createsRoles()
                && !name.equals(own.grantor().value())
                && !name.equals(own.registrar().value());
        if (role.harmless() && !creates) {
            return Optional.empty();
        }
        return Optional.of(new EngineFailure(
                Kind.UNSAFE,
                "",
                "Role " + name
                        + " is one of ours and may do more than it must; until it does not, people are locked out"
                        + " and nothing else is changed.",
                Optional.of("ALTER ROLE " + Quoting.name(name) + " NOLOGIN NOSUPERUSER NOBYPASSRLS NOREPLICATION"
                        + " NOCREATEDB" + (creates ? " NOCREATEROLE;" : ";"))));
    }

    // The grantor makes the markers and the quarantine, so that it may pass membership of them on.
    private List<String> missing(Map<String, Seen> seen) {
        List<String> statements = new ArrayList<>();
        for (RoleName role : makers()) {
            if (!seen.containsKey(role.value())) {
                statements.addAll(entitlements.make(role, user));
            }
        }
        statements.add("SET LOCAL ROLE " + Quoting.name(own.grantor()));
        for (RoleName role : List.of(own.marker(), own.roleMarker(), own.quarantine())) {
            if (!seen.containsKey(role.value())) {
                statements.addAll(entitlements.make(role, user));
            }
        }
        return statements;
    }

    private void make(List<String> statements) {
        try (Transaction transaction = Transaction.on(connection)) {
            Verbatim.run(connection, statements);
            transaction.commit();
        } catch (SQLException e) {
            throw Failures.of(e, Optional.of("BEGIN; " + String.join("; ", statements) + "; COMMIT;"));
        }
    }

    private static EngineFailure rightMissing(String remedy) {
        return new EngineFailure(
                Kind.RIGHT_MISSING, "", "Our login lacks a right that it needs for any change.", Optional.of(remedy));
    }
}

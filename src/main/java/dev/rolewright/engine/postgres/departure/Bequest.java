package dev.rolewright.engine.postgres.departure;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.translation.RowLimits;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Entitlements;
import dev.rolewright.engine.postgres.words.Failures;
import dev.rolewright.engine.postgres.words.Queries;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Transaction;
import dev.rolewright.engine.postgres.words.Verbatim;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Takes one database off a leaver's hands: data to the heir, code to the quarantine role, where it can do nothing.
///
/// The rights that this needs are given to the grantor inside the transaction and taken back before it ends.
final class Bequest {

    /// @param name as it stands in a statement
    private record Thing(boolean code, String kind, String name, Optional<String> schema) {}

    private static final int AT_ONCE = 1_000;
    // Code comes last: what is in the quarantine already keeps a table with code from following ([Mixture]).
    private static final String THINGS = """
            select b.kind, b.what, i.type, i.identity, coalesce(i.schema, '')
            from (%s) b, lateral pg_identify_object(b.classid, b.objid, 0) i
            where b.kind <> 'promise'
              and not exists (select from pg_depend d
                              where d.classid = 'pg_class'::regclass and b.classid = d.classid and b.objid = d.objid
                                and d.refclassid = 'pg_class'::regclass and d.refobjsubid > 0
                                and d.deptype in ('a', 'i'))
            order by i.type = 'schema', b.kind desc, b.what""";
    private static final String POLICIES = """
            select polrelid::regclass::text || ' ' || quote_ident(polname) || ' ' || polcmd::text || ' ' || polpermissive::text || ' '
                   || polroles::text || ' ' || %s
            from pg_policy where not (polroles @> array[?::oid]) order by 1""".formatted(RowLimits.SERVER_FORM);
    private static final String REST = """
            select pg_describe_object(s.classid, s.objid, s.objsubid)
            from pg_shdepend s
            where s.refclassid = 'pg_authid'::regclass and s.refobjid = ?
              and s.dbid = (select d.oid from pg_database d where d.datname = current_database())
            limit 1""";
    private static final Set<String> WITH_ROWS = Set.of("TABLE", "MATERIALIZED VIEW");
    private static final String MAY_CREATE = "select has_schema_privilege(?, ?, 'CREATE')";

    private final Context context;
    private final Connection connection;
    private final String database;
    private final RoleName owner;
    private final long id;
    private final RoleName keeper;
    private final Optional<RoleName> heir;
    private final Set<String> lent = new HashSet<>();
    private final List<String> owed = new ArrayList<>();

    Bequest(
            Context context,
            Connection connection,
            String database,
            Account account,
            long id,
            RoleName keeper,
            Optional<RoleName> heir) {
        this.context = context;
        this.connection = connection;
        this.database = database;
        this.owner = new RoleName(account.login().value());
        this.id = id;
        this.keeper = keeper;
        this.heir = heir;
    }

    // A transaction has room for so many locks, and a table takes one for each of its indexes.
    void run() throws SQLException {
        keepApart();
        int atOnce = AT_ONCE;
        boolean more = true;
        while (more) {
            try {
                more = runSome(atOnce);
            } catch (SQLException e) {
                if (!Failures.isOutOfLocks(e) || atOnce == 1) {
                    throw e;
                }
                atOnce = Math.max(1, atOnce / 4);
            }
        }
    }

    private void keepApart() throws SQLException {
        List<Thing> code = things().stream().filter(Thing::code).toList();
        if (!code.isEmpty()) {
            Mixture.refuse(
                    context, connection, database, code.stream().anyMatch(thing -> WITH_ROWS.contains(thing.kind())));
        }
    }

    /// @return whether more is left
    private boolean runSome(int atOnce) throws SQLException {
        try (Transaction transaction = Transaction.on(connection)) {
            List<String> policies = policies();
            borrow();
            List<Thing> things = things();
            boolean more = things.size() > atOnce;
            for (Thing thing : things.subList(0, Math.min(atOnce, things.size()))) {
                move(thing);
            }
            if (!more) {
                new Promises(context, connection, database, Quoting.name(owner), id, heir).settle();
            }
            giveBack();
            prove(policies, more);
            transaction.commit();
            return more;
        }
    }

    // To act as the owner, and to hand over to somebody, one has to be able to become both.
    private void borrow() throws SQLException {
        Entitlements entitlements = Entitlements.of(context);
        RoleName grantor = context.own().grantor();
        RoleName quarantine = context.own().quarantine();
        String asKeeper = "SET LOCAL ROLE " + Quoting.name(keeper);
        String asGrantor = "SET LOCAL ROLE " + Quoting.name(grantor);
        Verbatim.run(
                connection,
                asKeeper,
                entitlements.lend(owner, grantor, keeper),
                asGrantor,
                entitlements.lend(quarantine, grantor, grantor));
        lent.clear();
        owed.clear();
        owed.add(entitlements.takeBack(quarantine, grantor, grantor));
        owed.add(asKeeper);
        owed.add(entitlements.takeBack(owner, grantor, keeper));
        owed.add(asGrantor);
    }

    private void giveBack() throws SQLException {
        Verbatim.run(connection, owed);
    }

    private List<Thing> things() throws SQLException {
        List<Thing> things = new ArrayList<>();
        String query = THINGS.formatted(Queries.of("belongings", context.version()));
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("oid", new Long[] {id}));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getString(1).equals("obstacle")) {
                        throw Retirement.unsafe("it owns " + rows.getString(2) + " in " + database);
                    }
                    things.add(new Thing(
                            rows.getString(1).equals("code"),
                            kind(rows.getString(3)),
                            rows.getString(4),
                            Optional.of(rows.getString(5)).filter(schema -> !schema.isEmpty())));
                }
            }
        }
        return things;
    }

    private static String kind(String type) {
        return switch (type) {
            case "statistics object" -> "STATISTICS";
            case "aggregate" -> "ROUTINE"; // one without arguments would have to be called with a star
            default -> type.toUpperCase(Locale.ROOT);
        };
    }

    private void move(Thing thing) throws SQLException {
        RoleName owner = thing.code()
                ? context.own().quarantine()
                : heir.orElseThrow(() -> Retirement.unsafe("it owns data in " + database + " and there is no heir"));
        String statement = "ALTER " + thing.kind() + " " + thing.name() + " OWNER TO " + Quoting.name(owner);
        try {
            if (thing.schema().isPresent()) {
                letCreate(owner, thing.schema().get());
            }
            if (thing.kind().equals("TABLE")) {
                WaysIn.close(connection, thing.name(), context.own().roleMarker());
            }
            Verbatim.run(connection, statement);
        } catch (SQLException e) {
            throw Failures.of(e).kind() == Kind.RIGHT_MISSING ? notOurs(thing, statement) : e;
        }
    }

    private SQLException notOurs(Thing thing, String statement) {
        return new SQLException(new EngineFailure(
                Kind.RIGHT_MISSING,
                "42501",
                "It stays suspended, because our roles may not hand over "
                        + thing.kind().toLowerCase(Locale.ROOT) + " " + Quoting.shown(thing.name()) + ".",
                Optional.of(statement + ";" + Quoting.in(database))));
    }

    // A new owner must be allowed to create where the thing is, if only for this moment.
    private void letCreate(RoleName owner, String schema) throws SQLException {
        if (!lent.add(owner + "\0" + schema)) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(MAY_CREATE)) {
            statement.setString(1, owner.value());
            statement.setString(2, schema);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    return;
                }
            }
        }
        String right = "CREATE ON SCHEMA " + Quoting.name(schema);
        Verbatim.run(connection, "GRANT " + right + " TO " + Quoting.name(owner));
        owed.addFirst("REVOKE " + right + " FROM " + Quoting.name(owner));
    }

    private void prove(List<String> policies, boolean more) throws SQLException {
        if (!policies.equals(policies())) {
            throw Retirement.unsafe("row policies in " + database + " would not be what they are");
        }
        if (!more) {
            Optional<String> rest = ask(REST).stream().findFirst();
            if (rest.isPresent()) {
                throw Retirement.unsafe("of " + rest.get() + " in " + database);
            }
        }
    }

    private List<String> policies() throws SQLException {
        return ask(POLICIES);
    }

    private List<String> ask(String query) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, id);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answers.add(rows.getString(1));
                }
            }
        }
        return answers;
    }
}

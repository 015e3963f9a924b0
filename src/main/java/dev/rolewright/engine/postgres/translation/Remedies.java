package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Entitlements;
import dev.rolewright.engine.postgres.words.Privileges;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.engine.postgres.words.Routines;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grant;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What an administrator runs so that we may do what we were not allowed to.
///
/// Rights on roles come from the ADMIN option, which whoever made a role has; rights on objects from membership in
/// the role that owns them.
public final class Remedies {

    private static final String DATABASE_OWNER =
            "select pg_get_userbyid(datdba) from pg_database where datname = current_database()";
    private static final String SCHEMA_OWNER = "select pg_get_userbyid(nspowner) from pg_namespace where nspname = ?";
    private static final String TABLE_OWNER = """
            select pg_get_userbyid(c.relowner) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ?""";
    private static final String TYPE_OWNER = """
            select pg_get_userbyid(t.typowner) from pg_type t join pg_namespace n on n.oid = t.typnamespace
            where n.nspname = ? and t.typname = ?""";

    private static final String FUNCTION_OWNER =
            "select pg_get_userbyid(proowner) from pg_proc where oid = ?::regprocedure";

    // Nobody is written down as a member of it, and nobody can be.
    private static final String OWNER_OF_DATABASE = "pg_database_owner";

    private static final String SUPERUSER = "select rolname from pg_roles where rolname = ? and rolsuper";
    private static final String REPLICATES = "select rolname from pg_roles where rolname = ? and rolreplication";
    private static final String SUPERUSERS =
            "select rolname from pg_roles where oid = any (?::oid[]) and rolsuper order by rolname";

    private final Context context;
    private final Connection connection;

    private Remedies(Context context, Connection connection) {
        this.context = context;
        this.connection = connection;
    }

    static Optional<String> of(Context context, Connection connection, Step step) throws SQLException {
        return new Remedies(context, connection).of(step);
    }

    /// The same for what only whoever keeps a login may change of it. Where that cannot be asked, nothing is told.
    public static Optional<String> ofLogin(Context context, Connection connection, Account account) {
        try {
            return Optional.of(
                    new Remedies(context, connection).administer(account.login().value()));
        } catch (SQLException _) {
            return Optional.empty();
        }
    }

    /// The same for ending the sessions of logins. Whoever may end all others may not end those of a superuser.
    ///
    /// @param ids of the logins
    public static String ofSessions(Context context, Connection connection, Collection<String> ids)
            throws SQLException {
        List<String> superusers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SUPERUSERS)) {
            statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    superusers.add(without(rows.getString(1), Extra.Attribute.Kind.SUPERUSER));
                }
            }
        }
        return superusers.isEmpty()
                ? Entitlements.of(context).useOf("pg_signal_backend") + ";"
                : String.join(" ", superusers);
    }

    private Optional<String> of(Step step) throws SQLException {
        return switch (step) {
            case Step.CreateLogin _ -> Optional.of(create(context.own().marker()));
            case Step.CreateRole _ -> Optional.of(create(context.own().roleMarker()));
            case Step.Join(var _, var membership) ->
                Optional.of(administer(membership.role().value()));
            case Step.Leave(var _, var membership) ->
                Optional.of(administer(membership.role().value()));
            case Step.Include(var _, var membership) ->
                Optional.of(administer(membership.role().value()));
            case Step.Exclude(var _, var membership) ->
                Optional.of(administer(membership.role().value()));
            case Step.StripLogin(Account account, Extra extra) ->
                stripping(account.login().value(), extra);
            case Step.StripRole(RoleName role, Extra.OfServer extra) ->
                Optional.of(Stripping.remedy(role.value(), extra));
            case Step.OfLogin of -> Optional.of(administer(of.account().login().value()));
            case Step.DropRole(var role) -> Optional.of(administer(role.value()));
            case Step.GrantPrivilege(var _, Grant grant) -> {
                Optional<String> owner = owner(grant.object());
                yield owner.isPresent() && isSuperuser(owner.get()) ? Optional.of(passOn(grant)) : owner.map(this::own);
            }
            case Step.RevokePrivilege(var _, Grant grant) -> acting(owner(grant.object()));
            case Step.GrantDefault(RoleName role, DefaultGrant grant) ->
                Optional.of(promising(grant, Privileges.give(role, grant).alone()));
            case Step.RevokeDefault(RoleName role, DefaultGrant grant) ->
                Optional.of(promising(grant, Privileges.take(role, grant).alone()));
            case Step.AddPolicy(var _, RowPolicy policy) -> acting(owner(policy.table()));
            case Step.RemovePolicy(var _, RowPolicy policy) -> acting(owner(policy.table()));
            case Step.OfTable of -> acting(owner(of.table()));
        };
    }

    // The right would have to be given to a keeper that has few logins; whoever could give it can do the work itself.
    private Optional<String> stripping(String login, Extra extra) throws SQLException {
        return Optional.of(
                switch (extra) {
                    case Extra.OfServer ofServer -> Stripping.remedy(login, ofServer);
                    case Extra.Privilege(Grant grant) -> {
                        String sql = Privileges.take(
                                        new RoleName(login), grant, Routines.of(connection, grant.object()))
                                .alone();
                        yield sql + ";" + Quoting.in(grant.database());
                    }
                    case Extra.Future(DefaultGrant grant) ->
                        Privileges.take(new RoleName(login), grant).alone() + ";" + Quoting.in(grant.database());
                });
    }

    private String create(RoleName marker) throws SQLException {
        String grantor = Quoting.name(context.own().grantor());
        return "ALTER ROLE " + grantor + " CREATEROLE;"
                + (context.keepsGrantors() ? " " + administer(marker.value()) : "");
    }

    // Only a superuser changes one, or gives and takes membership of one; before 16 he alone changes who replicates,
    // too. No right of ours helps there, but to take that power does.
    private String administer(String role) throws SQLException {
        List<String> powers = new ArrayList<>();
        if (isSuperuser(role)) {
            powers.add(without(role, Extra.Attribute.Kind.SUPERUSER));
        }
        if (!context.keepsGrantors() && ask(REPLICATES, role).isPresent()) {
            powers.add(without(role, Extra.Attribute.Kind.REPLICATION));
        }
        return powers.isEmpty() ? Entitlements.of(context).administer(role) + ";" : String.join(" ", powers);
    }

    private static String without(String role, Extra.Attribute.Kind power) {
        return Stripping.remedy(role, new Extra.Attribute(power));
    }

    // What a superuser will make he promises himself.
    private String promising(DefaultGrant grant, String sql) throws SQLException {
        String creator = grant.creator().value();
        return isSuperuser(creator) ? sql + ";" + Quoting.in(grant.database()) : own(creator);
    }

    // To have a superuser's rights is more than any step needs.
    private Optional<String> acting(Optional<String> owner) throws SQLException {
        return owner.isPresent() && isSuperuser(owner.get()) ? Optional.empty() : owner.map(this::own);
    }

    private boolean isSuperuser(String owner) throws SQLException {
        return ask(SUPERUSER, owner).isPresent();
    }

    private String passOn(Grant grant) throws SQLException {
        return Privileges.give(
                                context.own().grantor(),
                                new Grant(grant.database(), grant.object(), grant.privilege(), true, grant.grantor()),
                                Routines.of(connection, grant.object()))
                        .alone()
                + ";" + Quoting.in(grant.database());
    }

    private String own(String owner) {
        return Entitlements.of(context).actFor(owner) + ";";
    }

    private Optional<String> owner(ObjectRef object) throws SQLException {
        Optional<String> written = writtenOwner(object);
        return written.filter(OWNER_OF_DATABASE::equals).isPresent() ? ask(DATABASE_OWNER) : written;
    }

    private Optional<String> writtenOwner(ObjectRef object) throws SQLException {
        return switch (object) {
            case ObjectRef.Database _ -> ask(DATABASE_OWNER);
            case ObjectRef.Schema(String schema) -> ask(SCHEMA_OWNER, schema);
            case ObjectRef.Table(String schema, String table) -> ask(TABLE_OWNER, schema, table);
            case ObjectRef.Column(String schema, String table, String _) -> ask(TABLE_OWNER, schema, table);
            case ObjectRef.Sequence(String schema, String sequence) -> ask(TABLE_OWNER, schema, sequence);
            case ObjectRef.Type(String schema, String type) -> ask(TYPE_OWNER, schema, type);
            case ObjectRef.Function function -> {
                String called = Routines.of(connection, function).get(function);
                yield called == null ? Optional.empty() : ask(FUNCTION_OWNER, called);
            }
            case ObjectRef.Rest _ -> Optional.empty();
            case ObjectRef.EveryTable _, ObjectRef.EverySequence _, ObjectRef.EveryFunction _ -> Optional.empty();
        };
    }

    private Optional<String> ask(String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }
}

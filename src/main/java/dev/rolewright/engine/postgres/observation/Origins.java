package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Catalogues;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Origin;
import dev.rolewright.plan.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Since when what some steps would put right is as it is, and in whose name it was done.
///
/// A server that is told to (`track_commit_timestamp`) keeps when the transaction ended that last wrote a row of the
/// catalogue. Nothing tells of a row that is gone, nor of logins, whose rows only superusers may read, nor of tables
/// whose limit is loosened, which several rows say together.
public final class Origins {

    /// A row of the catalogue, by the columns of the query that finds it.
    private record Asked(Step step, List<String> key) {}

    private final Context context;
    private final Connections connections;
    private final List<Asked> members = new ArrayList<>();
    private final Map<String, Map<String, List<Asked>>> byDatabase = new HashMap<>();
    private final Map<Step, Origin> known = new HashMap<>();

    public Origins(Context context, Connections connections) {
        this.context = context;
        this.connections = connections;
    }

    public Map<Step, Origin> of(Collection<Step> steps) {
        steps.forEach(this::ask);
        return Catalogues.look(connections, context.version(), catalogues -> {
            if (!members.isEmpty()) {
                read(catalogues.maintenance(), "origins-of-members", members);
            }
            byDatabase.forEach((database, queries) -> catalogues
                    .of(database)
                    .ifPresent(here -> queries.forEach((query, asked) -> read(here, query, asked))));
            return known;
        });
    }

    private void ask(Step step) {
        switch (step) {
            case Step.Leave(Account account, Membership membership) ->
                ask(step, account.login().value(), membership);
            case Step.Exclude(RoleName role, Membership membership) -> ask(step, role.value(), membership);
            case Step.RevokePrivilege(RoleName _, Grant grant) -> ask(step, grant);
            case Step.GrantPrivilege(RoleName _, Grant grant) -> ask(step, grant);
            case Step.StripLogin(Account _, Extra.Privilege(Grant grant)) -> ask(step, grant);
            case Step.StripLogin(Account _, Extra.Future(DefaultGrant grant)) -> ask(step, grant);
            case Step.StripLogin(Account account, Extra.Setting setting) ->
                ask(step, account.login().value(), setting);
            case Step.StripRole(RoleName role, Extra.Setting setting) -> ask(step, role.value(), setting);
            case Step.RevokeDefault(RoleName _, DefaultGrant grant) -> ask(step, grant);
            case Step.GrantDefault(RoleName _, DefaultGrant grant) -> ask(step, grant);
            case Step.RemovePolicy(RoleName role, RowPolicy policy) ->
                ask(
                        step,
                        policy.database(),
                        "origins-of-policies",
                        role.value(),
                        policy.table().schema(),
                        policy.table().table(),
                        policy.command().name(),
                        policy.using());
            case Step.Join _, Step.Include _, Step.AddPolicy _, Step.CreateRole _, Step.DropRole _ -> {}
            case Step.CreateLogin _, Step.RenameLogin _, Step.SuspendLogin _, Step.EndSessions _ -> {}
            case Step.StripLogin _, Step.StripRole _, Step.MarkLogin _ -> {} // attributes, marks
            case Step.StampSuspension _, Step.ResumeLogin _, Step.DropLogin _, Step.OfTable _ -> {}
        }
    }

    // Where grantors are not kept apart there is one row, whoever gave it.
    private void ask(Step step, String member, Membership membership) {
        String grantor = switch (membership.grantor()) {
            case Grantor.Other(RoleName name) -> name.value();
            case Grantor.Ours _ ->
                context.keepsGrantors() ? context.own().grantor().value() : "";
        };
        members.add(new Asked(step, List.of(member, membership.role().value(), grantor)));
    }

    private void ask(Step step, Grant grant) {
        String query = "origins-of-privileges";
        String database = grant.database();
        switch (grant.object()) {
            case ObjectRef.Database _ -> ask(step, database, query, "DATABASE", "", "", "");
            case ObjectRef.Schema(String schema) -> ask(step, database, query, "SCHEMA", schema, "", "");
            case ObjectRef.Table(String schema, String table) -> ask(step, database, query, "TABLE", schema, table, "");
            case ObjectRef.Column(String schema, String table, String column) ->
                ask(step, database, query, "COLUMN", schema, table, column);
            case ObjectRef.Sequence(String schema, String sequence) ->
                ask(step, database, query, "SEQUENCE", schema, sequence, "");
            case ObjectRef.Function(String schema, String signature) ->
                ask(step, database, query, "FUNCTION", schema, signature, "");
            case ObjectRef.Type(String schema, String type) -> ask(step, database, query, "TYPE", schema, type, "");
            case ObjectRef.Rest(ObjectRef.RestKind kind, String name) ->
                ask(step, database, query, kind.name(), "", name, "");
            case ObjectRef.EveryTable _, ObjectRef.EverySequence _, ObjectRef.EveryFunction _ -> {}
        }
    }

    private void ask(Step step, String holder, Extra.Setting setting) {
        ask(
                step,
                connections.maintenanceDatabase(),
                "origins-of-settings",
                holder,
                setting.database().orElse(""));
    }

    private void ask(Step step, DefaultGrant grant) {
        ask(
                step,
                grant.database(),
                "origins-of-defaults",
                grant.creator().value(),
                grant.schema().orElse(""),
                grant.kind().name());
    }

    private void ask(Step step, String database, String query, String... key) {
        byDatabase
                .computeIfAbsent(database, _ -> new HashMap<>())
                .computeIfAbsent(query, _ -> new ArrayList<>())
                .add(new Asked(step, List.of(key)));
    }

    private void read(Catalogue catalogue, String query, List<Asked> asked) {
        Object[] columns = IntStream.range(0, asked.getFirst().key().size())
                .mapToObj(column ->
                        asked.stream().map(row -> row.key().get(column)).toList())
                .toArray();
        catalogue.read(query, row -> known.put(asked.get(row.getInt(1) - 1).step(), origin(row)), columns);
    }

    private Origin origin(ResultSet row) throws SQLException {
        Optional<Instant> since =
                Optional.ofNullable(row.getObject(2, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
        // What carries our own name and was not done by us was done in it by somebody else.
        Optional<String> author = Optional.ofNullable(row.getString(3))
                .filter(name -> !context.own().all().contains(new RoleName(name)));
        return new Origin(since, author);
    }
}

package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.postgres.batch.Batches;
import dev.rolewright.engine.postgres.batch.Outcomes;
import dev.rolewright.engine.postgres.batch.Piece;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Routines;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes statements of steps, after looking up what they speak of in the same transaction.
public final class Translation implements Batches.Translator {

    private final Context context;
    private final Outcomes outcomes;
    private final Keepers keepers;
    private final boolean onlyLocks;
    private final Set<Account> unmarked;

    /// @param keepers of the session
    public Translation(Context context, Outcomes outcomes, Keepers keepers) {
        this(context, outcomes, keepers, false, Set.of());
    }

    private Translation(Context context, Outcomes outcomes, Keepers keepers, boolean onlyLocks, Set<Account> unmarked) {
        this.context = context;
        this.outcomes = outcomes;
        this.keepers = keepers;
        this.onlyLocks = onlyLocks;
        this.unmarked = unmarked;
    }

    /// The same, but of a suspension only that nobody gets in any more, not since when.
    ///
    /// @param unmarked whose marks are put back afterwards
    public Translation onlyLocking(Set<Account> unmarked) {
        return new Translation(context, outcomes, keepers, true, Set.copyOf(unmarked));
    }

    @Override
    public List<Piece> pieces(Connection connection, List<Integer> steps) throws SQLException {
        Set<String> names = new HashSet<>();
        Set<String> ids = new HashSet<>();
        Set<String> schemas = new HashSet<>();
        steps.forEach(index -> collect(outcomes.step(index), names, ids, schemas));
        RoleBook roles = RoleBook.read(context, connection, names, ids);
        int made = (int) steps.stream()
                .filter(index -> outcomes.step(index) instanceof Step.CreateLogin)
                .count();
        keepers.begin(connection, made);
        ClusterSteps cluster = new ClusterSteps(context, roles, keepers, Instant.now());
        DatabaseSteps database = new DatabaseSteps(context, roles, Routines.of(connection, schemas));
        List<Piece> pieces = new ArrayList<>();
        for (int index : steps) {
            pieces.add(outcomes.isReady(index) ? piece(index, cluster, database) : Piece.NOTHING);
        }
        return pieces;
    }

    @Override
    public boolean stillHolds(Connection connection, List<Integer> steps) throws SQLException {
        Map<String, String> names = new HashMap<>();
        Map<Integer, Account> making = new HashMap<>();
        for (int index : steps) {
            if (outcomes.step(index) instanceof Step.OfLogin of && !outcomes.isKnown(index)) {
                of.account().id().ifPresent(id -> names.put(id, nameAfter(of)));
                if (of instanceof Step.CreateLogin) {
                    making.put(index, of.account());
                }
            }
        }
        Set<String> asked = new HashSet<>(names.values());
        making.values().forEach(account -> asked.add(account.login().value()));
        if (asked.isEmpty()) {
            return true;
        }
        Map<String, RoleBook.Named> there = RoleBook.named(connection, asked);
        making.forEach((index, account) -> Optional.ofNullable(
                        there.get(account.login().value()))
                .filter(role -> context.marks()
                        .readLogin(role.comment())
                        .filter(mark -> mark.person().equals(account.person()))
                        .isPresent())
                .ifPresent(role -> outcomes.made(index, role.id())));
        return names.entrySet().stream().allMatch(expected -> {
            RoleBook.Named role = there.get(expected.getValue());
            return role == null || role.id().equals(expected.getKey());
        });
    }

    @Override
    public void committed() {
        keepers.commit();
    }

    private static String nameAfter(Step.OfLogin step) {
        LoginName name = step instanceof Step.RenameLogin(var _, var to)
                ? to
                : step.account().login();
        return name.value();
    }

    // From 16 on; before, nobody waits but for the same row.
    @Override
    public boolean holdsRoles() {
        return context.keepsGrantors();
    }

    @Override
    public Optional<String> remedy(Connection connection, Step step) throws SQLException {
        return Remedies.of(context, connection, step);
    }

    private Piece piece(int index, ClusterSteps cluster, DatabaseSteps database) throws SQLException {
        try {
            return switch (outcomes.step(index)) {
                case Step.StripLogin(var account, Extra.OfDatabase extra) -> database.strip(account, extra);
                case Step.StripRole(var role, var extra) -> cluster.strip(role, extra);
                case Step.SuspendLogin(var account, var _)
                when onlyLocks -> cluster.lock(account, unmarked.contains(account));
                case Step.OfLogin of -> cluster.of(of);
                case Step.CreateRole(var role) -> cluster.create(role);
                case Step.DropRole(var role) -> cluster.drop(role);
                case Step.Include(var role, var membership) -> cluster.include(role, membership);
                case Step.Exclude(var role, var membership) -> cluster.exclude(role, membership);
                case Step.GrantPrivilege(var role, var grant) -> database.grant(role, grant);
                case Step.RevokePrivilege(var role, var grant) -> database.revoke(role, grant);
                case Step.GrantDefault of -> database.grantDefault(of);
                case Step.RevokeDefault of -> database.revokeDefault(of);
                case Step.AddPolicy of -> database.addPolicy(of);
                case Step.RemovePolicy of -> database.removePolicy(of);
                case Step.ProtectRows(var _, var table) -> database.protect(table);
                case Step.UnprotectRows(var _, var table) -> database.unprotect(table);
            };
        } catch (EngineFailure e) {
            outcomes.failed(index, e);
            return Piece.NOTHING;
        }
    }

    private static void collect(Step step, Set<String> names, Set<String> ids, Set<String> schemas) {
        switch (step) {
            case Step.OfLogin of -> {
                names.add(of.account().login().value());
                of.account().id().ifPresent(ids::add);
            }
            case Step.OfRole of -> names.add(of.role().value());
            case Step.OfTable _ -> {}
        }
        switch (step) {
            case Step.RenameLogin(var _, var to) -> names.add(to.value());
            case Step.Join(var _, var membership) -> collect(membership, names);
            case Step.Leave(var _, var membership) -> collect(membership, names);
            case Step.Include(var _, var membership) -> collect(membership, names);
            case Step.Exclude(var _, var membership) -> collect(membership, names);
            case Step.GrantPrivilege(var _, var grant) ->
                Routines.schema(grant.object()).ifPresent(schemas::add);
            case Step.RevokePrivilege(var _, var grant) -> {
                Routines.schema(grant.object()).ifPresent(schemas::add);
                collect(grant.grantor(), names);
            }
            case Step.StripLogin(var _, Extra.Privilege(var grant)) -> {
                Routines.schema(grant.object()).ifPresent(schemas::add);
                collect(grant.grantor(), names);
            }
            case Step.OfLogin _, Step.OfRole _, Step.OfTable _ -> {}
        }
    }

    private static void collect(Membership membership, Set<String> names) {
        names.add(membership.role().value());
        collect(membership.grantor(), names);
    }

    private static void collect(Grantor grantor, Set<String> names) {
        if (grantor instanceof Grantor.Other(var name)) {
            names.add(name.value());
        }
    }
}

package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.batch.Piece;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Privileges;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Extra;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.util.Map;

/// What steps inside one database become: privileges, default privileges and row-level security.
final class DatabaseSteps {

    private static final PrivilegeName MAINTAIN = new PrivilegeName("MAINTAIN");
    private static final int KNOWS_MAINTAIN = 17;

    private final Context context;
    private final RoleBook roles;
    private final Map<ObjectRef.Function, String> routines;
    private final RowLimits rows;

    DatabaseSteps(Context context, RoleBook roles, Map<ObjectRef.Function, String> routines) {
        this.context = context;
        this.roles = roles;
        this.routines = routines;
        this.rows = new RowLimits(context);
    }

    Piece grant(RoleName role, Grant grant) {
        roles.requireContractRole(role);
        requireKnown(grant.privilege());
        return Piece.of(Privileges.give(role, grant, routines));
    }

    Piece revoke(RoleName role, Grant grant) {
        if (roles.isFree(role.value()) || isGone(grant.object())) {
            return Piece.NOTHING;
        }
        roles.requireContractRole(role);
        return take(role, grant);
    }

    /// Takes from a login what it was given by itself.
    Piece strip(Account account, Extra.OfDatabase extra) {
        if (roles.isGone(account)) {
            return Piece.NOTHING;
        }
        roles.require(account);
        RoleName login = new RoleName(account.login().value());
        return switch (extra) {
            case Extra.Privilege(Grant grant) -> isGone(grant.object()) ? Piece.NOTHING : take(login, grant);
            case Extra.Future(DefaultGrant grant) -> Piece.of(Privileges.take(login, grant));
        };
    }

    Piece grantDefault(Step.GrantDefault step) {
        roles.requireContractRole(step.role());
        requireKnown(step.grant().privilege());
        return Piece.of(Privileges.give(step.role(), step.grant()));
    }

    Piece revokeDefault(Step.RevokeDefault step) {
        if (roles.isFree(step.role().value())) {
            return Piece.NOTHING;
        }
        roles.requireContractRole(step.role());
        return Piece.of(Privileges.take(step.role(), step.grant()));
    }

    Piece addPolicy(Step.AddPolicy step) {
        roles.requireContractRole(step.role());
        return rows.add(step.role(), step.policy());
    }

    Piece removePolicy(Step.RemovePolicy step) {
        return rows.remove(step.role(), step.policy());
    }

    Piece protect(ObjectRef.Table table) {
        return rows.protect(table);
    }

    Piece unprotect(ObjectRef.Table table) {
        return rows.unprotect(table);
    }

    // The server's own answer is that it does not understand the statement.
    private void requireKnown(PrivilegeName privilege) {
        if (privilege.equals(MAINTAIN) && context.version() < KNOWS_MAINTAIN) {
            throw new EngineFailure(
                    Kind.UNSAFE,
                    "MAINTAIN is a privilege from PostgreSQL " + KNOWS_MAINTAIN + " on; this server is of version "
                            + context.version() + ".");
        }
    }

    private Piece take(RoleName holder, Grant grant) {
        return switch (grant.grantor()) {
            case Grantor.Ours _ -> Piece.of(Privileges.take(holder, grant, routines));
            case Grantor.Other(RoleName giver) -> TakingBack.privilege(context, roles, holder, grant, giver, routines);
        };
    }

    private boolean isGone(ObjectRef object) {
        return object instanceof ObjectRef.Function function && !routines.containsKey(function);
    }
}

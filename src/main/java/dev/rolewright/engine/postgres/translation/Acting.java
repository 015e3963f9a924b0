package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Entitlements;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.RoleName;
import java.util.List;
import java.util.Optional;

/// Statements in the name of another role, inside one transaction: a server takes back only what is taken back in
/// the name of whoever gave it.
final class Acting {

    private Acting() {}

    /// The statement between becoming the role and becoming ourselves again. Where we may not become it but may
    /// give ourselves membership, we do so for this one statement.
    ///
    /// @throws EngineFailure when we can do neither; its remedy is what an administrator may run instead
    static List<String> as(Context context, RoleBook roles, RoleName other, String statement) {
        String grantor = Quoting.name(context.own().grantor());
        String name = Quoting.name(other);
        Seen seen = roles.find(other.value());
        if (seen != null && seen.settable()) {
            return List.of("SET LOCAL ROLE " + name, statement, "SET LOCAL ROLE " + grantor);
        }
        if (seen != null && seen.keeper() != null) {
            RoleName keeper = seen.keeper();
            Entitlements entitlements = Entitlements.of(context);
            return List.of(
                    "SET LOCAL ROLE " + Quoting.name(keeper),
                    entitlements.lend(other, keeper, keeper),
                    "SET LOCAL ROLE " + name,
                    statement,
                    "SET LOCAL ROLE " + Quoting.name(keeper),
                    entitlements.takeBack(other, keeper, keeper),
                    "SET LOCAL ROLE " + grantor);
        }
        throw new EngineFailure(
                Kind.RIGHT_MISSING,
                "42501",
                "It was given by " + other + ", in whose name we may not act.",
                Optional.of("SET ROLE " + name + "; " + statement + "; RESET ROLE;"));
    }
}

package dev.rolewright.contract;

import dev.rolewright.model.LoginName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Names that servers, their providers and we ourselves use, so that nobody else's login has them.
final class ReservedNames {

    private static final Set<String> NAMES = Set.of(
            "public",
            "none",
            "user",
            "current_user",
            "current_role",
            "session_user",
            "system_user",
            "postgres",
            "root",
            "admin",
            "administrator",
            "superuser",
            "sa",
            "dba",
            "mysql",
            "mariadb.sys",
            "cassandra",
            "rdsadmin",
            "rolewright");

    private static final List<String> BEGINNINGS =
            List.of("pg_", "rolewright_", "rds_", "cloudsql", "alloydb", "azure_", "neon_", "supabase_");

    private static final Set<Look> LOOKS =
            NAMES.stream().map(name -> Look.of(new LoginName(name))).collect(Collectors.toUnmodifiableSet());

    private ReservedNames() {}

    /// Whether people would take a name for one of these.
    static boolean lookLike(Look look) {
        return LOOKS.contains(look);
    }

    static boolean covers(LoginName name) {
        String folded = name.folded();
        return NAMES.contains(folded) || BEGINNINGS.stream().anyMatch(folded::startsWith);
    }
}

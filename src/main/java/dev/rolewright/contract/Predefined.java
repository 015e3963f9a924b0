package dev.rolewright.contract;

import java.util.Locale;
import java.util.Set;

/// Roles that servers and their providers bring along. They show no privileges on any object, so nobody could see
/// from a contract what it gives away; a contract reaches none of them.
final class Predefined {

    /// Whoever has one of these is superuser, or can make himself one.
    private static final Set<String> EQUAL_TO_SUPERUSER = Set.of(
            "pg_read_server_files",
            "pg_write_server_files",
            "pg_execute_server_program",
            "rds_superuser",
            "cloudsqlsuperuser",
            "alloydbsuperuser",
            "azure_pg_admin",
            "neon_superuser",
            "supabase_admin",
            "postgres");

    private Predefined() {}

    static boolean isName(String name) {
        String folded = name.toLowerCase(Locale.ROOT);
        return folded.startsWith("pg_") || equalsSuperuser(folded);
    }

    static boolean equalsSuperuser(String name) {
        return EQUAL_TO_SUPERUSER.contains(name.toLowerCase(Locale.ROOT));
    }
}

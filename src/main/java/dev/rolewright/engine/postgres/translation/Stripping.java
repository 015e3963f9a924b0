package dev.rolewright.engine.postgres.translation;

import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.Extra;
import java.util.Optional;

/// How a login or role becomes again what we made it: without attributes and settings of its own.
final class Stripping {

    private Stripping() {}

    static String statement(String role, Extra.OfServer extra) {
        String name = Quoting.name(role);
        return switch (extra) {
            case Extra.Attribute(Extra.Attribute.Kind kind) -> "ALTER ROLE " + name + " " + usual(kind);
            case Extra.Setting(Optional<String> database, String parameter) ->
                "ALTER ROLE " + name
                        + database.map(it -> " IN DATABASE " + Quoting.name(it)).orElse("")
                        + " RESET " + Quoting.parameter(parameter);
        };
    }

    /// What an administrator runs where we may not do it: only a superuser, or whoever has the
    /// attribute himself, may take some of them. A session keeps what it was let in with.
    static String remedy(String role, Extra.OfServer extra) {
        boolean lasts = extra instanceof Extra.Attribute(Extra.Attribute.Kind kind)
                && (kind == Extra.Attribute.Kind.SUPERUSER || kind == Extra.Attribute.Kind.REPLICATION);
        return statement(role, extra) + ";"
                + (lasts
                        ? " SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = "
                                + Quoting.text(role) + ";"
                        : "");
    }

    private static String usual(Extra.Attribute.Kind kind) {
        return switch (kind) {
            case SUPERUSER, CREATEROLE, CREATEDB, REPLICATION, BYPASSRLS, LOGIN -> "NO" + kind;
            case NOINHERIT -> "INHERIT";
            case CONNECTION_LIMIT -> "CONNECTION LIMIT -1";
            // What was to end does not go on without an end.
            case VALID_UNTIL -> "PASSWORD NULL VALID UNTIL 'infinity'";
        };
    }
}

package dev.rolewright.engine.postgres.words;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Grant;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// GRANT and REVOKE on objects, and on those that will be made later.
public final class Privileges {

    private Privileges() {}

    /// @param routines how functions are called in a statement
    public static Shared give(RoleName role, Grant grant, Map<ObjectRef.Function, String> routines) {
        String tail = " TO " + Quoting.name(role) + (grant.grantable() ? " WITH GRANT OPTION" : "");
        return statement("GRANT ", grant, tail, routines);
    }

    // CASCADE: what the role passed on goes with what it was passed on from.
    public static Shared take(RoleName role, Grant grant, Map<ObjectRef.Function, String> routines) {
        return statement("REVOKE ", grant, " FROM " + Quoting.name(role) + " CASCADE", routines);
    }

    /// The whole statement that takes a privilege from whoever has it, and fails where he passed it on.
    public static String takingUnlessPassedOn(
            String database,
            ObjectRef object,
            String privilege,
            String grantee,
            Map<ObjectRef.Function, String> routines) {
        Grant grant = Grant.of(database, object, new PrivilegeName(privilege));
        return statement("REVOKE ", grant, " FROM " + grantee, routines).alone();
    }

    public static Shared give(RoleName role, DefaultGrant grant) {
        return new Shared(
                future(grant) + "GRANT " + grant.privilege() + " ON " + kind(grant.kind()) + " TO ",
                Quoting.name(role),
                grant.grantable() ? " WITH GRANT OPTION" : "");
    }

    public static Shared take(RoleName role, DefaultGrant grant) {
        return new Shared(
                future(grant) + "REVOKE " + grant.privilege() + " ON " + kind(grant.kind()) + " FROM ",
                Quoting.name(role),
                "");
    }

    /// The whole statement of an owner that leaves a privilege with somebody and takes what he passed on.
    public static String endingGrantOption(RoleName role, Grant grant, Map<ObjectRef.Function, String> routines) {
        return statement("REVOKE GRANT OPTION FOR ", grant, " FROM " + Quoting.name(role) + " CASCADE", routines)
                .alone();
    }

    private static Shared statement(String verb, Grant grant, String tail, Map<ObjectRef.Function, String> routines) {
        PrivilegeName privilege = grant.privilege();
        return switch (grant.object()) {
            case ObjectRef.Column(String schema, String table, String column) ->
                new Shared(
                        verb,
                        privilege + " (" + Quoting.name(column) + ")",
                        " ON TABLE " + Quoting.name(schema, table) + tail);
            case ObjectRef.Database _ -> on(verb, privilege, "DATABASE", Quoting.name(grant.database()), tail);
            case ObjectRef.Schema(String schema) -> on(verb, privilege, "SCHEMA", Quoting.name(schema), tail);
            case ObjectRef.Table table -> on(verb, privilege, "TABLE", Quoting.name(table), tail);
            case ObjectRef.Sequence(String schema, String sequence) ->
                on(verb, privilege, "SEQUENCE", Quoting.name(schema, sequence), tail);
            case ObjectRef.Function function ->
                on(
                        verb,
                        privilege,
                        "ROUTINE",
                        Optional.ofNullable(routines.get(function))
                                .orElseThrow(() -> Failures.changed("There is no " + function.label() + ".")),
                        tail);
            case ObjectRef.Type(String schema, String type) ->
                on(verb, privilege, "TYPE", Quoting.name(schema, type), tail);
            case ObjectRef.Rest(ObjectRef.RestKind kind, String name) ->
                on(verb, privilege, kind.name().replace('_', ' '), rest(kind, name), tail);
            case ObjectRef.EveryTable _, ObjectRef.EverySequence _, ObjectRef.EveryFunction _ ->
                throw new EngineFailure(Kind.UNEXPECTED, "A plan speaks of single objects, not of all of a schema.");
        };
    }

    private static Shared on(String verb, PrivilegeName privilege, String kind, String name, String tail) {
        return new Shared(verb + privilege + " ON " + kind + " ", name, tail);
    }

    private static String rest(ObjectRef.RestKind kind, String name) {
        return switch (kind) {
            case LANGUAGE, FOREIGN_DATA_WRAPPER, FOREIGN_SERVER, TABLESPACE -> Quoting.name(name);
            case LARGE_OBJECT -> Long.toUnsignedString(Long.parseUnsignedLong(name));
            case PARAMETER -> Quoting.parameter(name);
        };
    }

    private static String future(DefaultGrant grant) {
        return "ALTER DEFAULT PRIVILEGES FOR ROLE " + Quoting.name(grant.creator())
                + grant.schema()
                        .map(schema -> " IN SCHEMA " + Quoting.name(schema))
                        .orElse("") + " ";
    }

    private static String kind(DefaultGrant.ObjectKind kind) {
        return kind.name().replace('_', ' ').toUpperCase(Locale.ROOT);
    }
}

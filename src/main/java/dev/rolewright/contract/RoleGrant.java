package dev.rolewright.contract;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.DefaultGrant.ObjectKind;
import dev.rolewright.model.Grant;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One entry of a role's `grants`: each of the privileges on each of the objects.
///
/// @param creators whose future objects of the same kind the privileges are also on
public record RoleGrant(
        String database, Set<ObjectRef> objects, Set<PrivilegeName> privileges, Set<RoleName> creators, Place place) {

    public RoleGrant {
        objects = Set.copyOf(objects);
        privileges = Set.copyOf(privileges);
        creators = Set.copyOf(creators);
    }

    public Stream<Grant> grants() {
        return objects.stream()
                .flatMap(object -> privileges.stream().map(privilege -> Grant.of(database, object, privilege)));
    }

    public Stream<DefaultGrant> defaults() {
        return objects.stream()
                .flatMap(object -> future(object)
                        .map(kind -> schemaOf(object).stream()
                                .flatMap(schema -> creators.stream()
                                        .flatMap(creator -> privileges.stream()
                                                .map(privilege ->
                                                        DefaultGrant.of(database, creator, schema, kind, privilege)))))
                        .orElseGet(Stream::empty));
    }

    private static Optional<ObjectKind> future(ObjectRef object) {
        return switch (object) {
            case ObjectRef.EveryTable _ -> Optional.of(ObjectKind.TABLES);
            case ObjectRef.EverySequence _ -> Optional.of(ObjectKind.SEQUENCES);
            case ObjectRef.EveryFunction _ -> Optional.of(ObjectKind.FUNCTIONS);
            case ObjectRef.Database _,
                    ObjectRef.Schema _,
                    ObjectRef.Table _,
                    ObjectRef.Column _,
                    ObjectRef.Sequence _,
                    ObjectRef.Function _,
                    ObjectRef.Type _,
                    ObjectRef.Rest _ -> Optional.empty();
        };
    }

    /// The schema in which an object lies; nobody reaches it there without USAGE.
    static Optional<String> schemaOf(ObjectRef object) {
        return switch (object) {
            case ObjectRef.Table table -> Optional.of(table.schema());
            case ObjectRef.Column column -> Optional.of(column.schema());
            case ObjectRef.Sequence sequence -> Optional.of(sequence.schema());
            case ObjectRef.Function function -> Optional.of(function.schema());
            case ObjectRef.Type type -> Optional.of(type.schema());
            case ObjectRef.EveryTable(String schema) -> Optional.of(schema);
            case ObjectRef.EverySequence(String schema) -> Optional.of(schema);
            case ObjectRef.EveryFunction(String schema) -> Optional.of(schema);
            case ObjectRef.Database _, ObjectRef.Schema _, ObjectRef.Rest _ -> Optional.empty();
        };
    }
}

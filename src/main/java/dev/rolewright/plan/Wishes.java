package dev.rolewright.plan;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Item;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.ObjectRef.Column;
import dev.rolewright.model.ObjectRef.Table;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.model.RowPolicy;
import dev.rolewright.model.RowPolicy.Command;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the contract wants of its roles, in terms of what there is: wildcards become objects, row rules become
/// one policy for each command that the role's own privileges allow, and what does not exist becomes a note.
///
/// Where one role's rows of a table are limited, every other contract role with privileges on the table gets
/// policies that show every row; without one it would see none. A role that may only change rows gets none for
/// reading them, so that together with another role it never shows more than that one does.
///
/// The limit of a table does not hold for its partitions and for tables that inherit from it, when they are asked for
/// by their own names. A limited role gets nothing on those, unless the contract limits them too.
final class Wishes {

    /// A table of a database.
    record Place(String database, Table table) {}

    private final Ground ground;
    private final Inventory inventory;
    private final Map<RoleName, RoleState> roles = new HashMap<>();
    private final Set<Place> limited = new HashSet<>();
    private final Map<Item, Reason> implied = new HashMap<>();

    Wishes(Ground ground) {
        this.ground = ground;
        this.inventory = ground.observed.inventory();
        ground.desired
                .roles()
                .values()
                .forEach(role -> role.policies().stream()
                        .filter(policy -> isThere(role.name(), policy.database(), policy.table()))
                        .forEach(policy -> limited.add(new Place(policy.database(), policy.table()))));
        ground.desired.roles().values().forEach(role -> roles.put(role.name(), expand(role)));
    }

    RoleState of(RoleName role) {
        return roles.getOrDefault(role, RoleState.empty(role));
    }

    /// The tables that some contract role sees part of.
    Set<Place> limited() {
        return limited;
    }

    /// Why an item is wanted; one that stands for a wildcard or follows from a limit says so.
    List<Reason> why(Item item) {
        List<Reason> given = ground.desired.why(item);
        Reason follows = implied.get(item);
        return given.isEmpty() && follows != null ? List.of(follows) : given;
    }

    private RoleState expand(RoleState role) {
        Set<Grant> all = role.grants().stream()
                .filter(grant -> isThere(role.name(), grant.database(), grant.object()))
                .flatMap(grant -> expand(role.name(), grant))
                .filter(grant -> !isWayRound(role, grant))
                .collect(toSet());
        Set<Grant> grants = all.stream().filter(grant -> !isCovered(grant, all)).collect(toSet());
        return new RoleState(role.name(), role.kind(), role.includes(), grants, defaults(role), policies(role, grants));
    }

    private Stream<Grant> expand(RoleName role, Grant grant) {
        if (!grant.object().isWildcard()) {
            return Stream.of(grant);
        }
        Reason reason = new Reason.Implied(new Item.Privilege(role, grant));
        return inventory
                .expand(grant.database(), grant.object())
                .map(grant::on)
                .peek(single -> implied.put(new Item.Privilege(role, single), reason));
    }

    // Beside a privilege on the table the same one on a column says nothing, and would be lost with it.
    private static boolean isCovered(Grant grant, Set<Grant> all) {
        return grant.object() instanceof Column(String schema, String table, String _)
                && all.contains(grant.on(new Table(schema, table)));
    }

    private boolean isWayRound(RoleState role, Grant grant) {
        Table table = table(grant.object());
        if (table == null || !isPartOfLimited(role, grant.database(), table)) {
            return false;
        }
        ground.note(
                Note.Kind.PART_LEFT_OUT,
                role.name(),
                "gets nothing on " + table.label() + " in " + grant.database()
                        + " by its own name: it is part of a table of which the role sees some rows; limit its rows"
                        + " in the contract too, or read it through the whole");
        return true;
    }

    private boolean isPartOfLimited(RoleState role, String database, Table table) {
        return !isLimited(role, database, table)
                && inventory.wholes(database, table).stream().anyMatch(whole -> isLimited(role, database, whole));
    }

    private static boolean isLimited(RoleState role, String database, Table table) {
        return role.policies().stream()
                .anyMatch(policy ->
                        policy.database().equals(database) && policy.table().equals(table));
    }

    // The next partition would be open to the role until we look again; other tables get theirs at that look.
    private Set<DefaultGrant> defaults(RoleState role) {
        if (role.policies().isEmpty()) {
            return role.defaults();
        }
        Set<DefaultGrant> defaults = new HashSet<>();
        role.defaults().forEach(grant -> {
            if (mayOpenParts(role, grant)) {
                ground.note(
                        Note.Kind.PART_LEFT_OUT,
                        role.name(),
                        "is not promised " + grant.label() + ": the next one may be part of a table of which the role"
                                + " sees some rows; other tables are granted when they are seen");
            } else {
                defaults.add(grant);
            }
        });
        return defaults;
    }

    private boolean mayOpenParts(RoleState role, DefaultGrant grant) {
        return grant.kind() == DefaultGrant.ObjectKind.TABLES
                && inventory.parts().getOrDefault(grant.database(), Map.of()).keySet().stream()
                        .filter(part ->
                                grant.schema().map(part.schema()::equals).orElse(true))
                        .anyMatch(part -> isPartOfLimited(role, grant.database(), part));
    }

    private Set<RowPolicy> policies(RoleState role, Set<Grant> grants) {
        Set<RowPolicy> policies = new HashSet<>();
        for (Grant grant : grants) {
            Table table = table(grant.object());
            Command command = command(grant.privilege());
            if (table != null && command != null && limited.contains(new Place(grant.database(), table))) {
                RowPolicy policy = new RowPolicy(
                        grant.database(), table, command, condition(role, grant.database(), table, command));
                policies.add(policy);
                implied.put(
                        new Item.Rows(role.name(), policy), new Reason.Implied(new Item.Privilege(role.name(), grant)));
            }
        }
        return policies;
    }

    private static String condition(RoleState role, String database, Table table, Command command) {
        List<String> conditions = role.policies().stream()
                .filter(policy ->
                        policy.database().equals(database) && policy.table().equals(table))
                .filter(policy -> policy.command() == Command.HELD || policy.command() == command)
                .map(RowPolicy::using)
                .distinct()
                .sorted()
                .toList();
        return switch (conditions.size()) {
            case 0 -> RowPolicy.EVERY_ROW;
            case 1 -> conditions.getFirst();
            default -> conditions.stream().collect(joining(") OR (", "(", ")"));
        };
    }

    private boolean isThere(RoleName role, String database, ObjectRef object) {
        String sentence;
        if (!ground.desired.target().manages(database)) {
            sentence = "speaks of database " + database + ", which the contract does not list for this target";
        } else if (inventory.unread().contains(database)) {
            sentence = "speaks of database " + database + ", which could not be looked into; what it gets there waits";
        } else if (!inventory.knows(database)) {
            sentence = "speaks of database " + database + ", which does not exist or lets nobody in";
        } else if (!inventory.has(database, object)) {
            sentence = "speaks of " + object.label() + " in " + database + ", which does not exist";
        } else {
            return true;
        }
        ground.note(Note.Kind.OBJECT_MISSING, role, sentence);
        return false;
    }

    private static @Nullable Table table(ObjectRef object) {
        return switch (object) {
            case Table table -> table;
            case Column(String schema, String table, String _) -> new Table(schema, table);
            default -> null;
        };
    }

    private static @Nullable Command command(PrivilegeName privilege) {
        return switch (privilege.value()) {
            case "SELECT" -> Command.SELECT;
            case "INSERT" -> Command.INSERT;
            case "UPDATE" -> Command.UPDATE;
            case "DELETE" -> Command.DELETE;
            default -> null;
        };
    }
}

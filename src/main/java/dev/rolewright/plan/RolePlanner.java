package dev.rolewright.plan;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.model.DefaultGrant;
import dev.rolewright.model.Grant;
import dev.rolewright.model.Grantor;
import dev.rolewright.model.Item;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef.Column;
import dev.rolewright.model.ObjectRef.Table;
import dev.rolewright.model.Reason;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.RoleState;
import dev.rolewright.plan.Inventory.RowSecurity;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The half of the planner that is about contract roles: they are managed completely, so what is missing is
/// granted and what is too much is revoked.
final class RolePlanner {

    private final Ground ground;
    private final Wishes wishes;
    private final Set<RoleName> usable;
    private final Set<RoleName> weakened = new HashSet<>();

    RolePlanner(Ground ground, Set<RoleName> usable) {
        this.ground = ground;
        this.wishes = new Wishes(ground);
        this.usable = usable;
    }

    /// The contract roles that exist with our mark or can be made; others have their names taken.
    static Set<RoleName> usable(Ground ground) {
        Set<RoleName> usable = new HashSet<>();
        for (RoleName name : ground.desired.roles().keySet()) {
            if (ground.isUntouchable(name)) {
                ground.note(Note.Kind.PROTECTED, name, "is a name of our own on this target, so the role is left out");
            } else if (ground.observed.contractRoles().contains(name)) {
                usable.add(name);
            } else if (ground.observed.isWhole()) {
                if (ground.isRefused(name) || ground.observed.logins().containsKey(new LoginName(name.value()))) {
                    ground.note(
                            Note.Kind.NAME_TAKEN,
                            name,
                            "is wanted for a role and belongs to another; nothing is adopted");
                } else {
                    usable.add(name);
                }
            }
        }
        return usable;
    }

    /// @return the roles that lose an included role which an open session of a member could keep
    Set<RoleName> plan() {
        for (RoleName name : usable) {
            if (!ground.observed.contractRoles().contains(name)) {
                ground.add(new Step.CreateRole(name), wishes.why(new Item.Role(name)));
            }
            change(ground.observed.roles().getOrDefault(name, RoleState.empty(name)), wishes.of(name));
            ground.observed
                    .extras()
                    .roles()
                    .getOrDefault(name, Set.of())
                    .forEach(extra -> ground.add(new Step.StripRole(name, extra), unwanted(Grantor.OURS)));
        }
        ground.observed.roles().values().stream()
                .filter(role -> !ground.desired.roles().containsKey(role.name()))
                .forEach(this::remove);
        limitRows();
        return includersOf(weakened);
    }

    // Who includes a role that got weaker got weaker too.
    private Set<RoleName> includersOf(Set<RoleName> roles) {
        Set<RoleName> all = new HashSet<>(roles);
        boolean grown = !all.isEmpty();
        while (grown) {
            grown = false;
            for (RoleState role : ground.observed.roles().values()) {
                if (role.includes().stream().anyMatch(it -> all.contains(it.role()))) {
                    grown |= all.add(role.name());
                }
            }
        }
        return all;
    }

    private void remove(RoleState role) {
        if (ground.isUntouchable(role.name())) {
            ground.note(Note.Kind.PROTECTED, role.name(), "carries our mark and is protected, so it is left as it is");
            return;
        }
        change(role, RoleState.empty(role.name()));
        ground.add(new Step.DropRole(role.name()), unwanted(Grantor.OURS));
    }

    private void change(RoleState seen, RoleState wanted) {
        RoleName role = wanted.name();
        Set<Membership> includes = includable(wanted);
        Set<Membership> lost = minus(seen.includes(), includes);
        lost.forEach(it -> ground.add(new Step.Exclude(role, it), unwanted(it.grantor())));
        if (ground.mayHide(lost, includes)) {
            weakened.add(role);
        }
        give(role, minus(includes, seen.includes()), Step.Include::new, it -> new Item.Include(role, it.role()));
        privileges(seen, wanted);
        minus(seen.defaults(), wanted.defaults())
                .forEach(it -> ground.add(new Step.RevokeDefault(role, it), unwanted(Grantor.OURS)));
        Set<DefaultGrant> missing = minus(wanted.defaults(), seen.defaults());
        missing.removeIf(it -> !isCreatorThere(role, it));
        give(role, missing, Step.GrantDefault::new, it -> new Item.Future(role, it));
        minus(seen.policies(), wanted.policies())
                .forEach(it -> ground.add(new Step.RemovePolicy(role, it), unwanted(Grantor.OURS)));
        give(role, minus(wanted.policies(), seen.policies()), Step.AddPolicy::new, it -> new Item.Rows(role, it));
    }

    private void privileges(RoleState seen, RoleState wanted) {
        RoleName role = wanted.name();
        Set<Grant> lost = minus(seen.grants(), wanted.grants());
        lost.forEach(it -> ground.add(new Step.RevokePrivilege(role, it), unwanted(it.grantor())));
        Set<Grant> missing = minus(wanted.grants(), seen.grants());
        wanted.grants().stream().filter(it -> goesWith(it, lost)).forEach(missing::add);
        give(role, missing, Step.GrantPrivilege::new, it -> new Item.Privilege(role, it));
    }

    // What is revoked on a table goes from its columns too, as far as the same grantor gave it.
    private static boolean goesWith(Grant grant, Set<Grant> lost) {
        return grant.object() instanceof Column(String schema, String table, String _)
                && lost.stream()
                        .anyMatch(it -> it.object().equals(new Table(schema, table))
                                && it.database().equals(grant.database())
                                && it.privilege().equals(grant.privilege())
                                && it.grantor().equals(grant.grantor()));
    }

    private Set<Membership> includable(RoleState wanted) {
        return wanted.includes().stream()
                .filter(it -> {
                    boolean known = usable.contains(it.role())
                            || ground.observed.server().predefined().contains(it.role());
                    if (!known) {
                        ground.note(
                                Note.Kind.ROLE_MISSING,
                                wanted.name(),
                                "includes " + it.role() + ", which is neither a contract role on this target nor one of"
                                        + " the server's that may be included");
                    }
                    return known;
                })
                .collect(toSet());
    }

    private boolean isCreatorThere(RoleName role, DefaultGrant grant) {
        String creator = grant.creator().value();
        boolean known = ground.isTaken(grant.creator())
                || usable.contains(grant.creator())
                || ground.observed.logins().containsKey(new LoginName(creator));
        boolean managed = ground.desired.target().manages(grant.database())
                && ground.observed.inventory().knows(grant.database());
        if (!known || !managed) {
            ground.note(
                    Note.Kind.OBJECT_MISSING,
                    role,
                    "speaks of what " + creator + " will make in " + grant.database() + "; "
                            + (known ? "there is no such database among the managed" : "there is no such creator"));
        }
        return known && managed;
    }

    private void limitRows() {
        Inventory inventory = ground.observed.inventory();
        wishes.limited().forEach(place -> {
            RowSecurity seen =
                    inventory.rows().getOrDefault(place.database(), Map.of()).get(place.table());
            if (seen == null) {
                ground.add(new Step.ProtectRows(place.database(), place.table()), List.of());
            } else if (seen == RowSecurity.FOREIGN) {
                ground.note(
                        Note.Kind.FOREIGN_ROWS,
                        place.table().label() + " in " + place.database(),
                        "has row-level security of somebody else, whose policies also show rows to our roles");
            }
        });
        inventory
                .rows()
                .forEach((database, tables) -> tables.forEach((table, seen) -> {
                    if (seen == RowSecurity.OURS && !wishes.limited().contains(new Wishes.Place(database, table))) {
                        ground.add(new Step.UnprotectRows(database, table), List.of());
                    }
                }));
    }

    private <T> void give(RoleName role, Set<T> missing, BiFunction<RoleName, T, Step> step, Function<T, Item> item) {
        missing.forEach(it -> ground.add(step.apply(role, it), wishes.why(item.apply(it))));
    }

    private static List<Reason> unwanted(Grantor grantor) {
        return List.of(Reason.Unwanted.of(grantor));
    }

    private static <T> Set<T> minus(Set<T> all, Set<T> without) {
        Set<T> rest = new HashSet<>(all);
        rest.removeIf(without::contains);
        return rest;
    }
}

package dev.rolewright.engine.postgres;

import dev.rolewright.engine.Needs;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Check.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the contract speaks of and belongs to somebody in whose name the grantor may not act.
final class ForeignOwners {

    private static final int NAMED = 5;

    private record Owner(String name, boolean superuser) implements Comparable<Owner> {

        @Override
        public int compareTo(Owner other) {
            return name.compareTo(other.name);
        }
    }

    private final Context context;
    private final Needs needs;
    private final OwnIds own;
    private final List<Finding> findings;

    ForeignOwners(Context context, Needs needs, OwnIds own, List<Finding> findings) {
        this.context = context;
        this.needs = needs;
        this.own = own;
        this.findings = findings;
    }

    void read(String database, Catalogue catalogue) {
        Set<ObjectRef> wanted = new HashSet<>();
        needs.objects().getOrDefault(database, Set.of()).forEach(object -> wanted.add(Holdings.tableOf(object)));
        if (own.grantor() == 0 || wanted.isEmpty()) {
            return;
        }
        if (wanted.contains(new ObjectRef.Database())) {
            readPassOn(database, catalogue);
        }
        Map<Owner, List<String>> others = new TreeMap<>();
        catalogue.read(
                "not-acting-for",
                row -> {
                    ObjectRef object =
                            Holdings.object(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
                    if (wanted.contains(object) || wanted.contains(kind(object))) {
                        others.computeIfAbsent(new Owner(row.getString(5), row.getBoolean(6)), _ -> new ArrayList<>())
                                .add(object.label());
                    }
                },
                own.grantor());
        others.forEach((owner, objects) -> add(
                owner,
                objects.stream()
                                .sorted()
                                .limit(NAMED)
                                .reduce((one, other) -> one + ", " + other)
                                .orElse("")
                        + (objects.size() > NAMED ? " and " + (objects.size() - NAMED) + " more" : "")
                        + " in " + Quoting.shown(database)));
    }

    void readCreators(Catalogue catalogue) {
        if (own.grantor() != 0 && !needs.creators().isEmpty()) {
            catalogue.read(
                    "creators",
                    row -> add(new Owner(row.getString(1), row.getBoolean(2)), "what it will make"),
                    own.grantor(),
                    needs.creators().stream().map(RoleName::value).toList());
        }
    }

    private void readPassOn(String database, Catalogue catalogue) {
        List<String> privileges = new ArrayList<>();
        catalogue.read("pass-on", row -> privileges.add(row.getString(1)), own.grantor());
        if (!privileges.isEmpty()) {
            String what = String.join(", ", privileges) + " ON DATABASE " + Quoting.name(database);
            findings.add(Finding.missing(
                    Subject.PASS_ON,
                    "the grantor may not pass on " + what,
                    "GRANT " + what + " TO " + Quoting.name(context.own().grantor()) + " WITH GRANT OPTION;"));
        }
    }

    // To become a superuser is more than any contract needs.
    private void add(Owner owner, String what) {
        String sentence = "the grantor may not act for " + owner.name() + ", whose is " + what;
        findings.add(
                owner.superuser()
                        ? new Finding(
                                Subject.OWNERS,
                                Verdict.MISSING,
                                sentence + ": a superuser, so let a role without login own it instead",
                                Optional.empty())
                        : Finding.missing(
                                Subject.OWNERS,
                                sentence,
                                "GRANT " + Quoting.name(owner.name()) + " TO "
                                        + Quoting.name(context.own().grantor())
                                        + (context.keepsGrantors()
                                                ? " WITH INHERIT TRUE, SET TRUE, ADMIN FALSE;"
                                                : ";")));
    }

    private static ObjectRef kind(ObjectRef object) {
        return switch (object) {
            case ObjectRef.Table(String schema, var _) -> new ObjectRef.EveryTable(schema);
            case ObjectRef.Sequence(String schema, var _) -> new ObjectRef.EverySequence(schema);
            case ObjectRef.Function(String schema, var _) -> new ObjectRef.EveryFunction(schema);
            default -> object;
        };
    }
}

package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.engine.Needs;
import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Catalogues;
import dev.rolewright.engine.postgres.catalogue.Databases;
import dev.rolewright.engine.postgres.catalogue.Holdings;
import dev.rolewright.engine.postgres.catalogue.OwnIds;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Entitlements;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the contract speaks of and belongs to somebody in whose name the grantor may not act.
final class ForeignOwners {

    private static final int NAMED = 5;
    private static final String UNSAID = "no contract says yet what is to be granted here";

    private record Owner(String name, boolean superuser) implements Comparable<Owner> {

        @Override
        public int compareTo(Owner other) {
            return name.compareTo(other.name);
        }
    }

    private final Context context;
    private final Needs needs;
    private final OwnIds own;
    private final List<Finding> findings = new ArrayList<>();

    private ForeignOwners(Context context, Needs needs, OwnIds own) {
        this.context = context;
        this.needs = needs;
        this.own = own;
    }

    /// What could not be asked is among them, and what the contract needs nobody to be asked for.
    ///
    /// @param own with a grantor
    static List<Finding> read(
            Context context, Optional<Needs> needs, OwnIds own, Catalogues catalogues, List<Databases.Seen> managed) {
        if (needs.isEmpty()) {
            return List.of(Finding.unknown(Subject.PASS_ON, UNSAID), Finding.unknown(Subject.OWNERS, UNSAID));
        }
        ForeignOwners owners = new ForeignOwners(context, needs.get(), own);
        owners.read(catalogues, managed);
        return owners.findings;
    }

    private void read(Catalogues catalogues, List<Databases.Seen> managed) {
        if (needs.objects().values().stream().noneMatch(ForeignOwners::isOfDatabase)) {
            findings.add(Finding.ok(Subject.PASS_ON, "the contract gives nothing on a database"));
        }
        if (needs.objects().isEmpty() && needs.creators().isEmpty()) {
            findings.add(Finding.ok(Subject.OWNERS, "the contract grants nothing that belongs to anybody"));
        }
        readCreators(catalogues.maintenance());
        Map<String, Set<ObjectRef>> unread = new TreeMap<>(needs.objects());
        for (Databases.Seen database : managed) {
            Set<ObjectRef> objects = needs.objects().getOrDefault(database.name(), Set.of());
            catalogues.of(database).ifPresent(here -> {
                read(database.name(), objects, here);
                unread.remove(database.name());
            });
        }
        unread.forEach((database, objects) -> {
            String sentence = "database " + Quoting.shown(database) + " could not be looked into";
            findings.add(Finding.unknown(Subject.OWNERS, sentence));
            if (isOfDatabase(objects)) {
                findings.add(Finding.unknown(Subject.PASS_ON, sentence));
            }
        });
    }

    private static boolean isOfDatabase(Set<ObjectRef> objects) {
        return objects.contains(new ObjectRef.Database());
    }

    private void read(String database, Set<ObjectRef> objects, Catalogue catalogue) {
        Set<ObjectRef> wanted = objects.stream().map(Holdings::tableOf).collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            return;
        }
        if (isOfDatabase(wanted)) {
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
        others.forEach((owner, labels) -> add(
                owner,
                labels.stream().sorted().limit(NAMED).collect(Collectors.joining(", "))
                        + (labels.size() > NAMED ? " and " + (labels.size() - NAMED) + " more" : "")
                        + " in " + Quoting.shown(database)));
    }

    private void readCreators(Catalogue catalogue) {
        if (!needs.creators().isEmpty()) {
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
                                Entitlements.of(context).actFor(owner.name()) + ";"));
    }

    private static ObjectRef kind(ObjectRef object) {
        return switch (object) {
            case ObjectRef.Table(String schema, var _) -> new ObjectRef.EveryTable(schema);
            case ObjectRef.Sequence(String schema, var _) -> new ObjectRef.EverySequence(schema);
            case ObjectRef.Function(String schema, var _) -> new ObjectRef.EveryFunction(schema);
            case ObjectRef.Database _, ObjectRef.Schema _, ObjectRef.Column _, ObjectRef.Type _, ObjectRef.Rest _ ->
                object;
            case ObjectRef.EveryTable _, ObjectRef.EverySequence _, ObjectRef.EveryFunction _ -> object;
        };
    }
}

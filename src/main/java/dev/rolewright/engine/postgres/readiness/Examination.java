package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.Needs;
import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.Catalogues;
import dev.rolewright.engine.postgres.catalogue.Databases;
import dev.rolewright.engine.postgres.catalogue.OwnIds;
import dev.rolewright.engine.postgres.catalogue.ServerFacts;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.Target;
import dev.rolewright.plan.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether a server is as our work needs it: everything that a pass would tell, and what a contract needs besides.
public final class Examination {

    /// What only the grantor can have.
    private static final Set<Subject> OF_GRANTOR =
            EnumSet.of(Subject.MANAGED, Subject.SESSIONS, Subject.PASS_ON, Subject.OWNERS, Subject.HEIR);

    private final Context context;
    private final Connections connections;
    private final Optional<Needs> needs;
    private final List<Finding> findings = new ArrayList<>();

    private Examination(Context context, Connections connections, Optional<Needs> needs) {
        this.context = context;
        this.connections = connections;
        this.needs = needs;
    }

    public static List<Check> of(Context context, Connections connections, Optional<Needs> needs) {
        return Catalogues.look(connections, context.version(), catalogues -> {
            Examination examination = new Examination(context, connections, needs);
            examination.look(catalogues);
            return sorted(examination.findings);
        });
    }

    /// What can be said of a server that does not answer, or not as one that we know.
    public static List<Check> of(EngineFailure failure, String user, String database) {
        Finding first = Refusals.of(failure, user, database);
        List<Finding> findings = new ArrayList<>(List.of(first));
        for (Subject subject : Subject.values()) {
            if (subject.compareTo(first.subject()) < 0) {
                findings.add(Finding.ok(subject, "as it should be"));
            } else if (subject != first.subject()) {
                findings.add(Finding.unknown(subject, "could not be asked"));
            }
        }
        return sorted(findings);
    }

    private void look(Catalogues catalogues) {
        Catalogue server = catalogues.maintenance();
        ServerFacts facts = ServerFacts.read(server, context);
        OwnIds own = OwnIds.read(server, context.own(), facts.connector());
        ok(Subject.REACHABLE, "our login " + context.reach().user() + " is let in");
        ok(Subject.VERSION, "PostgreSQL " + facts.version());
        findings.addAll(Rights.read(context, server, own));
        findings.addAll(Oddities.read(context, server, own));
        findings.addAll(Circumstances.read(connections, context, server));
        addUnasked(own);
        lookIntoDatabases(catalogues, own);
        // What is left was asked for what is wrong with it, and nothing came.
        Arrays.stream(Subject.values())
                .filter(subject -> findings.stream().noneMatch(finding -> finding.subject() == subject))
                .forEach(subject -> ok(subject, "as it should be"));
    }

    /// What the queries are not asked for, and why.
    private void addUnasked(OwnIds own) {
        if (!context.keepsGrantors()) {
            ok(Subject.REGISTRAR, "is not used before PostgreSQL 16");
            ok(Subject.KEEPERS, "are not used before PostgreSQL 16");
        } else if (own.registrar() == 0) {
            findings.add(Finding.unknown(Subject.KEEPERS, "there is no registrar"));
        }
        if (own.grantor() == 0) {
            OF_GRANTOR.forEach(subject -> findings.add(Finding.unknown(subject, "there is no grantor")));
        } else if (context.reach().target().heir().isEmpty()) {
            findings.add(
                    needs.isEmpty()
                            ? Finding.unknown(Subject.HEIR, "no contract names one yet")
                            : Finding.ok(Subject.HEIR, "the contract names none"));
        }
    }

    private void lookIntoDatabases(Catalogues catalogues, OwnIds own) {
        Databases databases = Databases.read(catalogues.maintenance());
        Target target = context.reach().target();
        List<Databases.Seen> managed = databases.managed(target);
        if (own.grantor() != 0) {
            findings.addAll(ForeignOwners.read(context, needs, own, catalogues, managed));
        }
        managed.stream()
                .filter(database -> catalogues.of(database).isEmpty())
                .map(database -> NotLookedInto.of(catalogues, database.name()))
                .forEach(findings::add);
        target.databases().stream()
                .filter(name -> !name.equals(Target.EVERY_DATABASE) && !databases.has(name))
                .sorted()
                .map(name -> new Finding(
                        Subject.CONNECT,
                        Check.Verdict.MISSING,
                        "there is no database " + Quoting.shown(name) + ", which the contract lists",
                        Optional.empty()))
                .forEach(findings::add);
        databases.unmanaged(target).stream()
                .filter(database -> database.alive() && !database.open())
                .map(database -> new Finding(
                        Subject.CONNECT,
                        Check.Verdict.UNKNOWN,
                        "our login may not look into database " + Quoting.shown(database.name())
                                + ", which the contract does not manage; whoever leaves and owns something there stays"
                                + " suspended",
                        database.refusal(connections.user()).flatMap(EngineFailure::remedy)))
                .forEach(findings::add);
    }

    private void ok(Subject subject, String sentence) {
        findings.add(Finding.ok(subject, sentence));
    }

    private static List<Check> sorted(List<Finding> findings) {
        return findings.stream()
                .sorted((one, other) -> one.subject().compareTo(other.subject()))
                .map(Finding::check)
                .sorted(Check.WORST_FIRST)
                .toList();
    }
}

package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.postgres.catalogue.Catalogues;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.plan.Check.Verdict;
import dev.rolewright.plan.Notice;
import java.util.Optional;

/// What is told of a managed database that cannot be read.
public final class NotLookedInto {

    private NotLookedInto() {}

    public static Notice notice(Catalogues catalogues, String database) {
        Finding finding = of(catalogues, database);
        return new Notice(
                catalogues
                        .whyNot(database)
                        .filter(failure -> failure.kind() == EngineFailure.Kind.RIGHT_MISSING)
                        .map(_ -> Notice.Kind.RIGHT_MISSING)
                        .orElse(Notice.Kind.NOT_LOOKED_INTO),
                finding.sentence(),
                finding.remedy());
    }

    static Finding of(Catalogues catalogues, String database) {
        Optional<EngineFailure> why = catalogues.whyNot(database);
        return new Finding(
                Subject.CONNECT,
                Verdict.MISSING,
                "database " + Quoting.shown(database) + " could not be looked into, so nothing there is given or taken,"
                        + " and no leaver is dropped who has something there. "
                        + why.map(EngineFailure::sentence).orElse(""),
                why.flatMap(EngineFailure::remedy));
    }
}

package dev.rolewright.contract;

import dev.rolewright.contract.Environment.Power;
import dev.rolewright.contract.Node.Key;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads where roles and logins are: targets and their environments.
final class TargetReader {

    static final List<String> ENGINES = List.of("postgresql", "mariadb", "cassandra");

    private final Defined defined;
    private final Findings findings;

    TargetReader(Defined defined, Findings findings) {
        this.defined = defined;
        this.findings = findings;
    }

    Optional<Environment> environment(Key key, Fields fields) {
        isName(key, "an environment");
        return Optional.of(new Environment(
                key.name(),
                fields.within("approvals", 0, 0, 10),
                fields.set("forbid", Words.oneOf(Power.class)),
                fields.value("maxLease", Words::someTime),
                key.place()));
    }

    Optional<Target> target(Key key, Fields fields) {
        if (!isName(key, "a target")) {
            return Optional.empty();
        }
        Optional<String> engine = fields.value("engine", Words.defined("engine", ENGINES, Function.identity()));
        Optional<String> environment = fields.value("environment", defined.environment());
        Set<String> databases = fields.set("databases", TargetReader::database);
        Optional<RoleName> heir = fields.value("heir", Words::roleName);
        Target.Drift drift =
                fields.value("drift", Words.oneOf(Target.Drift.class)).orElse(Target.Drift.REPORT);
        if (engine.isEmpty() || environment.filter(TargetName::isName).isEmpty() || databases.isEmpty()) {
            return Optional.empty();
        }
        if (databases.contains(Target.EVERY_DATABASE) && databases.size() > 1) {
            findings.error(
                    fields.place("databases"),
                    "A target manages the databases it lists or all of them, not both.",
                    "Keep \"*\" alone or the names.");
            return Optional.empty();
        }
        return Optional.of(
                new Target(new TargetName(key.name()), engine.get(), environment.get(), databases, heir, drift));
    }

    private static String database(String text) {
        return text.equals(Target.EVERY_DATABASE) ? text : Words.name(text);
    }

    private boolean isName(Key key, String what) {
        if (!TargetName.isName(key.name())) {
            findings.error(
                    key.place(),
                    "\"" + key.name() + "\" cannot be the name of " + what + ".",
                    "Use lower-case letters, digits, underscores and hyphens, beginning with a letter.");
            return false;
        }
        return true;
    }
}

package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.plan.Check;
import dev.rolewright.plan.Check.Verdict;
import dev.rolewright.plan.Notice;
import java.util.Optional;

/// Something that is not as our work needs it. A pass makes a notice of it, and who asks for a check a verdict.
public record Finding(Subject subject, Verdict verdict, String sentence, Optional<String> remedy) {

    static Finding missing(Subject subject, String sentence, String remedy) {
        return new Finding(subject, Verdict.MISSING, sentence, Optional.of(remedy));
    }

    static Finding dangerous(Subject subject, String sentence, Optional<String> remedy) {
        return new Finding(subject, Verdict.DANGEROUS, sentence, remedy);
    }

    static Finding unknown(Subject subject, String sentence) {
        return new Finding(subject, Verdict.UNKNOWN, sentence, Optional.empty());
    }

    static Finding ok(Subject subject, String sentence) {
        return new Finding(subject, Verdict.OK, sentence, Optional.empty());
    }

    public Notice notice() {
        return new Notice(kind(), sentence, remedy);
    }

    Check check() {
        return new Check(
                subject.shown(),
                subject.purpose(),
                subject.isNeeded(),
                verdict,
                sentence,
                remedy.map(statement -> new Check.Remedy(statement, subject.by())));
    }

    private Notice.Kind kind() {
        return switch (verdict) {
            case DANGEROUS -> danger();
            case MISSING -> Notice.Kind.RIGHT_MISSING;
            case OK, UNKNOWN -> Notice.Kind.OTHER;
        };
    }

    private Notice.Kind danger() {
        if (subject == Subject.STRANGERS) {
            return Notice.Kind.STRANGER_IN_ROLE;
        }
        return subject == Subject.POWERS ? Notice.Kind.RIGHT_NOT_NEEDED : Notice.Kind.OTHER;
    }
}

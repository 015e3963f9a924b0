package dev.rolewright.engine.postgres.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.plan.Check.Verdict;
import dev.rolewright.plan.Notice;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What a pass tells of a finding.
class FindingTest {

    /// Whoever has a right too many is asked to give it back, and that is said of nothing else.
    @Test
    void onlyAPowerIsARightThatIsNotNeeded() {
        Map<Subject, Notice.Kind> dangers =
                Arrays.stream(Subject.values()).collect(Collectors.toMap(Function.identity(), FindingTest::danger));

        assertThat(dangers).containsEntry(Subject.POWERS, Notice.Kind.RIGHT_NOT_NEEDED);
        assertThat(dangers).containsEntry(Subject.STRANGERS, Notice.Kind.STRANGER_IN_ROLE);
        dangers.keySet().removeAll(Set.of(Subject.POWERS, Subject.STRANGERS));
        assertThat(dangers.values()).containsOnly(Notice.Kind.OTHER);
    }

    @Test
    void whatIsMissingIsARight() {
        assertThat(Finding.missing(Subject.HEIR, "", "").notice().kind()).isEqualTo(Notice.Kind.RIGHT_MISSING);
        assertThat(Finding.unknown(Subject.HEIR, "").notice().kind()).isEqualTo(Notice.Kind.OTHER);
    }

    private static Notice.Kind danger(Subject subject) {
        return new Finding(subject, Verdict.DANGEROUS, "", Optional.empty())
                .notice()
                .kind();
    }
}

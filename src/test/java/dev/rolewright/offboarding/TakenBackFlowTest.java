package dev.rolewright.offboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Fact.Kind;
import dev.rolewright.ops.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whom HR takes back while nobody is there, and the identity provider makes anew by another name.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@Timeout(600)
class TakenBackFlowTest extends HrRig {

    @Inject
    Subjects subjects;

    private Identity address;

    @BeforeEach
    void somebodyLeavesAndIsDeleted() {
        address = Identity.of(Key.EMAIL, ada);
        PersonId first = makes(ada, number(number) + email(ada));
        kept(leaver(address, "gone"));
        deletes(first);
    }

    private Statement rehire(String event) {
        return says(address, event, Kind.REHIRE, new When.At(Instant.now()));
    }

    @Test
    void whoWasTakenBackByTheOldAddressIsThereByTheNewOne() {
        kept(rehire("back"));

        PersonId second = makes(ada, email("new-" + ada));

        assertThat(fencedBy(second)).isEmpty();
        assertThat(events.find(sender, "back").orElseThrow().person()).contains(second);
        assertThat(rows("hr.applied", second.toString())).isEqualTo(2);
        kept(says(address, "again", Kind.LEAVER, new When.At(Instant.now())));
        assertThat(fencedBy(second)).containsExactly("again");
    }

    @Test
    void whoeverHasTheAddressIsMeantFirst() {
        kept(rehire("back"));
        PersonId heir = makes("heir-" + ada, number("heir-" + number) + email(ada));

        PersonId second = makes(ada, email("new-" + ada));

        assertThat(events.find(sender, "back").orElseThrow().person()).contains(heir);
        assertThat(fencedBy(second)).containsExactly("gone");
    }

    @Test
    void whoGoesByTheAddressNextIsWaitedForWhateverFollows() {
        kept(leaver(address, "next"));
        kept(rehire("next-back"));

        assertThat(fencedBy(makes(ada, email("new-" + ada)))).containsExactly("gone");
        assertThat(events.find(sender, "next").orElseThrow().person()).isEmpty();
    }

    @Test
    void onlyWhoWentLastIsTakenBack() {
        PersonId other = makes("other-" + ada, number("other-" + number) + email(ada));
        kept(leaver(address, "other-gone"));
        deletes(other);
        kept(rehire("other-back"));

        PersonId second = makes(ada, email("new-" + ada));
        assertThat(fencedBy(second)).containsExactly("gone");

        assertThat(fencedBy(makes("other-" + ada, email("other-new-" + ada)))).isEmpty();
        assertThat(fencedBy(second)).containsExactly("gone");
    }

    @Test
    void whatWasSaidAtThatMomentIsFoundByTheSweep() {
        kept(rehire("back"));
        sql.run("UPDATE hr_subject SET sender = 'hides' || sender WHERE sender = ? AND NOT past", sender);
        PersonId second = makes(ada, email("new-" + ada));
        assertThat(fencedBy(second)).containsExactly("gone");
        sql.run("UPDATE hr_subject SET sender = ? WHERE sender = 'hides' || ?", sender, sender);

        subjects.sweep();

        assertThat(fencedBy(second)).isEmpty();
    }
}

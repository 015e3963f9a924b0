package dev.rolewright.offboarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.directory.Identity;
import dev.rolewright.directory.Identity.Key;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// These names are kept with what was said: with others the whole of a feed that comes every night would be new.
class DerivedNameTest {

    private static final Identity ADA = new Identity(Key.EMPLOYEE_NUMBER, "4711");

    @Test
    void sameStatementHasTheSameNameInEveryVersion() {
        LocalDate day = LocalDate.of(2026, 12, 31);

        assertThat(DerivedName.of(ADA, Fact.Kind.LEAVER, new When.LastDay(day, Optional.empty())))
                .isEqualTo("derived:f18c83306aee0823a3131f6790c46179");
        assertThat(DerivedName.of(ADA, Fact.Kind.LEAVER, new When.LastDay(day, Optional.of(ZoneId.of("Asia/Tokyo")))))
                .isEqualTo("derived:5443a6e1f8c7b2e7779c1ede2f260794");
        assertThat(DerivedName.of(ADA, Fact.Kind.REHIRE, new When.FirstDay(day, Optional.empty())))
                .isEqualTo("derived:177a960b38c33202efa8eeccb3d783d9");
        assertThat(DerivedName.of(ADA, Fact.Kind.LEAVER, new When.At(Instant.parse("2026-12-31T17:00:00Z"))))
                .isEqualTo("derived:aa11ddd2b1bd6f91884294c5a8c68518");
    }
}

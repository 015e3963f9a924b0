package dev.rolewright.engine.postgres.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.postgres.words.Marks.LoginMark;
import dev.rolewright.model.PersonId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarksTest {

    private static final PersonId ADA = new PersonId(new UUID(7, 1));
    private static final Instant SINCE = Instant.parse("2026-11-21T10:00:00.123456Z");

    private final Marks marks = new Marks("rolewright");

    @Test
    void readsWhatItWrites() {
        String active = marks.login(ADA, Optional.empty());
        String suspended = marks.login(ADA, Optional.of(SINCE));

        assertThat(active).isEqualTo("rolewright:rolewright:person=" + ADA);
        assertThat(marks.readLogin(active)).contains(new LoginMark(ADA, Optional.empty()));
        assertThat(marks.readLogin(suspended))
                .contains(new LoginMark(ADA, Optional.of(Instant.parse("2026-11-21T10:00:00.123456Z"))));
        assertThat(marks.isRole(marks.role())).isTrue();
    }

    @Test
    void readsTheNumberOfAPassAndNothingLikeIt() {
        assertThat(marks.readPass(marks.own(4711))).contains(4711L);
        assertThat(marks.readPass(marks.own())).isEmpty();
        assertThat(marks.readPass(null)).isEmpty();
        assertThat(marks.readPass(marks.own() + ";pass=0")).isEmpty();
        assertThat(marks.readPass(marks.own() + ";pass=1234567890123456789")).isEmpty();
        assertThat(marks.readPass(new Marks("staging").own(4711))).isEmpty();
    }

    @Test
    void keepsTwoInstallationsApart() {
        Marks other = new Marks("staging");

        assertThat(marks.readLogin(other.login(ADA, Optional.empty()))).isEmpty();
        assertThat(marks.isRole(other.role())).isFalse();
        assertThat(marks.claims(other.role())).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "rolewright:rolewright:person=ada",
                "rolewright:rolewright:person=00000000-0000-0007-0000-000000000001 ",
                "rolewright:rolewright:person=00000000-0000-0007-0000-000000000001;suspended=",
                "rolewright:rolewright:person=00000000-0000-0007-0000-000000000001;suspended=2026-99-21T10:00:00Z",
                "rolewright:rolewright:person=00000000-0000-0007-0000-000000000001;admin",
                "see rolewright:rolewright:person=00000000-0000-0007-0000-000000000001",
            })
    void doesNotReadWhatItWouldNotWrite(String comment) {
        assertThat(marks.readLogin(comment)).isEmpty();
    }

    @Test
    void keepsTheWordsOfAConditionWhileTheServersFormIsTheSame() {
        String comment = Marks.policy(marks.policy(), "region = 'EU'\n and ;x", "(region = 'EU'::text)");

        assertThat(marks.readPolicy(comment, "(region = 'EU'::text)")).contains("region = 'EU'\n and ;x");
        assertThat(marks.readPolicy(comment, "true")).isEmpty();
        assertThat(marks.readPolicy("by hand", "true")).isEmpty();
    }
}

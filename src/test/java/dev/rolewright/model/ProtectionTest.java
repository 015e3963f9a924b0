package dev.rolewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtectionTest {

    @ParameterizedTest
    @CsvSource({
        "postgres,  postgres,  true",
        "postgres,  Postgres,  true",
        "postgres,  postgres1, false",
        "app_*,     app_,      true",
        "app_*,     APP_web,   true",
        "app_*,     my_app_x,  false",
        "*_app_*,   my_app_x,  true",
        "a*b*c,     aXbYbZc,   true",
        "a*b*c,     aXbYbZ,    false",
        "a?c,       abc,       true",
        "a?c,       ac,        false",
        "*,         anything,  true",
        "a.c,       abc,       false"
    })
    void coversWhatThePatternSays(String pattern, String name, boolean covered) {
        Protection protection = new Protection(List.of("other", pattern));

        assertThat(protection.covers(new LoginName(name))).isEqualTo(covered);
        assertThat(protection.covers(new RoleName(name))).isEqualTo(covered);
    }

    @Test
    void coversNothingWithoutPatterns() {
        assertThat(Protection.NONE.covers(new LoginName("postgres"))).isFalse();
    }

    @Test
    void isNotSlowedDownByAPattern() {
        Protection protection = new Protection(List.of("*a".repeat(100) + "b"));

        assertThat(protection.covers(new LoginName("a".repeat(250)))).isFalse();
    }
}

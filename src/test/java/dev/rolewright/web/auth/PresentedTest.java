package dev.rolewright.web.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.credential.Secret;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresentedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer abc",
                "bearer abc",
                "BEARER   abc",
                " Bearer abc ",
                "abc",
                "Basic eDphYmM=",
                "basic OmFiYw=="
            })
    void findsTheTokenInEveryFormClientsSend(String header) {
        assertThat(Presented.secret(header)).contains(Secret.of("abc"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "Bearer a b",
                "Token abc",
                "Basic ???",
                "Basic eHg=",
                "Basic eDo=",
                "Basic eDp=Y",
                "abc\u00e9",
                "a\u0000b"
            })
    void findsNothingInAnythingElse(@Nullable String header) {
        assertThat(Presented.secret(header)).isEmpty();
    }

    @Test
    void aPasswordMayHoldColonsAndSpaces() {
        String pair = Base64.getEncoder().encodeToString("okta:a:b c".getBytes(UTF_8));

        assertThat(Presented.secret("Basic " + pair)).contains(Secret.of("a:b c"));
    }
}

package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.credential.Password;
import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.credential.Secret;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Our verifiers beside those that servers make.
class VerifierTest {

    private static final Pattern PARTS = Pattern.compile("SCRAM-SHA-256\\$(\\d+):([^$]+)\\$.*");

    @ParameterizedTest
    @EnumSource
    void isWhatTheServerMakesOfTheSamePassword(TestServers server) throws SQLException {
        try (Scene scene = Scene.bare(server)) {
            scene.run("postgres", "CREATE ROLE ada LOGIN");
            scene.run("postgres", "SET password_encryption = 'scram-sha-256'");
            for (String password : List.of("x", "only for tests", "I\u00ADX", "P\u00e4\u00dfword \u2168")) {
                scene.run("postgres", "ALTER ROLE ada PASSWORD '" + password + "'");
                String theirs = scene.ask("postgres", "SELECT rolpassword FROM pg_authid WHERE rolname = 'ada'")
                        .getFirst();
                MatchResult parts = PARTS.matcher(theirs).results().findFirst().orElseThrow();

                assertThat(ScramVerifier.of(
                                        Secret.of(password),
                                        Base64.getDecoder().decode(parts.group(2)),
                                        Integer.parseInt(parts.group(1)))
                                .reveal())
                        .isEqualTo(theirs);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void letsInWhoKnowsThePasswordAndNobodyElse(TestServers server) throws SQLException {
        try (Scene scene = Scene.bare(server)) {
            SecureRandom random = new SecureRandom();
            for (int iterations : List.of(4096, 10_000)) {
                Secret password = Password.mint(random);
                ScramVerifier verifier =
                        ScramVerifier.of(password, random.generateSeed(ScramVerifier.SALT_BYTES), iterations);
                scene.run("postgres", "DROP ROLE IF EXISTS ada");
                scene.run("postgres", "CREATE ROLE ada LOGIN PASSWORD '" + verifier.reveal() + "'");

                DriverManager.getConnection(server.jdbcUrl("orders"), "ada", password.reveal())
                        .close();

                assertThatThrownBy(() -> DriverManager.getConnection(
                                server.jdbcUrl("orders"),
                                "ada",
                                Password.mint(random).reveal()))
                        .hasMessageContaining("password");
            }
        }
    }
}

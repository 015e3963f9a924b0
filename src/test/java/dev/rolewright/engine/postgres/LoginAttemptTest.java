package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Attempt;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Account;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The proof that a suspended login is refused at the door, by trying.
class LoginAttemptTest {

    private static final PersonId ADA = new PersonId(new UUID(0, 1));
    private static final PostgresEngine ENGINE = new PostgresEngine();

    @ParameterizedTest
    @EnumSource
    void aSuspendedLoginIsRefusedByTheServer(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            scene.run("postgres", "ALTER ROLE ada NOLOGIN PASSWORD 'of her own' VALID UNTIL '2020-01-01'");

            for (Purpose purpose : Purpose.values()) {
                assertThat(attempt(scene, purpose, Optional.of(id(scene, "ada"))))
                        .isEqualTo(new Attempt.Refused("the server does not let this login in"));
            }

            assertThat(scene.ask("postgres", "SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'ada'"))
                    .containsExactly("t");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLoginThatMayBeUsedIsLeftAlone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            scene.as("ada", "orders");

            assertThat(attempt(scene, Purpose.LOOK, Optional.empty()))
                    .isEqualTo(new Attempt.NotTried("the login is not suspended"));

            assertThat(scene.logIn("ada", "orders").isValid(60)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStrangerOfTheNameIsLeftAlone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            String id = id(scene, "ada");
            scene.run("postgres", "DROP ROLE ada");
            assertThat(attempt(scene, Purpose.LOOK, Optional.of(id)))
                    .isEqualTo(new Attempt.Refused("there is no such login any more"));
            scene.run("postgres", "CREATE ROLE ada NOLOGIN PASSWORD 'a stranger''s'");

            assertThat(attempt(scene, Purpose.LOOK, Optional.of(id)))
                    .isEqualTo(new Attempt.NotTried("the name belongs to somebody else by now"));

            assertThat(scene.ask("postgres", "SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'ada'"))
                    .containsExactly("f");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void withoutTheRightNothingIsTried(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            scene.run("postgres", "ALTER ROLE ada NOLOGIN", "ALTER ROLE rolewright_keeper_00001 NOCREATEROLE");

            assertThat(attempt(scene, Purpose.LOOK, Optional.empty()))
                    .isEqualTo(new Attempt.NotTried("no password could be set: Our login lacks a right for it."));
        }
    }

    private static Attempt attempt(Scene scene, Purpose purpose, Optional<String> id) {
        try (EngineSession session = ENGINE.open(scene.reach(), purpose)) {
            return session.attempt(new Account(new LoginName("ada"), ADA, id));
        }
    }

    private static String id(Scene scene, String login) throws SQLException {
        return scene.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = '" + login + "'")
                .getFirst();
    }
}

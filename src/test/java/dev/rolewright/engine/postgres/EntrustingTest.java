package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.credential.Password;
import dev.rolewright.credential.ScramVerifier;
import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.Extra;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A login of ours and the password that it is given.
class EntrustingTest {

    private static final PersonId ADA = new PersonId(new UUID(0, 1));
    private static final PersonId BOB = new PersonId(new UUID(0, 2));
    private static final PostgresEngine ENGINE = new PostgresEngine();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant TOMORROW =
            Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

    @ParameterizedTest
    @EnumSource
    void aNewPasswordTakesThePlaceOfTheOldOneAndLeavesSessionsOpen(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            Secret first = entrust(scene, account(scene), TOMORROW);
            try (Connection open = logIn(scene, first)) {
                Secret second = entrust(scene, account(scene), TOMORROW);

                logIn(scene, second).close();
                assertThatThrownBy(() -> logIn(scene, first)).hasMessageContaining("password");
                assertThat(open.isValid(60)).isTrue();
                assertThat(scene.ask(
                                "postgres",
                                "SELECT rolvaliduntil = '" + TOMORROW + "' FROM pg_roles WHERE rolname = 'ada'"))
                        .containsExactly("t");

                assertThat(endSessions(scene)).containsExactly(Outcome.DONE);
                assertThat(open.isValid(60)).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordThatHasEndedLetsNobodyIn(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);

            Secret password = entrust(scene, account(scene), Instant.now().minusSeconds(1));

            assertThatThrownBy(() -> logIn(scene, password)).hasMessageContaining("password");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPassThatIsUnderWayIsLeftAlone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            try (EngineSession pass = ENGINE.open(scene.reach(), Purpose.CHANGE)) {
                Secret password = entrust(scene, account(scene), TOMORROW);

                logIn(scene, password).close();
                assertThat(pass.perform(List.of(new Step.SuspendLogin(account(scene), Optional.empty()))))
                        .containsExactly(Outcome.DONE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsSuspendedGetsNoneAndWhoeverIsBackHasNoneAnyMore(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            Secret password = entrust(scene, account(scene), TOMORROW);
            change(scene, new Step.SuspendLogin(account(scene), Optional.empty()));

            assertThatThrownBy(() -> entrust(scene, account(scene), TOMORROW))
                    .isInstanceOf(EngineFailure.class)
                    .hasMessage("Login ada is suspended, and nobody who is gets a password.");
            change(scene, new Step.ResumeLogin(account(scene), Optional.empty()));

            assertThatThrownBy(() -> logIn(scene, password)).hasMessageContaining("password");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whereNoPasswordsAreGivenAnyMoreTheyGoWithTheirEnds(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            Secret password = entrust(scene, account(scene), TOMORROW);

            change(scene, new Step.StripLogin(account(scene), new Extra.Attribute(Extra.Attribute.Kind.VALID_UNTIL)));

            assertThatThrownBy(() -> logIn(scene, password)).hasMessageContaining("password");
            assertThat(scene.ask("postgres", "SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'ada'"))
                    .containsExactly("t");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsTakenLetsNobodyInWhateverAnybodyDidToItsEnd(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            Secret password = entrust(scene, account(scene), TOMORROW);
            scene.run("postgres", "ALTER ROLE ada VALID UNTIL 'infinity'");
            try (Connection open = logIn(scene, password)) {
                assertThat(withdraw(scene, account(scene), () -> true)).contains(1);

                assertThatThrownBy(() -> logIn(scene, password)).hasMessageContaining("password");
                assertThat(open.isValid(60)).isTrue();
                open.createStatement().execute("ALTER ROLE ada PASSWORD 'mine'");
                assertThatThrownBy(() -> logIn(scene, Secret.of("mine"))).hasMessageContaining("password");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whatIsNotToBeTakenAfterAllIsLeft(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            Secret first = entrust(scene, account(scene), TOMORROW);

            assertThat(withdraw(scene, account(scene), () -> false)).isEmpty();
            logIn(scene, first).close();

            // Asked with the login's row in hand, so whoever gives another one comes behind and not in between.
            Account ada = account(scene);
            List<Secret> later = new ArrayList<>();
            List<Thread> givers = new ArrayList<>();
            assertThat(withdraw(scene, ada, () -> {
                        givers.add(Thread.startVirtualThread(() -> later.add(entrust(scene, ada, TOMORROW))));
                        awaitSomebodyWaiting(scene);
                        return true;
                    }))
                    .contains(0);
            for (Thread giver : givers) {
                assertThatCode(giver::join).doesNotThrowAnyException();
            }
            logIn(scene, later.getFirst()).close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whoeverIsSuspendedLosesThePasswordTooAndNothingIsSaidOfWhoeverIsGone(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            Account ada = account(scene);
            entrust(scene, ada, TOMORROW);
            change(scene, new Step.SuspendLogin(ada, Optional.empty()));

            assertThat(withdraw(scene, ada, () -> true)).contains(0);
            assertThat(scene.ask("postgres", "SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = 'ada'"))
                    .containsExactly("t");

            scene.run("postgres", "DROP ROLE ada");
            assertThatThrownBy(() -> withdraw(scene, ada, () -> true))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(EngineFailure.Kind.CHANGED_MEANWHILE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nobodyElsesLoginIsTouched(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            scene.run("postgres", "CREATE ROLE eve LOGIN");
            Account ada = account(scene);
            String before = passwords(scene);

            for (Account wrong : List.of(
                    new Account(new LoginName("eve"), ADA, Optional.empty()),
                    new Account(new LoginName("eve"), ADA, ada.id()),
                    new Account(ada.login(), BOB, ada.id()),
                    new Account(ada.login(), ADA, Optional.of("1")),
                    new Account(new LoginName("nobody"), ADA, ada.id()))) {
                assertThatThrownBy(() -> entrust(scene, wrong, TOMORROW))
                        .isInstanceOfSatisfying(
                                EngineFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(EngineFailure.Kind.CHANGED_MEANWHILE));
            }
            for (Account wrong : List.of(
                    new Account(new LoginName("eve"), ADA, ada.id()),
                    new Account(ada.login(), BOB, ada.id()),
                    new Account(ada.login(), ADA, Optional.of("1")))) {
                assertThatThrownBy(() -> withdraw(scene, wrong, () -> true))
                        .isInstanceOfSatisfying(
                                EngineFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(EngineFailure.Kind.CHANGED_MEANWHILE));
            }

            assertThat(passwords(scene)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTakesTheRowAtTheSameTimeIsWaitedForOrTold(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server);
                Connection other = server.administrator("postgres")) {
            scene.login("ada", ADA);
            other.setAutoCommit(false);
            other.createStatement().execute("ALTER ROLE ada CONNECTION LIMIT 9");

            assertThatThrownBy(() -> entrust(scene, account(scene), TOMORROW))
                    .isInstanceOfSatisfying(
                            EngineFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(EngineFailure.Kind.BUSY));
            Thread late = Thread.startVirtualThread(() -> commitWhenWaitedFor(scene, other));
            Secret password = entrust(scene, account(scene), TOMORROW);
            assertThatCode(late::join).doesNotThrowAnyException();

            logIn(scene, password).close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V16", "V18"})
    void withoutTheRightTheOldPasswordStays(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            Secret password = entrust(scene, account(scene), TOMORROW);
            scene.run("postgres", "ALTER ROLE rolewright_keeper_00001 NOCREATEROLE");

            assertThatThrownBy(() -> entrust(scene, account(scene), TOMORROW))
                    .isInstanceOfSatisfying(EngineFailure.class, failure -> {
                        assertThat(failure.kind()).isEqualTo(EngineFailure.Kind.RIGHT_MISSING);
                        assertThat(failure.advice()).contains("GRANT \"ada\" TO \"rolewright_grantor\"");
                    });

            logIn(scene, password).close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noServerWritesDownAPasswordHoweverMuchItWrites(TestServers server) throws SQLException, IOException {
        try (Scene scene = Scene.on(server)) {
            scene.login("ada", ADA);
            for (String setting : List.of(
                    "log_statement = 'all'",
                    "log_min_duration_statement = 0",
                    "log_duration = on",
                    "log_min_error_statement = 'debug5'",
                    "log_min_messages = 'debug2'",
                    "log_parameter_max_length = -1",
                    "log_parameter_max_length_on_error = -1",
                    "debug_print_parse = on",
                    "debug_print_plan = on",
                    "log_error_verbosity = 'verbose'")) {
                scene.run("postgres", "ALTER ROLE connector SET " + setting, "ALTER ROLE ada SET " + setting);
            }
            Path log = Path.of(scene.ask("postgres", "SHOW data_directory").getFirst())
                    .resolveSibling("postgres.log");
            long before = Files.size(log);

            PostgresEngine fresh = new PostgresEngine(); // what it opens has these settings
            Secret password = Password.mint(RANDOM);
            ScramVerifier verifier = verifier(password);
            try (EngineSession session = fresh.open(scene.reach(), Purpose.ENTRUST)) {
                session.entrust(account(scene), verifier, TOMORROW, _ -> {});
                logIn(scene, password).close();
                scene.run("postgres", "ALTER ROLE ada CREATEDB SUPERUSER"); // which nobody of us may change
                assertThatThrownBy(() -> session.entrust(account(scene), verifier, TOMORROW, _ -> {}))
                        .isInstanceOf(EngineFailure.class)
                        .satisfies(failure -> assertThat(failure.toString()).doesNotContain("SCRAM"));
                assertThat(scene.ask("postgres", "SELECT string_agg(query, ' ') FROM pg_stat_activity")
                                .getFirst())
                        .doesNotContain(password.reveal());
            }
            fresh.closeAll();

            String written = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).substring((int) before);
            assertThat(written).as("it wrote all there was").contains("ALTER ROLE \"ada\" PASSWORD 'SCRAM-SHA-256$");
            assertThat(written).doesNotContain(password.reveal());
        }
    }

    private static Secret entrust(Scene scene, Account account, Instant until) {
        Secret password = Password.mint(RANDOM);
        try (EngineSession session = ENGINE.open(scene.reach(), Purpose.ENTRUST)) {
            session.entrust(account, verifier(password), until, _ -> {});
        }
        return password;
    }

    private static ScramVerifier verifier(Secret password) {
        byte[] salt = new byte[ScramVerifier.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return ScramVerifier.of(password, salt, ScramVerifier.FEWEST_ITERATIONS);
    }

    private static List<Outcome> endSessions(Scene scene) throws SQLException {
        try (EngineSession session = ENGINE.open(scene.reach(), Purpose.ENTRUST)) {
            return session.perform(List.of(new Step.EndSessions(account(scene))));
        }
    }

    private static void change(Scene scene, Step step) {
        try (EngineSession session = ENGINE.open(scene.reach(), Purpose.CHANGE)) {
            assertThat(session.perform(List.of(step))).containsExactly(Outcome.DONE);
        }
    }

    private static Optional<Integer> withdraw(Scene scene, Account account, BooleanSupplier still) {
        try (EngineSession session = ENGINE.open(scene.reach(), Purpose.ENTRUST)) {
            return session.withdraw(account, Instant.now(), _ -> still.getAsBoolean());
        }
    }

    private static void commitWhenWaitedFor(Scene scene, Connection other) {
        awaitSomebodyWaiting(scene);
        try {
            other.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitSomebodyWaiting(Scene scene) {
        try (Connection look = scene.server().administrator("postgres")) {
            while (!Scene.ask(look, "SELECT count(*) FROM pg_locks WHERE NOT granted")
                    .getFirst()
                    .equals("1")) {
                Thread.onSpinWait();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Connection logIn(Scene scene, Secret password) throws SQLException {
        return DriverManager.getConnection(scene.server().jdbcUrl("orders"), "ada", password.reveal());
    }

    private static Account account(Scene scene) throws SQLException {
        String id = scene.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = 'ada'")
                .getFirst();
        return new Account(new LoginName("ada"), ADA, Optional.of(id));
    }

    private static String passwords(Scene scene) throws SQLException {
        return scene.ask(
                        "postgres",
                        "SELECT string_agg(rolname || coalesce(rolpassword, ''), ' ' ORDER BY rolname) FROM pg_authid")
                .getFirst();
    }
}

package dev.rolewright.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.amendment.Contracts;
import dev.rolewright.contract.Reading;
import dev.rolewright.model.TargetName;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.reconcile.Premises;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever has to take another password is told of in time.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class PasswordWatchFlowTest {

    @Inject
    Premises premises;

    @Inject
    Contracts contracts;

    @Inject
    PasswordWatch watch;

    @Inject
    GivenPasswords passwords;

    @Inject
    MeterRegistry meters;

    private final String target = "watched-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void forget() {
        premises.run("TRUNCATE contract_reader, contract_activation, contract_file, contract_version");
        premises.run("DELETE FROM password");
        premises.run("UPDATE password_round SET due = now()");
        premises.run("INSERT INTO target_state (target) VALUES ('" + target + "')");
    }

    @AfterEach
    void leave() {
        premises.run("DELETE FROM password");
        premises.run("DELETE FROM login WHERE target = '" + target + "'");
        premises.close();
    }

    private void follow(String lifecycle) {
        Reading reading = contracts.offer(Desk.offer(target, lifecycle));
        assertThat(reading.contract()).as("%s", reading.findings()).isPresent();
    }

    private void given(String state, String since, String ends) {
        UUID person = UUID.randomUUID();
        premises.run("""
                INSERT INTO login (target, person, name, look, server_id, state, since, settled)
                VALUES ('%1$s', '%2$s', '%2$s', '%2$s', '1', '%3$s', now() - interval '%4$s', true)
                """.formatted(target, person, state, since));
        premises.run("""
                INSERT INTO password (target, person, asked, ends, due, given)
                VALUES ('%s', '%s', now() - interval '1 day', now() + interval '%3$s', now() + interval '%3$s', true)
                """.formatted(target, person, ends));
    }

    @Test
    void tellsOnceADayHowManyEndSoon() {
        follow("credentials: password");
        given("active", "2 days", "13 days");
        given("active", "2 days", "15 days");
        given("suspended", "1 hour", "1 day");
        given("suspended", "2 days", "1 day");
        given("active", "1 hour", "1 day"); // and back since, without one

        assertThat(watch.tell()).isEqualTo(1);
        assertThat(watch.tell()).as("the same day").isZero();
        premises.run("UPDATE password_round SET due = now()");
        assertThat(watch.tell()).isEqualTo(1);
        assertThat(meters.get("passwords_ending").tag("target", target).gauge().value())
                .isEqualTo(1);
    }

    @Test
    void tellsOfNobodyInTheFirstTwoThirds() {
        follow("credentials: ephemeral, rotateEvery: PT9H");
        given("active", "2 days", "4 hours");

        assertThat(passwords.warning()).contains(Duration.ofHours(3));
        assertThat(watch.tell()).isZero();
        given("active", "2 days", "2 hours");
        assertThat(watch.tell()).isEqualTo(1);
    }

    @Test
    void tellsNothingWhereNobodyIsGivenAny() {
        follow("credentials: external");
        given("active", "2 days", "1 hour");

        assertThat(watch.tell()).isZero();
        assertThat(passwords.ending(new TargetName(target))).isZero();
    }
}

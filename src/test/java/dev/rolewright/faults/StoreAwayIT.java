package dev.rolewright.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolewright.faults.Pushes.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// A store that goes away, in the two ways in which that happens, and comes back.
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreAwayIT {

    private static final String WAITING = "What is done on a schedule waits for the store: ";
    private static final String GOES_ON = "What is done on a schedule goes on";

    private int outages;
    private Fleet fleet;
    private Replica replica;
    private Pushes idp;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        fleet = new Fleet(folder, Duration.ofSeconds(3), Map.of());
        replica = fleet.start();
        replica.app().untilUp();
        idp = new Pushes(() -> List.of(replica.app().port()), 1);
        idp.found();
        idp.hire();
    }

    @AfterAll
    void stop() throws Exception {
        idp.close();
        fleet.close();
    }

    @Test
    void nobodyListens() throws Exception {
        String name = employed();
        outages++;
        replica.store().cut();

        Answer answer = push("cut");

        assertIsAskedToComeAgain(answer);
        await("who works on a schedule to come across it")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !replica.logged(WAITING).isEmpty());
        replica.store().mend();
        assertComesBack(name);
        assertIsToldOnceAndCalmly();
    }

    @Test
    void whatIsSentIsSwallowed() throws Exception {
        String name = employed();
        outages++;
        replica.store().swallow();

        Answer answer = push("swallowed");
        Answer second = push("swallowed");

        assertIsAskedToComeAgain(answer);
        assertIsAskedToComeAgain(second);
        replica.store().mend();
        assertComesBack(name);
        assertIsToldOnceAndCalmly();
    }

    /// Whoever watches gives up after some seconds, and would see nothing of all that can be told without the
    /// store.
    @Test
    void whoeverWatchesIsToldAtOnceWhileWhatIsSentIsSwallowed() throws Exception {
        String name = employed();
        assertThat(watched("/q/metrics", 200).body()).contains("\nstore_ready 1.0\n", "\nholds_open 0.0\n");
        outages++;
        replica.store().swallow();

        for (int scrape = 0; scrape < 3; scrape++) {
            assertThat(watched("/q/metrics", 200).body())
                    .contains("\nstore_ready 0.0\n", "\nholds_open NaN\n", "\ntoken_ends_seconds NaN\n")
                    .contains("\ncontract_version 1.0\n", "\nrevocations_not_proven_total{target=\"orders\"} ");
            watched("/q/health/ready", 503);
        }

        replica.store().mend();
        assertComesBack(name);
        await().atMost(Duration.ofSeconds(45))
                .untilAsserted(() -> assertThat(watched("/q/metrics", 200).body())
                        .contains("\nstore_ready 1.0\n", "\nholds_open 0.0\n"));
        watched("/q/health/ready", 200);
    }

    private Answer watched(String path, int status) throws InterruptedException {
        long began = System.nanoTime();
        Answer answer = idp.send(replica.app().port(), "GET", path, "");
        long time = (System.nanoTime() - began) / 1_000_000;
        System.out.printf("%s: %d after %d ms%n", path, answer.status(), time);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(time).isLessThan(5_000);
        return answer;
    }

    private String employed() throws Exception {
        String name = idp.hire();
        awaitLogin(name, "t");
        return name;
    }

    private void awaitLogin(String name, String canLogIn) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(fleet.scene.ask(
                                "postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = '" + name + "'"))
                        .containsExactly(canLogIn));
    }

    /// It answers before a client would give up.
    private Answer push(String name) throws InterruptedException {
        long began = System.nanoTime();
        Answer answer = idp.send(replica.app().port(), "POST", "/scim/v2/Users", Asking.newPerson(name));
        long time = (System.nanoTime() - began) / 1_000_000;
        System.out.printf("%s: %d after %d ms%n", name, answer.status(), time);
        assertThat(time).isLessThan(45_000);
        return answer;
    }

    private static void assertIsAskedToComeAgain(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.retryAfter()).isPresent();
        assertThat(answer.body()).contains("urn:ietf:params:scim:api:messages:2.0:Error");
    }

    private void assertIsToldOnceAndCalmly() throws Exception {
        assertThat(replica.traces()).isEmpty();
        assertThat(replica.logged("ERROR")).isEmpty();
        await("everybody who waited")
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(replica.logged(GOES_ON)).hasSameSizeAs(replica.logged(WAITING)));
        assertThat(replica.logged(WAITING)).hasSizeLessThanOrEqualTo(outages);
    }

    private void assertComesBack(String name) throws Exception {
        idp.dismiss(name);
        awaitLogin(name, "f");
        assertThat(
                        fleet.inStore(
                                "SELECT count(*) FROM resource WHERE document ->> 'userName' IN ('cut@fleet.example', 'swallowed@fleet.example')"))
                .containsExactly("0");
    }
}

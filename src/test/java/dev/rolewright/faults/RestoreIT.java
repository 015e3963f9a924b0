package dev.rolewright.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/// A store that is brought back from a copy of the whole database, under processes that were ended and started again as
/// the page about it says. What was done since the copy stays as it is until somebody speaks of it.
@Timeout(value = 600, threadMode = ThreadMode.SEPARATE_THREAD)
class RestoreIT {

    private static final String HR = "the-hr-token-of-the-fleet-0123456789-abc";
    private static final String LOGINS = """
            SELECT r.rolname || ' ' || r.rolcanlogin || ' ' || coalesce(string_agg(g.rolname, ',' ORDER BY g.rolname), '')
            FROM pg_roles r LEFT JOIN pg_auth_members m ON m.member = r.oid LEFT JOIN pg_roles g ON g.oid = m.roleid
            WHERE r.rolname ~ '^p[0-9]' GROUP BY r.oid, r.rolname, r.rolcanlogin ORDER BY 1""";

    private Fleet fleet;
    private Pushes idp;
    private String stays;
    private String leaves;
    private String moves;
    private String comesBack;
    private String fenced;
    private String renamed;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        fleet = new Fleet(folder, Duration.ofSeconds(3), Map.of("ROLEWRIGHT_HR_SENDER_NIGHTLY_TOKEN", HR));
        fleet.start().app().untilUp();
        idp = new Pushes(() -> List.of(port()), 1);
        idp.found();
        stays = idp.hire();
        leaves = idp.hire();
        moves = idp.hire();
        comesBack = idp.hire();
        fenced = idp.hire();
        renamed = idp.hire();
        idp.dismiss(comesBack);
        fleet.settle();
        fleet.retire(fleet.replicas.getFirst());
        fleet.backUp();
        fleet.start().app().untilUp();
    }

    @AfterEach
    void stop() throws Exception {
        idp.close();
        fleet.close();
    }

    private int port() {
        return fleet.replicas.getFirst().app().port();
    }

    private List<String> logins() throws SQLException {
        return fleet.scene.ask("postgres", LOGINS);
    }

    /// What happens after the copy was made, and is forgotten with it.
    private List<String> goOn() throws Exception {
        idp.hire();
        idp.dismiss(leaves);
        idp.leave(moves);
        idp.takeBack(comesBack);
        idp.rename(renamed, "p77");
        hrSays();
        fleet.settle();
        return logins();
    }

    private void hrSays() throws Exception {
        assertThat(idp.send(port(), HR, "POST", "/hr/v1/events", """
                        {"id": "evt-1", "kind": "leaver", "person": {"userName": "%s@fleet.example"},
                         "lastDay": "2026-03-31"}""".formatted(fenced))
                        .status())
                .isBetween(200, 299);
    }

    private String pass(int port) throws Exception {
        assertThat(idp.send(port, Fleet.ADMIN, "POST", "/api/targets/orders/passes?wait=60", "")
                        .status())
                .isEqualTo(200);
        return idp.send(port, Fleet.ADMIN, "GET", "/api/targets/orders", "").body();
    }

    private void isUpToDate(int port) throws Exception {
        String server = fleet.scene
                .ask("postgres", "SELECT system_identifier FROM pg_control_system()")
                .getFirst();
        assertThat(idp.send(port, Fleet.ADMIN, "POST", "/api/targets/orders/server", """
                        {"identity": "%s", "reason": "Everybody was pushed again."}""".formatted(server))
                        .status())
                .isBetween(200, 299);
    }

    @Test
    void whatWasDoneSinceTheCopyStaysUntilSomebodySpeaksOfIt() throws Exception {
        List<String> before = goOn();
        fleet.retire(fleet.replicas.getFirst());
        fleet.restore();
        fleet.start().app().untilUp();

        assertThat(pass(port())).contains("STORE_OLDER");
        assertThat(pass(port())).contains("STORE_OLDER");
        assertThat(logins()).isEqualTo(before);

        idp.dismiss(stays);
        fleet.heed();
        assertThat(logins()).filteredOn(of(stays)).containsExactly(stays + " false rolewright_marker");
        assertThat(logins())
                .filteredOn(of(stays).negate())
                .containsExactlyElementsOf(
                        before.stream().filter(of(stays).negate()).toList());

        idp.pushAgain();
        hrSays();
        fleet.heed();
        isUpToDate(port());
        assertThat(pass(port())).doesNotContain("STORE_OLDER");
        fleet.settle();
        Set<String> wanted = idp.wanted();
        wanted.remove(fenced);
        wanted.remove("p77");
        wanted.add(renamed); // a login keeps its name
        assertThat(fleet.having()).isEqualTo(wanted);
    }

    @Test
    void anEmptyStoreIsHeld() throws Exception {
        List<String> before = goOn();
        fleet.retire(fleet.replicas.getFirst());
        fleet.lose();
        fleet.start().app().untilUp();

        assertThat(pass(port())).doesNotContain("STORE_OLDER");
        assertThat(pass(port())).doesNotContain("STORE_OLDER");

        assertThat(logins()).isEqualTo(before);
        assertThat(idp.send(port(), Fleet.ADMIN, "GET", "/api/holds?open=true", "")
                        .body())
                .contains("\"target\":\"orders\"");
    }

    /// A copy that somebody starts while the original goes on: the one that is older leaves everybody as found.
    @Test
    void ofTwoStoresOneHasTheSay() throws Exception {
        List<String> before = goOn();
        Replica second = fleet.start(fleet.backupUrl());
        int copy = second.app().untilUp().port();

        assertThat(pass(copy)).contains("STORE_OLDER");
        assertThat(logins()).isEqualTo(before);

        idp.dismiss(stays);
        fleet.settle();
        List<String> after = logins();
        assertThat(after).isNotEqualTo(before);
        isUpToDate(copy);
        assertThat(pass(copy)).as("the original has done more since").contains("STORE_OLDER");
        assertThat(logins()).isEqualTo(after);

        isUpToDate(copy);
        assertThat(pass(copy)).doesNotContain("STORE_OLDER");
        List<String> others = logins();
        assertThat(others).isNotEqualTo(after);
        assertThat(pass(port())).contains("STORE_OLDER");
        assertThat(logins()).isEqualTo(others);
    }

    private static Predicate<String> of(String name) {
        return login -> login.startsWith(name + " ");
    }
}

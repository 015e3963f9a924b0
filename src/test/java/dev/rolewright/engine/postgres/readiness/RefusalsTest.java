package dev.rolewright.engine.postgres.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.credential.Secret;
import dev.rolewright.engine.Reach;
import dev.rolewright.engine.postgres.Examined;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.plan.Check;
import dev.rolewright.plan.Check.Verdict;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a check says of a server that does not let us in.
class RefusalsTest {

    @ParameterizedTest
    @EnumSource(names = {"V14", "V18"})
    void whoeverIsNotLetInIsToldWhyAndNothingSecret(TestServers server) throws SQLException {
        try (Scene scene = Scene.on(server)) {
            Reach good = scene.reach();
            scene.run("postgres", "CREATE DATABASE closed", "REVOKE CONNECT ON DATABASE closed FROM PUBLIC");
            Map<Reach, String> refused = Map.of(
                    reach(good, good.url(), "not the password"), "password",
                    reach(good, good.url().replaceAll(":[0-9]+/", ":1/"), "hush hush"), "does not answer",
                    reach(good, server.jdbcUrl("nowhere"), "only for tests"), "no database nowhere",
                    reach(good, server.jdbcUrl("closed"), "only for tests"), "may not connect to closed",
                    reach(good, good.url() + "?password=hush", "hush hush"), "carries no password",
                    reach(good, "https://example.org", "hush hush"), "jdbc:postgresql://");

            refused.forEach((reach, why) -> {
                List<Check> checks = Examined.of(reach, Optional.empty()).checks();

                assertThat(checks).hasSize(Subject.values().length);
                assertThat(checks.getFirst().name()).isEqualTo("reachable");
                assertThat(checks.getFirst().verdict()).isEqualTo(Verdict.MISSING);
                assertThat(checks.getFirst().found()).contains(why);
                assertThat(checks.subList(1, checks.size())).allMatch(check -> check.verdict() == Verdict.UNKNOWN);
                assertThat(checks.toString()).doesNotContain("hush").doesNotContain("not the password");
            });
        }
    }

    private static Reach reach(Reach like, String url, String password) {
        return new Reach(
                like.target(),
                url,
                like.user(),
                Optional.of(Secret.of(password)),
                like.installation(),
                like.patience());
    }
}

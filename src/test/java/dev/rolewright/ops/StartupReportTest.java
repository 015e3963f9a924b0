package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.model.Danger;
import dev.rolewright.reach.TargetsConfig;
import dev.rolewright.store.StoreFailure;
import dev.rolewright.web.WrittenDown;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupReportTest {

    private static final Map<String, String> PRESET =
            Map.of("rolewright.scim.token", "scim-hush", "rolewright.admin.token", "admin-hush");

    @Test
    void tellsADeveloperEverythingNeededToBegin() {
        var lines = report(PRESET, true).lines();

        assertThat(lines)
                .containsExactly(
                        Map.entry("SCIM base URL", "http://localhost:8080/scim/v2"),
                        Map.entry("SCIM token", "scim-hush"),
                        Map.entry("Admin API", "http://localhost:8080/api"),
                        Map.entry("Admin token", "admin-hush"),
                        Map.entry("API docs", "http://localhost:8080/q/swagger-ui"),
                        Map.entry("Contract", "none read here; ROLEWRIGHT_CONTRACT_DIRECTORY names its folder"),
                        Map.entry(
                                "Targets",
                                "none; rolewright.target.<name>.url says where the contract's target of that name is"),
                        Map.entry("HR systems", "none; rolewright.hr.sender.<name>.token lets one in"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://iam.example.org/rolewright", "https://iam.example.org/rolewright/"})
    void saysByWhichAddressIdentityProvidersComeIn(String base) {
        assertThat(report(Map.of("rolewright.scim.base-url", base), false).lines())
                .containsEntry("SCIM base URL", "https://iam.example.org/rolewright/scim/v2");
    }

    @Test
    void printsNoSecretInProduction() {
        var lines = report(PRESET, false).lines();

        assertThat(lines).containsEntry("SCIM token", "preset").containsEntry("Admin token", "preset");
        assertThat(lines.toString()).doesNotContain("hush");
    }

    @Test
    void saysWhatIsKeptTrueAndByWhom() {
        var lines = report(
                        Map.of(
                                "rolewright.contract.directory", "/etc/contract",
                                "rolewright.target.orders.url", "jdbc:postgresql://db/orders?ssl=true&password=hush",
                                "rolewright.target.orders.username", "rolewright_connector",
                                "rolewright.target.orders.password", "hush",
                                "rolewright.target.crm.url", "jdbc:postgresql://crm/crm",
                                "rolewright.target.crm.username", "connector"),
                        true)
                .lines();

        assertThat(lines)
                .containsEntry("Contract", "/etc/contract")
                .containsEntry(
                        "Targets",
                        "crm at jdbc:postgresql://crm/crm as connector,"
                                + " orders at jdbc:postgresql://db/orders as rolewright_connector");
        assertThat(lines.toString()).doesNotContain("hush");
    }

    @Test
    void saysWhichHrSystemsMaySpeak() {
        var lines = report(
                        Map.of(
                                "rolewright.hr.sender.workday.token", "hush",
                                "rolewright.hr.sender.workday.key-file", "/run/secrets/workday-key",
                                "rolewright.hr.sender.bamboo.token-file", "/run/secrets/bamboo-token",
                                "rolewright.hr.sender.bamboo.key", " ",
                                "rolewright.hr.sender.people.tokn", "hush",
                                "rolewright.hr.sender.people.mapping.token", "hush"),
                        true)
                .lines();

        assertThat(lines).containsEntry("HR systems", "bamboo, workday");
        assertThat(lines.toString()).doesNotContain("hush");
    }

    @Test
    void saysWhichDoorIsClosed() {
        var lines = report(Map.of(), false).lines();

        assertThat(lines)
                .containsEntry("SCIM token", "none preset; ROLEWRIGHT_SCIM_TOKEN presets one")
                .containsEntry("Admin token", "none, this door is closed; ROLEWRIGHT_ADMIN_TOKEN opens it");
    }

    @Test
    void namesTheIssuerThatOpensTheAdminDoor() {
        var lines = report(Map.of("rolewright.admin.jwt.issuer", "https://login.example.org"), false)
                .lines();

        assertThat(lines).containsEntry("Admin token", "none; the tokens of https://login.example.org open this door");
    }

    @Test
    void givesAnAddressThatCanBeOpened() {
        var anywhere = report(Map.of("quarkus.http.host", "0.0.0.0", "quarkus.http.port", "9090"), false);
        var somewhere = report(Map.of("quarkus.http.host", "scim.example.org"), false);

        assertThat(anywhere.lines()).containsEntry("Admin API", "http://localhost:9090/api");
        assertThat(somewhere.lines()).containsEntry("Admin API", "http://scim.example.org:8080/api");
    }

    @Test
    void asksEverybodyThoughSomebodyCannotAnswer() throws Exception {
        Danger danger = new Danger("It is so.", "This ends it.");
        StartupReport report = report(
                Map.of(),
                false,
                List.of(
                        () -> {
                            throw new IllegalStateException("hush");
                        },
                        () -> List.of(danger),
                        List::of));
        WrittenDown log = new WrittenDown();

        List<Danger> dangers = log.during(report::dangers);

        assertThat(dangers)
                .extracting(Danger::warning)
                .containsExactly(
                        "Not safe: Not everything could be looked at: IllegalStateException. The next start looks again.",
                        "Not safe: It is so. This ends it.");
        assertThat(of("ERROR", log))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("java.lang.IllegalStateException at " + StartupReportTest.class.getName())
                .doesNotContain("hush");
        assertThat(log.usual()).contains("IllegalStateException: hush");
    }

    @ParameterizedTest
    @CsvSource({"08006, 0", "42703, 1"})
    void isNotBrokenBecauseTheStoreIsAway(String state, int errors) throws Exception {
        StartupReport report = report(Map.of(), false, List.of(() -> {
            throw new StoreFailure(new SQLException("gone", state));
        }));
        WrittenDown log = new WrittenDown();

        List<Danger> dangers = log.during(report::dangers);

        assertThat(dangers)
                .extracting(Danger::meaning)
                .containsExactly("Not everything could be looked at: StoreFailure.");
        assertThat(of("ERROR", log)).hasSize(errors);
        assertThat(of("DEBUG", log)).hasSize(1);
        assertThat(log.usual()).contains("SQLException: gone");
    }

    private static List<String> of(String level, WrittenDown log) {
        return log.usual().lines().filter(line -> line.startsWith(level)).toList();
    }

    private static StartupReport report(Map<String, String> values, boolean development) {
        return report(values, development, List.of());
    }

    private static StartupReport report(
            Map<String, String> values, boolean development, List<Danger.Witness> witnesses) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(TargetsConfig.class)
                .withDefaultValues(values)
                .build();
        return new StartupReport(config, config.getConfigMapping(TargetsConfig.class), witnesses, development);
    }
}

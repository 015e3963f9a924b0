package dev.rolewright.web.hr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.offboarding.Fact;
import dev.rolewright.offboarding.Statement;
import dev.rolewright.offboarding.When;
import dev.rolewright.web.auth.SendersConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies in the shapes of HR systems, of people who do not exist, and what is understood of them.
class RecordedMappingsTest {

    private static final Path RECORDED = Path.of("src/test/resources/hr");
    private static final Path HOW_TO = Path.of("src/docs/how-to/map-an-hr-systems-own-form.md");
    private static final Map<String, String> SENDERS = Map.of("workday", "workday-report", "bamboohr", "bamboohr");

    private static Mappings mappings(ConfigSource settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(SendersConfig.class)
                .withMapping(MappingsConfig.class)
                .withSources(settings)
                .build();
        return new Mappings(
                config.getConfigMapping(MappingsConfig.class), config.getConfigMapping(SendersConfig.class), config);
    }

    private static Mapping mapping(String sender, Map<String, String> mapping) {
        Map<String, String> settings = new HashMap<>(mapping);
        settings.put("rolewright.hr.sender." + sender + ".token", "secret");
        return mappings(new PropertiesConfigSource(settings, "the test", 100))
                .of(sender)
                .orElseThrow();
    }

    static Map<String, String> settings(String system) {
        try (var lines = Files.lines(RECORDED.resolve(system + "/mapping.properties"))) {
            Map<String, String> settings = new HashMap<>();
            lines.map(line -> line.split("=", 2)).forEach(pair -> settings.put(pair[0], pair[1]));
            return settings;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mapping mapping(String system) {
        return mapping(SENDERS.get(system), settings(system));
    }

    private static Mapping changed(String system, Map<String, String> others) {
        Map<String, String> settings = new HashMap<>(settings(system));
        others.forEach((key, value) -> {
            String whole = "rolewright.hr.sender." + SENDERS.get(system) + ".mapping." + key;
            if (value.isEmpty()) {
                settings.remove(whole);
            } else {
                settings.put(whole, value);
            }
        });
        return mapping(SENDERS.get(system), settings);
    }

    @ParameterizedTest
    @CsvSource({"workday", "bamboohr"})
    void understandsWhatWasRecorded(String system) throws IOException {
        Mapping mapping = mapping(system);
        List<String> understood = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(RECORDED.resolve(system + "/report.json"))) {
            JsonArray rows = new JsonArray(bytes, mapping.rows().orElseThrow());
            while (rows.hasNext()) {
                FeedBody.Row.Read row = (FeedBody.Row.Read) rows.next();
                understood.add(row.number() + " "
                        + EventBody.read("hr", row.object(), Optional.of(mapping))
                                .map(RecordedMappingsTest::print)
                                .orElse("nothing"));
            }
        }

        assertThat(understood).isEqualTo(Files.readAllLines(RECORDED.resolve(system + "/events.txt")));
    }

    @ParameterizedTest
    @CsvSource({"workday", "bamboohr"})
    void theHowToShowsThisMapping(String system) throws IOException {
        assertThat(Files.readString(HOW_TO))
                .contains(Files.readString(RECORDED.resolve(system + "/mapping.properties")));
    }

    private static String print(Statement statement) {
        Fact fact = statement.fact();
        String event = fact.event().startsWith("derived:") ? "derived" : fact.event();
        return event + " " + fact.kind() + " " + statement.person().key().name().toLowerCase(Locale.ROOT) + "="
                + statement.person().value() + " " + fact.when();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"fields": {"workEmail": "a@b"}}                                                     | There is nothing at /fields/employmentHistoryStatus.
            {"fields": {"workEmail": "a@b", "employmentHistoryStatus": null}}                    | There is nothing at /fields/employmentHistoryStatus.
            {"fields": {"workEmail": "a@b", "employmentHistoryStatus": "Secret"}}                | What is at /fields/employmentHistoryStatus is none of the values
            {"fields": {"employmentHistoryStatus": "Terminated", "terminationDate": "2026-03-31"}} | There is nothing at /fields/workEmail.
            {"fields": {"workEmail": " ", "employmentHistoryStatus": "Terminated"}}              | There is nothing at /fields/workEmail.
            {"fields": {"workEmail": ["Secret"], "employmentHistoryStatus": "Terminated"}}       | What is at /fields/workEmail must be a text or a whole number.
            {"fields": {"workEmail": {}, "employmentHistoryStatus": "Terminated"}}               | What is at /fields/workEmail must be a text or a whole number.
            {"fields": {"workEmail": "a@b", "employmentHistoryStatus": "Terminated"}}            | There is nothing at /fields/terminationDate.
            {"fields": {"workEmail": "a@b", "employmentHistoryStatus": "Terminated", "terminationDate": "Secret"}} | What is at /fields/terminationDate is not a day
            {"fields": {"workEmail": "a@b", "employmentHistoryStatus": "Terminated", "terminationDate": "0000-00-00"}} | What is at /fields/terminationDate is not a day
            {"fields": {"workEmail": "Secret\\u0000", "employmentHistoryStatus": "Terminated", "terminationDate": "2026-03-31"}} | person.email is nothing that a person can be called. The mapping takes email from /fields/workEmail, kind from
            {}                                                                                   | There is nothing at /fields/employmentHistoryStatus.
            """)
    void saysWhereItCannotBeReadAndNeverWhatIsThere(String row, String why) throws IOException {
        ObjectNode object = (ObjectNode) new ObjectMapper().readTree(row);

        assertThatThrownBy(() -> EventBody.read("hr", object, Optional.of(mapping("bamboohr"))))
                .isInstanceOf(HrProblem.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("Secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \""})
    void aTimeZoneThatIsNoneStopsNobodyFromLeaving(String zone) throws IOException {
        ObjectNode row = (ObjectNode) new ObjectMapper().readTree("""
                {"Business_Process_Transaction_ID": "T-1", "Business_Process_Type": "Terminate Employee",
                 "Effective_Date": "2026-03-31-07:00", "Worker": {"Employee_ID": "21077", "Time_Zone": %s}}""".formatted(zone));

        assertThat(EventBody.read("hr", row, Optional.of(mapping("workday"))))
                .map(statement -> statement.fact().when())
                .contains(new When.LastDay(LocalDate.parse("2026-03-31"), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            leaver.at          | /fields/at     | exactly one place
            leaver.last-day    | ''             | exactly one place
            person.email       | ''             | person needs exactly one place
            person.id          | /id            | person needs exactly one place
            rehire.is          | Terminated     | means something else already
            ignore             | Terminated     | means something else already
            day-format         | fedcba{        | day-format is no pattern
            """)
    void aMappingThatCannotBeMeantSoStopsTheStart(String key, String value, String why) {
        assertThatThrownBy(() -> changed("bamboohr", Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rolewright.hr.sender.bamboohr.mapping")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({
        "leaver, false, true",
        "rehire, true, false",
        "leave, true, false",
        "return, true, true",
    })
    void aKindHasTheDaysThatItsEventsCanHave(String kind, boolean first, boolean last) {
        Map<String, Boolean> days = Map.of("first-day", first, "last-day", last, "at", true);

        days.forEach((day, possible) -> {
            Map<String, String> mapping = new HashMap<>(
                    Map.of("leaver.is", "", "leaver.last-day", "", "rehire.is", "", "rehire.first-day", ""));
            mapping.putAll(Map.of(kind + ".is", "Gone", kind + "." + day, "/fields/day"));
            if (possible) {
                assertThat(changed("bamboohr", mapping).places()).contains("/fields/day");
            } else {
                assertThatThrownBy(() -> changed("bamboohr", mapping)).hasStackTraceContaining(kind + "." + day);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"LEAVER, FIRST_DAY", "REHIRE, LAST_DAY", "LEAVE, LAST_DAY"})
    void aDayThatAKindDoesNotHaveStopsTheStartFromTheEnvironmentToo(String kind, String day) {
        String sender = "ROLEWRIGHT_HR_SENDER_HR_";
        Map<String, String> settings = new HashMap<>(Map.of(
                sender + "TOKEN", "secret",
                sender + "MAPPING_KIND", "/kind",
                sender + "MAPPING_PERSON_ID", "/id",
                sender + "MAPPING_" + kind + "_IS", "Gone",
                sender + "MAPPING_" + kind + "_AT", "/at"));
        assertThat(mappings(new EnvConfigSource(settings, 300)).of("hr")).isPresent();

        settings.put(sender + "MAPPING_" + kind + "_" + day, "/day");

        assertThatThrownBy(() -> mappings(new EnvConfigSource(settings, 300)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(kind.toLowerCase(Locale.ROOT) + "."
                        + day.toLowerCase(Locale.ROOT).replace('_', '-') + " does not exist");
    }

    @Test
    void aMappingOfNobodyStopsTheStart() {
        assertThatThrownBy(() -> mappings(new PropertiesConfigSource(settings("bamboohr"), "the test", 100)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rolewright.hr.sender.bamboohr.mapping is of an HR system that has no token");
    }

    @Test
    void aPlaceIsAPointer() {
        assertThatThrownBy(() -> changed("bamboohr", Map.of("kind", "fields.status")))
                .hasStackTraceContaining("mapping.kind");
    }

    @Test
    void anEventByItselfIsTheOnlyRow() throws IOException {
        Mapping mapping = mapping("bamboohr");
        byte[] several = Files.readAllBytes(RECORDED.resolve("bamboohr/report.json"));

        assertThatThrownBy(() -> EventBody.read("hr", several, Optional.of(mapping)))
                .hasMessageContaining("The array at /employees must have one element")
                .hasMessageContaining("/hr/v1/feeds");
        assertThatThrownBy(() -> EventBody.read("hr", "{}".getBytes(StandardCharsets.UTF_8), Optional.of(mapping)))
                .hasMessageContaining("There is no array at /employees.");
    }
}

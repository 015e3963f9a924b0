package dev.rolewright.web.hr;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// HR systems: one with secrets in the configuration, one with files, one that does not sign, and two that
/// speak in a form of their own. Public for Quarkus
/// only.
public class HrSystems implements QuarkusTestProfile {

    static final String WORKDAY = "the-token-of-workday-0123456789-abcdef";
    static final String WORKDAY_KEY = "the-key-of-workday-0123456789-abcdefgh";
    static final String BAMBOO = "the-token-of-bamboo-0123456789-abcdefg";
    static final String BAMBOO_KEY = "the-key-of-bamboo-0123456789-abcdefghi";
    static final String PLAIN = "the-token-of-a-sender-without-a-key-01";
    static final String REPORT = "the-token-of-a-report-with-a-mapping-01";
    static final String BAMBOOHR = "the-token-of-webhooks-with-a-mapping-01";
    static final Path FOLDER = folder();

    @Override
    public Map<String, String> getConfigOverrides() {
        write("token", List.of(BAMBOO));
        write("key", List.of(BAMBOO_KEY));
        Map<String, String> settings = new HashMap<>(Map.of(
                "rolewright.hr.sender.workday.token",
                WORKDAY,
                "rolewright.hr.sender.workday.key",
                WORKDAY_KEY,
                "rolewright.hr.sender.bamboo.token-file",
                FOLDER.resolve("token").toString(),
                "rolewright.hr.sender.bamboo.key-file",
                FOLDER.resolve("key").toString(),
                "rolewright.hr.sender.plain.token",
                PLAIN,
                "rolewright.hr.time-zone",
                "Europe/Berlin"));
        settings.put("rolewright.hr.sender.workday.heard-every", "P1D");
        settings.put("rolewright.hr.sender.workday-report.token", REPORT);
        settings.put("rolewright.hr.sender.bamboohr.token", BAMBOOHR);
        settings.putAll(RecordedMappingsTest.settings("workday"));
        settings.putAll(RecordedMappingsTest.settings("bamboohr"));
        return settings;
    }

    static void write(String name, List<String> lines) {
        try {
            Files.createDirectories(FOLDER);
            Files.write(FOLDER.resolve(name), lines);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One for all class loaders of a test.
    private static Path folder() {
        return Path.of("target", "hr-systems").toAbsolutePath();
    }
}

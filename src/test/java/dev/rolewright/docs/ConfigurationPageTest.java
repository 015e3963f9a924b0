package dev.rolewright.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds the reference of the configuration to the interfaces that read it.
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("src/docs/reference/configuration.md");

    /// `| `key` | `default` | meaning |`, or a dash where there is no default.
    private static final Pattern ROW = Pattern.compile("^\\| `(rolewright\\.[^`]+)` \\| (?:`([^`]*)`|–) \\| .+ \\|$");

    @Test
    void namesEveryKeyWithItsDefaultAndNoOther() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(2) == null ? "" : row.group(2));
            }
        }

        assertThat(documented).isEqualTo(configured());
    }

    private static Map<String, String> configured() {
        Map<String, String> keys = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.rolewright")) {
            if (type.isAnnotatedWith(ConfigMapping.class)) {
                ConfigMappings.getProperties(ConfigClass.configClass(type.reflect()))
                        .forEach((key, property) -> {
                            if (!key.endsWith("]")) { // the other spelling of a list
                                keys.put(
                                        key.replace("*", "<name>"),
                                        property.hasDefaultValue() ? property.getDefaultValue() : "");
                            }
                        });
            }
        }
        // Read before there is a configuration to map, because the store has to stand first.
        keys.put("rolewright.data-dir", "");
        keys.put("rolewright.demo", "");
        return keys;
    }
}

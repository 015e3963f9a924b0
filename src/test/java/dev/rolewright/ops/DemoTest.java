package dev.rolewright.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {

    @Test
    void isForWhoeverConfiguredNothing() {
        assertThat(Demo.isWanted(config(Map.of()))).isTrue();
        assertThat(Demo.isWanted(config(Map.of("ROLEWRIGHT_SCIM_TOKEN", "hush"))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROLEWRIGHT_TARGET_PAYROLL_URL",
                "rolewright.target.payroll.url",
                "ROLEWRIGHT_CONTRACT_DIRECTORY",
                "rolewright.contract.directory"
            })
    void staysAwayFromWhoeverHasSomethingOfTheirOwnToDo(String key) {
        assertThat(Demo.isWanted(config(Map.of(key, "something")))).isFalse();
    }

    @Test
    void obeysItsSwitchWhateverElseIsConfigured() {
        assertThat(Demo.isWanted(config(Map.of("ROLEWRIGHT_DEMO", "false")))).isFalse();
        assertThat(Demo.isWanted(config(Map.of("ROLEWRIGHT_DEMO", "true", "ROLEWRIGHT_TARGET_PAYROLL_URL", "x"))))
                .isTrue();
    }

    @Test
    void bringsTheWholeContract() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("deploy/contract"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Demo.CONTRACT_FILES);
        }
    }

    private static SmallRyeConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .build();
    }
}

package dev.rolewright.web.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.scim.filter.FilterLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScimConfigTest {

    /// Conditions of a contract are held to the standard, and a provider's filters to the configuration.
    @Test
    void byDefaultAFilterMayBeAsLargeAsTheStandardSays() {
        assertThat(ScimConfig.filter(TestConfig.limits(Map.of()))).isEqualTo(FilterLimits.STANDARD);
    }
}

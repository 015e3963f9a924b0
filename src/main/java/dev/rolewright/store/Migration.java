package dev.rolewright.store;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// How the store's tables are made and changed.
///
/// While one connection migrates, another keeps other processes from doing so too. It must not wait inside a
/// transaction: the store ends whoever does nothing there for some seconds, and a migration of a large store takes
/// longer.
@ApplicationScoped
class Migration implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }
}

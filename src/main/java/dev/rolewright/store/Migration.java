package dev.rolewright.store;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionFactoryConfiguration;
import io.agroal.api.configuration.AgroalDataSourceConfiguration.DataSourceImplementation;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Properties;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/// How the store's tables are made and changed: over connections without the patience of all others, which are given
/// up when they wait for half a minute or do nothing inside a transaction. A migration of a large store takes longer,
/// and a second connection idles in a transaction meanwhile, to keep other processes from migrating too.
@ApplicationScoped
class Migration implements FlywayConfigurationCustomizer {

    private static final int CONNECTIONS = 4;

    private final AgroalDataSource store;

    Migration(AgroalDataSource store) {
        this.store = store;
    }

    @Override
    public void customize(FluentConfiguration configuration) {
        try {
            configuration.dataSource(AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .dataSourceImplementation(DataSourceImplementation.AGROAL_POOLLESS)
                    .connectionPoolConfiguration(
                            pool -> pool.maxSize(CONNECTIONS).connectionFactoryConfiguration(patient()))));
        } catch (SQLException e) {
            throw new StoreFailure(e);
        }
    }

    private AgroalConnectionFactoryConfigurationSupplier patient() {
        AgroalConnectionFactoryConfiguration usual =
                store.getConfiguration().connectionPoolConfiguration().connectionFactoryConfiguration();
        AgroalConnectionFactoryConfigurationSupplier patient = new AgroalConnectionFactoryConfigurationSupplier()
                .connectionProviderClass(usual.connectionProviderClass())
                .jdbcUrl(usual.jdbcUrl())
                .principal(usual.principal());
        usual.credentials().forEach(patient::credential);
        usual.securityProviders().forEach(patient::addSecurityProvider);
        Properties properties = usual.jdbcProperties();
        properties.stringPropertyNames().stream()
                .filter(name -> !name.equals("socketTimeout"))
                .forEach(name -> patient.jdbcProperty(name, properties.getProperty(name)));
        return patient;
    }
}
